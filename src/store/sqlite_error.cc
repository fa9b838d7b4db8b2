#include "store/sqlite_error.h"

#include <cerrno>

namespace sonae::store {

namespace {

bool no_space_left(int result, sqlite3* connection) {
  if ((result & 0xff) == SQLITE_FULL) return true;
  if ((result & 0xff) != SQLITE_IOERR || connection == nullptr) return false;
  const int number = sqlite3_system_errno(connection);
  return number == ENOSPC || number == EDQUOT;
}

}  // namespace

Error sqlite_error(int result, sqlite3* connection, const std::string& path) {
  // The engine's message names tables and columns, never values.
  const std::string words = connection == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(connection);
  if (no_space_left(result, connection))
    return {ErrorCode::disk_full,
            {"ディスクの空きがありません", "The disk is full"},
            path,
            {"空きを作ってからやり直してください", "Make room and try again"}};
  switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::busy,
              {"ほかのプロセスがデータベースを使っています", "Another process uses the database"},
              path,
              {"終わるのを待ってやり直してください", "Wait until it is done and try again"}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::corrupt,
              {"データベースが壊れています（" + words + "）", "The database is damaged (" + words + ")"},
              path,
              {"sonae verify で場所を確かめ、控えから戻してください",
               "Find the place with sonae verify and restore from a backup"}};
    case SQLITE_IOERR:
      return {ErrorCode::io_failure,
              {"ディスクの読み書きに失敗しました（" + words + "）",
               "Reading or writing the disk failed (" + words + ")"},
              path,
              {"ディスクの状態を確かめてください", "Check the disk"}};
    case SQLITE_CANTOPEN:
      return {ErrorCode::not_found,
              {"データベースのファイルを開けません", "The database file cannot be opened"},
              path,
              {}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::forbidden,
              {"データベースに書き込む権限がありません", "The database may not be written"},
              path,
              {}};
    default:
      return {ErrorCode::internal, {"データベースの誤り: " + words, "Database error: " + words}, path, {}};
  }
}

void throw_sqlite(int result, sqlite3* connection, const std::string& path) {
  throw StoreError(sqlite_error(result, connection, path));
}

}  // namespace sonae::store
