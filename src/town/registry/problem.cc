#include "town/registry/problem.h"

namespace sonae::registry {

Phrase what(const Problem& problem) {
  const std::string& detail = problem.detail;
  switch (problem.kind) {
    case ProblemKind::cell_count:
      return {"列の数が違います（" + detail + " 列が必要）",
              "The number of cells is wrong (" + detail + " are expected)"};
    case ProblemKind::unclosed_quote:
      return {"引用符が閉じていません", "A quotation mark is not closed"};
    case ProblemKind::not_in_encoding:
      return {detail + " として読めない文字があります", "Some bytes are not " + detail};
    case ProblemKind::too_long_line:
      return {"行が長すぎます（" + detail + " バイトまで）",
              "The line is too long (at most " + detail + " bytes)"};
    case ProblemKind::required_missing:
      return {"必須の項目が空です", "A required item is empty"};
    case ProblemKind::id_unusable:
      return {"番号に改行などの制御文字があります",
              "The id contains a line end or another control character"};
    case ProblemKind::id_twice:
      return {"同じ番号が " + detail + " 行目にあります", "Line " + detail + " has the same id"};
    case ProblemKind::id_already_in:
      return {"同じ番号がもう台帳にあります", "This id is in the registry already"};
    case ProblemKind::not_a_date:
      return {"日付として読めません", "This cannot be read as a date"};
    case ProblemKind::not_a_code:
      return {"コード表にない値です（" + detail + "）", "This is not one of the codes (" + detail + ")"};
    case ProblemKind::not_digits:
      return {"数字でない文字があります", "There are characters that are not digits"};
    case ProblemKind::too_wide:
    case ProblemKind::too_wide_text:
      return {"長すぎます（" + detail + " 文字まで）",
              "This is too long (at most " + detail + " characters)"};
    case ProblemKind::era_disagrees:
      return {"元号と年が合いません", "The era and the year do not agree"};
    case ProblemKind::check_digit:
      return {"検査数字が合いません", "The check digit does not fit"};
  }
  return {};
}

Phrase what_to_do(const Problem& problem) {
  switch (problem.kind) {
    case ProblemKind::cell_count:
      return {"区切りの文字が項目の中にないか、レイアウトが合っているか確かめてください",
              "See whether an item contains the separator, and whether the layout is the right one"};
    case ProblemKind::unclosed_quote:
      return {"この行の \" を確かめてください", "Check the \" on this line"};
    case ProblemKind::not_in_encoding:
      return {"ファイルの文字コードを確かめてください", "Check the encoding of the file"};
    case ProblemKind::too_long_line:
      return {"改行が失われていないか確かめてください", "See whether line ends were lost"};
    case ProblemKind::required_missing:
      return {"値を入れて、この行だけをもう一度取り込んでください", "Fill it in and import this line again"};
    case ProblemKind::id_unusable:
      return {"番号を確かめてください", "Check the id"};
    case ProblemKind::id_twice:
    case ProblemKind::id_already_in:
      return {"どちらが正しいか確かめてください", "Find out which one is right"};
    case ProblemKind::not_a_date:
      return {"1948-03-11、19480311、昭和23年3月11日 のように書きます",
              "Write it like 1948-03-11, 19480311 or 昭和23年3月11日"};
    case ProblemKind::not_a_code:
      return {"コードを直すか、レイアウト表のコード表に加えてください",
              "Mend the code, or add it to the layout's code list"};
    case ProblemKind::not_digits:
      return {"数字とハイフンだけにしてください", "Leave only digits and hyphens"};
    case ProblemKind::too_wide:
    case ProblemKind::too_wide_text:
      return {"列がずれていないか確かめてください", "See whether the columns have shifted"};
    case ProblemKind::era_disagrees:
    case ProblemKind::check_digit:
      return {"そのまま取り込みました。元の台帳で確かめてください",
              "It was taken as it is; check it in the source registry"};
  }
  return {};
}

}  // namespace sonae::registry
