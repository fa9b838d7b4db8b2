#include <doctest/doctest.h>

#include "store/postgres.h"
#include "store/postgres_sql.h"
#include "store/postgres_testing.h"
#include "store/postgres_values.h"
#include "store/store_suite.h"

using namespace sonae;
using namespace sonae::store;

namespace {

std::unique_ptr<RemoteDatabase> empty_database() {
  return open_postgres(postgres_cluster().new_schema()).value();
}

std::int64_t count(Connection& connection) {
  const auto row = connection.query("SELECT COUNT(*) FROM t");
  REQUIRE(row->next());
  return row->integer(0);
}

// Rows of one statement are still under way when others run.
constexpr const char* kThousand = "SELECT n FROM generate_series(1, 1000) n";

}  // namespace

TEST_CASE("PostgreSQL passes the suite of all stores") {
  store_suite(empty_database);
}

TEST_CASE("what travels without being waited for is there, in order, and wrong at the latest at the commit") {
  const auto database = empty_database();
  const auto connection = database->connect();
  connection->script("CREATE TABLE t (n BIGINT PRIMARY KEY, words TEXT)");
  {
    Transaction transaction(*connection, Transaction::Kind::write);
    for (int n = 0; n < 2000; ++n)
      connection->run("INSERT INTO t (n, words) VALUES ($1, $2)", n, "x");
    CHECK(count(*connection) == 2000);
    connection->run("DELETE FROM t WHERE n >= $1", 1500);
    transaction.commit();
  }
  CHECK(count(*connection) == 1500);
  {
    Transaction transaction(*connection, Transaction::Kind::write);
    connection->run("INSERT INTO t (n) VALUES ($1)", 5000);
    connection->run("INSERT INTO t (n) VALUES ($1)", 1);  // is there already
    connection->run("INSERT INTO t (n) VALUES ($1)", 5001);
    CHECK_THROWS_AS(transaction.commit(), StoreError);
  }
  CHECK(count(*connection) == 1500);
  {
    Transaction transaction(*connection, Transaction::Kind::write);
    connection->run("INSERT INTO t (n) VALUES ($1)", 1);
    CHECK_THROWS_AS(count(*connection), StoreError);
    CHECK_THROWS_AS(transaction.commit(), StoreError);
  }
  CHECK(count(*connection) == 1500);
}

TEST_CASE("cursors that are left in the middle disturb nobody") {
  const auto database = empty_database();
  const auto connection = database->connect();
  const auto first = connection->query(kThousand);
  REQUIRE(first->next());
  {
    const auto second = connection->query(kThousand);
    REQUIRE(second->next());
    CHECK_THROWS_AS(connection->query("SELECT 1 FROM nowhere"), StoreError);
  }
  std::int64_t sum = first->integer(0);
  while (first->next())
    sum += first->integer(0);
  CHECK(sum == 500'500);
}

TEST_CASE("every text comes back, those that PostgreSQL cannot hold too") {
  const auto database = empty_database();
  const auto connection = database->connect();
  connection->script("CREATE TABLE t (n BIGINT PRIMARY KEY, words TEXT)");
  const std::vector<std::string> texts{std::string("a\0b", 3), "\xEF\xBF\xBE", "\xEF\xBF\xBE\x30", "串本",
                                       std::string(1, '\0')};
  for (std::size_t n = 0; n < texts.size(); ++n) {
    connection->run("INSERT INTO t (n, words) VALUES ($1, $2)", n, texts[n]);
    const auto row = connection->query("SELECT words FROM t WHERE words = $1", texts[n]);
    REQUIRE(row->next());
    CHECK(row->text(0) == texts[n]);
    CHECK(unescaped(escaped(texts[n])) == texts[n]);
  }
}

TEST_CASE("a server that was killed: errors first, then everything committed is there again") {
  PostgresCluster cluster;
  const auto database = open_postgres(cluster.new_schema()).value();
  const auto opened = database->connect();
  auto* const connection = dynamic_cast<RemoteConnection*>(opened.get());
  const auto claim = database->claim_writer().value();
  connection->script("CREATE TABLE t (n BIGINT PRIMARY KEY)");
  Transaction committed(*connection, Transaction::Kind::write);
  connection->run("INSERT INTO t (n) VALUES (1)");
  committed.commit();
  CHECK(connection->sessions() == 1);
  {
    Transaction broken(*connection, Transaction::Kind::write);
    connection->run("INSERT INTO t (n) VALUES (2)");
    cluster.kill_now();
    try {
      broken.commit();
      FAIL("committed on a server that is dead");
    } catch (const StoreError& failure) {
      CHECK(failure.error().code == ErrorCode::busy);
      CHECK(failure.error().what.japanese.find("つながりません") != std::string::npos);
    }
  }
  CHECK_THROWS_AS(connection->begin_read(), StoreError);
  cluster.start();
  CHECK(connection->wait_until_reachable());
  Transaction again(*connection, Transaction::Kind::write);
  CHECK(count(*connection) == 1);
  again.commit();
  CHECK(connection->sessions() == 2);
  CHECK(open_postgres(cluster.url("town1")).value()->claim_writer().error().code == ErrorCode::busy);
}

TEST_CASE("settings that make an acknowledgement a lie are refused, dangerous ones are told") {
  PostgresCluster cluster;
  const std::string url = cluster.new_schema();
  const auto told = [&] {
    std::string all;
    for (const Hazard& hazard : open_postgres(url).value()->hazards())
      all += hazard.what.english + "\n";
    return all;
  };
  CHECK(told().find("No synchronous standby") != std::string::npos);
  CHECK(told().find("log_statement") == std::string::npos);
  cluster.run("ALTER SYSTEM SET log_statement = 'all'");
  cluster.run("ALTER ROLE sonae SET synchronous_commit = 'off'");  // Sonae's sessions set it back
  cluster.stop();
  cluster.start();
  CHECK(told().find("log_statement") != std::string::npos);
  cluster.run("ALTER SYSTEM SET fsync = 'off'");
  cluster.stop();
  cluster.start();
  CHECK(open_postgres(url).error().code == ErrorCode::unsupported);
}

TEST_CASE("no database at the end of the line") {
  CHECK(open_postgres("postgresql:///postgres?host=/nowhere").error().code == ErrorCode::busy);
  CHECK(open_postgres(postgres_cluster().url("absent")).error().code == ErrorCode::not_found);
  CHECK(open_postgres("nonsense://").error().code == ErrorCode::busy);
}

TEST_CASE("statements are put into PostgreSQL's words") {
  CHECK(postgres_script("CREATE TABLE t (a BIGINT PRIMARY KEY, text TEXT, b BYTES)") ==
        "CREATE TABLE t (a BIGINT PRIMARY KEY, text TEXT COLLATE \"C\", b BYTEA)");
  CHECK(postgres_script("SELECT 'TEXT BYTES'; CREATE INDEX i ON t (text)") ==
        "SELECT 'TEXT BYTES'; CREATE INDEX i ON t (text)");
  CHECK(drops_tables("SELECT 1; drop table t"));
  CHECK(!drops_tables("CREATE TABLE drop_off (n BIGINT)"));
}
