#include "store/postgres_error.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sonae::store {

namespace {

// Codes and classes of https://www.postgresql.org/docs/15/errcodes-appendix.html that say that this server,
// or the line to it, does not serve: going on elsewhere or later may.
constexpr std::array<std::string_view, 6> kGone{
    "08",     // connection exception
    "57P01",  // admin_shutdown
    "57P02",  // crash_shutdown
    "57P03",  // cannot_connect_now
    "57P05",  // idle_session_timeout
    "25006",  // read_only_sql_transaction: it is a standby now
};

bool is_gone(std::string_view state) {
  return std::ranges::any_of(kGone, [&](std::string_view start) { return state.starts_with(start); });
}

Error unreachable(const std::string& words, const std::string& place) {
  return {ErrorCode::busy,
          {"データベースにつながりません（" + words + "）", "The database cannot be reached (" + words + ")"},
          place,
          {"受け付けた記録は失われていません。少し待ってやり直してください",
           "Nothing that was acknowledged is lost. Wait a little and try again"}};
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

std::string postgres_place(const PGconn* connection) {
  const auto part = [](const char* text) { return std::string(text == nullptr ? "" : text); };
  return "postgresql://" + part(PQhost(connection)) + ":" + part(PQport(connection)) + "/" +
         part(PQdb(connection));
}

bool is_lost(const PGresult* result, const PGconn* connection) {
  if (result == nullptr || PQstatus(connection) == CONNECTION_BAD) return true;
  const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr || is_gone(state);
}

Error postgres_error(const PGresult* result, const PGconn* connection, const std::string& place) {
  const char* const field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = field == nullptr ? "" : field;
  // Only the first message: what PostgreSQL calls details may hold values.
  const char* const primary =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string words = first_line(primary != nullptr ? primary : PQerrorMessage(connection));
  if (is_lost(result, connection)) return unreachable(words, place);
  if (state == "53100")
    return {ErrorCode::disk_full,
            {"データベースのサーバーのディスクに空きがありません", "The disk of the database server is full"},
            place,
            {"空きを作ってからやり直してください", "Make room there and try again"}};
  if (state == "55P03" || state == "40P01" || state == "40001" || state == "57014" || state == "53300")
    return {ErrorCode::busy,
            {"データベースがほかの処理で込み合っています（" + words + "）",
             "The database is busy with other work (" + words + ")"},
            place,
            {"終わるのを待ってやり直してください", "Wait until it is done and try again"}};
  if (state == "42501" || state.starts_with("28"))
    return {
        ErrorCode::forbidden,
        {"データベースの権限がありません（" + words + "）", "The database refuses this user (" + words + ")"},
        place,
        {"docs/postgresql.md の「準備」のとおりに利用者と権限を作ってください",
         "Make user and rights as docs/postgresql.md says under \"Set up\""}};
  if (state == "XX001" || state == "XX002")
    return {ErrorCode::corrupt,
            {"データベースが壊れています（" + words + "）", "The database is damaged (" + words + ")"},
            place,
            {"sonae verify で場所を確かめ、控えから戻してください",
             "Find the place with sonae verify and restore from a backup"}};
  if (state == "58030" || state.starts_with("53"))
    return {ErrorCode::io_failure,
            {"データベースのサーバーで読み書きに失敗しました（" + words + "）",
             "Reading or writing failed on the database server (" + words + ")"},
            place,
            {"サーバーの状態を確かめてください", "Check the server"}};
  return {ErrorCode::internal, {"データベースの誤り: " + words, "Database error: " + words}, place, {}};
}

}  // namespace sonae::store
