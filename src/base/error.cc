#include "base/error.h"

#include <array>
#include <cstddef>

namespace sonae {

namespace {

struct Row {
  ErrorCode code;
  ErrorKind kind;
};

const std::array<Row, 14>& table() {
  static const std::array<Row, 14> rows{{
      {ErrorCode::invalid_input,
       {"invalid_input", 400, 2, {"入力に誤りがあります", "The input is not right"}}},
      {ErrorCode::unauthenticated, {"unauthenticated", 401, 1, {"サインインが必要です", "Sign in first"}}},
      {ErrorCode::forbidden, {"forbidden", 403, 1, {"この操作の権限がありません", "You may not do this"}}},
      {ErrorCode::not_found, {"not_found", 404, 1, {"見つかりません", "Not found"}}},
      {ErrorCode::conflict,
       {"conflict", 409, 1, {"ほかの操作と食い違います", "Contradicts what was done meanwhile"}}},
      {ErrorCode::too_many,
       {"too_many", 429, 1, {"しばらくしてからやり直してください", "Too many: try again later"}}},
      {ErrorCode::too_large, {"too_large", 413, 2, {"大きすぎます", "Too large"}}},
      {ErrorCode::unsupported, {"unsupported", 501, 2, {"対応していません", "Not supported here"}}},
      {ErrorCode::busy, {"busy", 503, 1, {"ほかのプロセスが使用中です", "In use by another process"}}},
      {ErrorCode::cancelled, {"cancelled", 499, 1, {"中止しました", "Stopped on request"}}},
      {ErrorCode::disk_full, {"disk_full", 507, 1, {"ディスクの空きがありません", "The disk is full"}}},
      {ErrorCode::io_failure,
       {"io_failure", 500, 1, {"読み書きに失敗しました", "Reading or writing failed"}}},
      {ErrorCode::corrupt,
       {"corrupt", 500, 1, {"保存された内容が壊れています", "Stored content is damaged"}}},
      {ErrorCode::internal, {"internal", 500, 1, {"Sonae の不具合です", "A defect in Sonae"}}},
  }};
  return rows;
}

}  // namespace

const ErrorKind& kind_of(ErrorCode code) {
  return table()[static_cast<std::size_t>(code)].kind;
}

std::string Error::in(Language language) const {
  std::string text;
  if (!where.empty()) text += where + ": ";
  text += what.empty() ? kind_of(code).title.in(language) : what.in(language);
  if (!what_to_do.empty()) {
    text += language == Language::japanese ? "（" : " (";
    text += what_to_do.in(language);
    text += language == Language::japanese ? "）" : ")";
  }
  return text;
}

std::unexpected<Error> fail(ErrorCode code, Phrase what, std::string where, Phrase what_to_do) {
  return std::unexpected(Error{code, std::move(what), std::move(where), std::move(what_to_do)});
}

Language language_of_locale(std::string_view locale_name) {
  return locale_name.substr(0, 2) == "ja" ? Language::japanese : Language::english;
}

}  // namespace sonae
