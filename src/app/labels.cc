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
      {"because", "理由"},
      {"birth_date", "生年月日"},
      {"blobs", "大きな内容"},
      {"blobs_given", "渡した添付"},
      {"blobs_taken", "受け取った添付"},
      {"born", "出生"},
      {"by_age", "年齢別"},
      {"by_need", "要配慮別"},
      {"by_town", "町字別"},
      {"bytes_received", "受信バイト"},
      {"bytes_sent", "送信バイト"},
      {"changed", "変更"},
      {"checkpoints", "署名"},
      {"chunks", "塊"},
      {"code", "コード"},
      {"configured", "登録した相手"},
      {"confirmed", "確認済み"},
      {"confirmed_by_machine", "うち自動突合のみ"},
      {"content_type", "形式"},
      {"cosigned_by", "連署"},
      {"count", "件数"},
      {"counts", "件数"},
      {"died", "死亡"},
      {"differences", "前回との差"},
      {"directory", "ディレクトリ"},
      {"enrolled_at", "登録日時"},
      {"entries", "人数"},
      {"entry", "記載番号"},
      {"erased", "消去済み"},
      {"errors", "取り込めなかった行"},
      {"every_seconds", "間隔（秒）"},
      {"exchanges", "同期"},
      {"fact", "記録番号"},
      {"facts", "記録"},
      {"facts_given", "渡した記録"},
      {"facts_not_there", "未到達の記録"},
      {"facts_taken", "受け取った記録"},
      {"failed", "失敗"},
      {"fictional", "架空"},
      {"file", "ファイル"},
      {"file_name", "ファイル名"},
      {"findings", "所見"},
      {"forked", "分岐"},
      {"founder", "最初のノード"},
      {"here", "ここ"},
      {"household", "世帯番号"},
      {"invited_by", "招いたノード"},
      {"item", "項目"},
      {"kana", "フリガナ"},
      {"kind", "種類"},
      {"last_contact", "最後の連絡"},
      {"last_error", "直近の誤り"},
      {"last_success", "直近の成功"},
      {"last_try", "直近の試み"},
      {"layout", "レイアウト"},
      {"line", "行"},
      {"lines", "行数"},
      {"link", "回線"},
      {"list", "名簿"},
      {"load_seconds", "読込み秒"},
      {"login", "利用者名"},
      {"logs", "記録の系統"},
      {"match", "一致"},
      {"match_seconds", "突合秒"},
      {"matched", "一致"},
      {"moved_in", "転入"},
      {"moved_out", "転出"},
      {"name", "名前"},
      {"needs", "要配慮"},
      {"new_chunks", "新しい塊"},
      {"node", "ノード"},
      {"nodes", "ノード"},
      {"none", "該当なし"},
      {"not_placed", "所在地不確定"},
      {"not_placed_unconfirmed", "所在地不確定の未確認"},
      {"open", "未判断"},
      {"operation", "操作"},
      {"out", "結果"},
      {"peers", "相手"},
      {"phone", "電話番号"},
      {"place", "場所"},
      {"problem", "問題"},
      {"problems", "問題"},
      {"public_key", "公開鍵"},
      {"purpose", "目的"},
      {"quarantined", "隔離中"},
      {"raw", "原文"},
      {"receipts", "受領番号"},
      {"remarks", "注記"},
      {"removed", "その他消除"},
      {"resident", "宛名番号"},
      {"residents", "住民"},
      {"returned", "復帰"},
      {"review", "要確認"},
      {"revoked", "取消し"},
      {"rows", "行"},
      {"rows_total", "全行数"},
      {"seconds_since", "経過秒"},
      {"set_aside", "別に分けた行"},
      {"sex", "性別"},
      {"sheet", "名簿"},
      {"shelter", "避難所"},
      {"shelters", "避難所"},
      {"size", "長さ"},
      {"snapshot", "スナップショット"},
      {"sound", "正常"},
      {"standing", "状態"},
      {"stream", "系統"},
      {"streams_behind", "遅れている系統"},
      {"stretches", "隔離された範囲"},
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
