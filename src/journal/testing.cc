#include "journal/testing.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "journal/checkpoint.h"
#include "journal/entries.h"
#include "journal/verify.h"
#include "store/postgres.h"
#include "store/postgres_testing.h"

namespace sonae::journal {

namespace {

// A test that cannot even set up its world has no result to give.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().in(Language::english));
  return std::move(*result);
}

Options fixed_options(char node) {
  return {*TownId::from_bytes("a town for tests"), Bytes(32, 't'), SigningKey::from_seed(Bytes(32, node))};
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  const bool has_memory = std::filesystem::is_directory("/dev/shm");
  std::string pattern =
      (has_memory ? std::string("/dev/shm") : std::filesystem::temp_directory_path().string()) +
      "/sonae-test-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory at " + pattern);
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;  // what is left behind there does no harm
  std::filesystem::remove_all(path_, ignored);
}

bool tests_use_postgres() {
  const char* const store = std::getenv("SONAE_TEST_STORE");
  return store != nullptr && std::string_view(store) == "postgres";
}

TestTown::TestTown(std::vector<View*> views, std::uint64_t seed, char node)
    : random_(seed), options_(fixed_options(node)), views_(std::move(views)) {
  if (tests_use_postgres()) postgres_ = store::postgres_cluster().new_schema();
  reopen();
}

void TestTown::reopen(std::optional<std::vector<View*>> views) {
  journal_.reset();
  database_.reset();
  if (views) views_ = std::move(*views);
  if (postgres_.empty())
    database_ = must(store::open_sqlite(directory_.path() + "/town.db"));
  else
    database_ = must(store::open_postgres(postgres_));
  journal_ = must(Journal::open(env_, *database_, options_, views_));
}

std::string TestTown::dump() {
  std::string text;
  const auto connection = journal_->reader();
  store::Transaction snapshot(*connection, store::Transaction::Kind::read);
  journal::dump(*connection, views_, [&](std::string_view line) { text.append(line) += '\n'; });
  return text;
}

std::vector<Fact> all_facts(store::Connection& connection) {
  std::vector<Fact> facts;
  const auto entries =
      connection.query("SELECT row, header, salt, body, leaf_hash FROM journal_entry ORDER BY row");
  while (entries->next())
    facts.push_back(read_entry(*entries).fact);
  return facts;
}

std::vector<Bytes> all_blobs(store::Connection& connection, BytesView town_key) {
  std::vector<Bytes> contents;
  const Blobs blobs(connection, town_key);
  const auto rows = connection.query("SELECT address FROM journal_blob ORDER BY address");
  while (rows->next())
    contents.push_back(blobs.read(*Hash::from_bytes(rows->bytes(0))).value());
  return contents;
}

std::optional<std::string> first_difference(std::string_view one, std::string_view other) {
  if (one == other) return std::nullopt;
  const auto line_at = [](std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::string("(end)");
    return std::string(text.substr(at, std::min(text.find('\n', at), text.size()) - at));
  };
  const std::size_t at = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  const std::size_t before = at == 0 ? std::string_view::npos : one.rfind('\n', at - 1);
  const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
  return "one:   " + line_at(one, line) + "\nother: " + line_at(other, line);
}

namespace {

// Nodes that hold the facts between them, each with a log that grows range by range.
struct Sender {
  SigningKey key;
  std::vector<LogEntry> entries;
  std::size_t sent = 0;
};

LogEntry entry_of(const Fact& fact, const Bytes& salt_hint) {
  LogEntry entry{fact.header_bytes, fact.salt, fact.body, std::nullopt};
  if (fact.erased) entry.body_hash = sha256(salt_hint);  // any hash does: the body is not to be had
  return entry;
}

LogRange next_range(Sender& sender, std::size_t count, const TownId& town) {
  LogRange range;
  range.log = {node_id_of(sender.key.public_key()), Stream::ordinary};
  range.key = sender.key.public_key();
  range.first = sender.sent;
  range.entries.assign(sender.entries.begin() + static_cast<std::ptrdiff_t>(sender.sent),
                       sender.entries.begin() + static_cast<std::ptrdiff_t>(sender.sent + count));
  sender.sent += count;
  Frontier frontier;
  for (std::size_t i = 0; i < sender.sent; ++i) {
    const LogEntry& entry = sender.entries[i];
    frontier.add(
        leaf_hash(entry.header, entry.body_hash ? *entry.body_hash : body_hash(entry.salt, entry.body)),
        [](const Subtree&, const Hash&) {});
  }
  range.checkpoint =
      sign_checkpoint({origin_of(town, range.log), frontier.size(), frontier.root()}, sender.key);
  return range;
}

std::string dump_after_random_arrival(const std::vector<View*>& views, const std::vector<Fact>& facts,
                                      const std::vector<Bytes>& blobs, std::uint64_t seed) {
  TestTown town(views, seed);
  SeededRandom dice(seed);
  std::vector<Sender> senders;
  for (std::uint64_t i = 0, count = 1 + dice.below(4); i < count; ++i)
    senders.push_back({SigningKey::generate(dice), {}, 0});
  std::vector<const Fact*> order;
  for (const Fact& fact : facts)
    order.push_back(&fact);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[dice.below(i)]);
  for (const Fact* const fact : order)
    senders[dice.below(senders.size())].entries.push_back(entry_of(*fact, fact->header_bytes));
  // Blobs come before the facts that name them.
  bool blobs_sent = blobs.empty();
  const std::uint64_t longest = 1 + dice.below(2) * 7 + dice.below(facts.size() + 1);
  for (std::size_t left = facts.size(); left > 0;) {
    Sender& sender = senders[dice.below(senders.size())];
    const std::size_t waiting = sender.entries.size() - sender.sent;
    if (waiting == 0) continue;
    const std::size_t count = std::min<std::size_t>(waiting, 1 + dice.below(longest));
    LogRange range = next_range(sender, count, town.options().town);
    if (!blobs_sent) range.blobs = blobs;
    blobs_sent = true;
    const Status stored = town.journal().ingest(range);
    if (!stored) throw std::runtime_error(stored.error().in(Language::english));
    left -= count;
  }
  return town.dump();
}

}  // namespace

std::optional<std::string> check_order_does_not_matter(const std::vector<View*>& views,
                                                       const std::vector<Fact>& facts, std::uint64_t seed,
                                                       const std::vector<Bytes>& blobs, int rounds) {
  std::optional<std::string> first;
  for (int round = 0; round < rounds; ++round) {
    std::string dump =
        dump_after_random_arrival(views, facts, blobs, seed + static_cast<std::uint64_t>(round));
    if (first) {
      if (const auto difference = first_difference(*first, dump))
        return "round " + std::to_string(round) + " of seed " + std::to_string(seed) + "\n" + *difference;
    } else {
      first = std::move(dump);
    }
  }
  return std::nullopt;
}

std::optional<std::string> check_order_does_not_matter(TestTown& town, std::uint64_t seed, int rounds) {
  const auto connection = town.journal().reader();
  const std::vector<Fact> facts = all_facts(*connection);
  const std::vector<Bytes> blobs = all_blobs(*connection, town.options().town_key);
  if (!facts.empty()) {
    const std::string arrived = dump_after_random_arrival(town.views(), facts, blobs, seed);
    if (const auto difference = first_difference(town.dump(), arrived))
      return "as lived (one) and as arrived (other), seed " + std::to_string(seed) + "\n" + *difference;
  }
  return check_order_does_not_matter(town.views(), facts, seed, blobs, rounds);
}

std::optional<std::string> check_rebuild(TestTown& town) {
  const std::string before = town.dump();
  const Status rebuilt = town.journal().rebuild(no_progress());
  if (!rebuilt) return rebuilt.error().in(Language::english);
  return first_difference(before, town.dump());
}

}  // namespace sonae::journal
