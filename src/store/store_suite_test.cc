#include "store/store_suite.h"

#include <doctest/doctest.h>

#include <thread>

namespace sonae::store {

namespace {

void values_come_back(Connection& connection) {
  connection.script(
      "CREATE TABLE t (n BIGINT PRIMARY KEY, whole BIGINT, real DOUBLE PRECISION, words TEXT, raw BYTES)");
  const Bytes raw("\x00\xff'\"", 4);
  const std::string words = "備え $1 ; -- 'x'";
  connection.run("INSERT INTO t (n, whole, real, words, raw) VALUES ($1, $2, $3, $4, $5)", 1, INT64_MIN, 35.1,
                 words, Blob{raw});
  connection.run("INSERT INTO t (n, whole, real, words, raw) VALUES ($1, $2, $3, $4, $5)", 2, nullptr,
                 nullptr, "", Blob{""});
  const auto rows = connection.query("SELECT whole, real, words, raw FROM t ORDER BY n");
  REQUIRE(rows->next());
  CHECK(rows->columns() == 4);
  CHECK(rows->column_name(2) == "words");
  CHECK(rows->integer(0) == INT64_MIN);
  CHECK(rows->real(1) == 35.1);
  CHECK(rows->text(2) == words);
  CHECK(rows->bytes(3) == raw);
  CHECK(std::string{rows->kind(0), rows->kind(1), rows->kind(2), rows->kind(3)} == "irtb");
  REQUIRE(rows->next());
  CHECK(std::string{rows->kind(0), rows->kind(1), rows->kind(2), rows->kind(3)} == "nntb");
  CHECK(rows->text(2).empty());
  CHECK(!rows->next());
}

void placeholders_may_stand_anywhere(Connection& connection) {
  connection.script("CREATE TABLE t (a BIGINT, b BIGINT, PRIMARY KEY (a, b))");
  connection.run("INSERT INTO t (a, b) VALUES ($1, $2)", 1, 2);
  CHECK(connection.query("SELECT 1 FROM t WHERE a = $1 AND b = $2 AND a = $1", 1, 2)->next());
  CHECK(!connection.query("SELECT 1 FROM t WHERE a = $1 AND b = $2 AND a = $1", 2, 1)->next());
  CHECK(connection.run("UPDATE t SET b = $1 WHERE a = $2", 5, 1) == 1);
  CHECK(connection.run("INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a, b) DO NOTHING", 1, 5) == 0);
}

void text_is_ordered_by_its_bytes(Connection& connection) {
  connection.script("CREATE TABLE t (word TEXT PRIMARY KEY)");
  for (const char* const word : {"b", "B", "あ", "ア", "a", "é"})
    connection.run("INSERT INTO t (word) VALUES ($1)", word);
  std::string order;
  const auto rows = connection.query("SELECT word FROM t ORDER BY word");
  while (rows->next())
    order += rows->text(0);
  CHECK(order == "Babéあア");
}

void cursors_nest(Connection& connection) {
  connection.script("CREATE TABLE t (n BIGINT PRIMARY KEY)");
  for (int n = 0; n < 3; ++n)
    connection.run("INSERT INTO t (n) VALUES ($1)", n);
  int pairs = 0;
  const auto outer = connection.query("SELECT n FROM t");
  while (outer->next()) {
    const auto inner = connection.query("SELECT n FROM t");
    while (inner->next())
      ++pairs;
  }
  CHECK(pairs == 9);
}

void transactions_hold_together(Database& database) {
  const auto writer = database.connect();
  const auto reader = database.connect();
  writer->script("CREATE TABLE t (n BIGINT PRIMARY KEY)");
  const auto count = [](Connection& connection) {
    const auto row = connection.query("SELECT COUNT(*) FROM t");
    row->next();
    return row->integer(0);
  };
  {
    Transaction abandoned(*writer, Transaction::Kind::write);
    writer->run("INSERT INTO t (n) VALUES (1)");
    CHECK(count(*writer) == 1);
    CHECK(count(*reader) == 0);
  }
  CHECK(count(*writer) == 0);
  Transaction snapshot(*reader, Transaction::Kind::read);
  Transaction kept(*writer, Transaction::Kind::write);
  writer->run("INSERT INTO t (n) VALUES (2)");
  kept.commit();
  CHECK(count(*reader) == 0);  // the snapshot does not move
  snapshot.commit();
  CHECK(count(*reader) == 1);
}

void writers_take_turns(Database& database) {
  database.connect()->script("CREATE TABLE t (n BIGINT PRIMARY KEY)");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&database, t] {
      const auto connection = database.connect();
      for (int i = 0; i < 10; ++i) {
        Transaction transaction(*connection, Transaction::Kind::write);
        connection->run("INSERT INTO t (n) VALUES ($1)", t * 100 + i);
        transaction.commit();
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  const auto connection = database.connect();
  const auto row = connection->query("SELECT COUNT(*) FROM t");
  row->next();
  CHECK(row->integer(0) == 40);
}

void mistakes_are_errors(Connection& connection) {
  connection.script("CREATE TABLE t (n BIGINT PRIMARY KEY, words TEXT NOT NULL)");
  CHECK_THROWS_AS(connection.query("SELECT nothing FROM t"), StoreError);
  CHECK_THROWS_AS(connection.run("INSERT INTO t (n, words) VALUES (1, $1)", nullptr), StoreError);
  CHECK_THROWS_AS(connection.run("INSERT INTO t (n, words) VALUES (1, $1)"), StoreError);
  connection.run("INSERT INTO t (n, words) VALUES (1, 'a')");
  CHECK_THROWS_AS(connection.run("INSERT INTO t (n, words) VALUES (1, 'b')"), StoreError);
}

void databases_describe_themselves(Database& database) {
  const auto connection = database.connect();
  CHECK(connection->schema().empty());
  connection->script("CREATE TABLE t (a BIGINT, b TEXT, PRIMARY KEY (a, b)); CREATE INDEX t_b ON t (b)");
  CHECK(connection->schema().size() >= 2);
  CHECK(database.check().empty());
  const auto aside = database.scratch().value();
  const auto scratch = aside->connect();
  CHECK(scratch->schema().empty());
  scratch->script("CREATE TABLE t (a BIGINT, b TEXT, PRIMARY KEY (a, b)); CREATE INDEX t_b ON t (b)");
  CHECK(scratch->schema() == connection->schema());
}

void one_part_writes(Database& database) {
  auto first = database.claim_writer();
  REQUIRE(first);
  CHECK(database.claim_writer().error().code == ErrorCode::busy);
  first->reset();
  CHECK(database.claim_writer().has_value());
}

}  // namespace

void store_suite(const std::function<std::unique_ptr<Database>()>& empty_database) {
  const std::unique_ptr<Database> database = empty_database();
  SUBCASE("values come back") {
    values_come_back(*database->connect());
  }
  SUBCASE("placeholders may stand anywhere") {
    placeholders_may_stand_anywhere(*database->connect());
  }
  SUBCASE("text is ordered by its bytes") {
    text_is_ordered_by_its_bytes(*database->connect());
  }
  SUBCASE("cursors nest") {
    cursors_nest(*database->connect());
  }
  SUBCASE("transactions hold together") {
    transactions_hold_together(*database);
  }
  SUBCASE("writers take turns") {
    writers_take_turns(*database);
  }
  SUBCASE("mistakes are errors") {
    mistakes_are_errors(*database->connect());
  }
  SUBCASE("databases describe themselves") {
    databases_describe_themselves(*database);
  }
  SUBCASE("one part writes") {
    one_part_writes(*database);
  }
}

}  // namespace sonae::store
