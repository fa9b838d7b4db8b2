// What members of answers are called where people read them.
#include <string_view>
#include <unordered_map>

#include "app/render.h"

namespace sonae::app {

namespace {

// English shows the member's own name with spaces; only Japanese needs words.
const std::unordered_map<std::string_view, std::string_view>& japanese() {
  static const std::unordered_map<std::string_view, std::string_view> labels{
      {"accounts", "利用者"},
      {"address", "住所"},
      {"administrator", "管理者"},
      {"age", "年齢"},
      {"area", "区域"},
      {"areas", "区域"},
      {"as_of", "基準日"},
      {"at", "日時"},
      {"bad_lines", "読めなかった行"},
      {"bad_lines_total", "読めなかった行数"},
      {"birth_date", "生年月日"},
      {"blobs", "大きな内容"},
      {"born", "出生"},
      {"by_age", "年齢別"},
      {"by_need", "要配慮別"},
      {"by_town", "町字別"},
      {"changed", "変更"},
      {"checkpoints", "署名"},
      {"chunks", "塊"},
      {"code", "コード"},
      {"confirmed", "確認済み"},
      {"confirmed_by_machine", "うち自動突合のみ"},
      {"content_type", "形式"},
      {"count", "件数"},
      {"counts", "件数"},
      {"died", "死亡"},
      {"differences", "前回との差"},
      {"directory", "ディレクトリ"},
      {"entries", "人数"},
      {"entry", "記載番号"},
      {"erased", "消去済み"},
      {"errors", "取り込めなかった行"},
      {"fact", "記録番号"},
      {"facts", "記録"},
      {"fictional", "架空"},
      {"file", "ファイル"},
      {"file_name", "ファイル名"},
      {"findings", "所見"},
      {"household", "世帯番号"},
      {"item", "項目"},
      {"kana", "フリガナ"},
      {"kind", "種類"},
      {"layout", "レイアウト"},
      {"line", "行"},
      {"lines", "行数"},
      {"list", "名簿"},
      {"load_seconds", "読込み秒"},
      {"login", "利用者名"},
      {"match", "一致"},
      {"match_seconds", "突合秒"},
      {"matched", "一致"},
      {"moved_in", "転入"},
      {"moved_out", "転出"},
      {"name", "名前"},
      {"needs", "要配慮"},
      {"new_chunks", "新しい塊"},
      {"none", "該当なし"},
      {"not_placed", "所在地不確定"},
      {"not_placed_unconfirmed", "所在地不確定の未確認"},
      {"operation", "操作"},
      {"out", "結果"},
      {"phone", "電話番号"},
      {"place", "場所"},
      {"problem", "問題"},
      {"problems", "問題"},
      {"purpose", "目的"},
      {"raw", "原文"},
      {"receipts", "受領番号"},
      {"remarks", "注記"},
      {"removed", "その他消除"},
      {"resident", "宛名番号"},
      {"residents", "住民"},
      {"returned", "復帰"},
      {"review", "要確認"},
      {"rows", "行"},
      {"rows_total", "全行数"},
      {"set_aside", "別に分けた行"},
      {"sex", "性別"},
      {"sheet", "名簿"},
      {"shelter", "避難所"},
      {"shelters", "避難所"},
      {"snapshot", "スナップショット"},
      {"sound", "正常"},
      {"town", "町字"},
      {"unchanged", "同じファイル（変更なし）"},
      {"unconfirmed", "未確認"},
      {"vanished", "台帳から消えた人"},
      {"warnings", "注意"},
      {"warnings_total", "注意の数"},
      {"what", "内容"},
      {"where", "場所"},
  };
  return labels;
}

}  // namespace

std::string label_of(std::string_view member, Language language) {
  if (language == Language::japanese) {
    const auto found = japanese().find(member);
    if (found != japanese().end()) return std::string(found->second);
  }
  std::string words(member);
  for (char& letter : words)
    if (letter == '_') letter = ' ';
  return words;
}

}  // namespace sonae::app
