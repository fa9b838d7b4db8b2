#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "journal/checkpoint.h"
#include "journal/entries.h"
#include "journal/erasing.h"
#include "journal/findings.h"
#include "journal/header.h"
#include "journal/tables.h"

namespace sonae::journal {

namespace {

constexpr std::size_t kSaltSize = 16;

// What the finding tables should hold, by the entries' headers.
struct IndexRow {
  std::int64_t key = 0;
  std::int64_t row = 0;
  friend auto operator<=>(const IndexRow&, const IndexRow&) = default;
};
struct Index {
  std::string_view select;
  Phrase what;
  std::vector<IndexRow> expected;
};

struct LogRow {
  std::int64_t number = 0;
  LogId id;
  PublicKey key;
  std::string place;
};

class LogVerifier {
 public:
  LogVerifier(store::Connection& connection, const Options& options, const std::vector<View*>& views,
              VerifyReport& report, Findings& findings, Progress& progress)
      : connection_(connection),
        options_(options),
        views_(views),
        report_(report),
        findings_(findings),
        progress_(progress) {}

  void run() {
    findings_.part("logs", [&] { read_logs(); });
    findings_.part("quarantine", [&] { read_quarantine(); });
    findings_.part("blobs", [&] { read_addresses(); });
    findings_.part("erasures", [&] { read_erasures(); });
    for (const LogRow& log : logs_) {
      findings_.part(log.place, [&] { verify(log); });
      if (progress_.stop_requested()) return;
    }
    findings_.part("logs", [&] { find_strays(); });
    for (Index& index : indexes_)
      findings_.part("index", [&] { compare(index); });
  }

 private:
  void read_logs() {
    const auto rows =
        connection_.query("SELECT number, node, stream, public_key FROM journal_log ORDER BY number");
    while (rows->next()) {
      LogRow log;
      log.number = rows->integer(0);
      const Result<NodeId> node = NodeId::from_bytes(rows->bytes(1));
      const Result<PublicKey> key = PublicKey::from_bytes(rows->bytes(3));
      const std::int64_t stream = rows->integer(2);
      log.place = "log number " + std::to_string(log.number);
      if (!node || !key || node_id_of(*key) != *node || stream < 0 || stream > 3) {
        findings_.add(log.place,
                      {"ノードの番号、鍵、系統が合いません", "Its node, key and stream do not agree"});
        continue;
      }
      log.id = {*node, static_cast<Stream>(stream)};
      log.key = *key;
      log.place = "log " + node->text() + "/" + std::string(stream_name(log.id.stream));
      logs_.push_back(std::move(log));
    }
  }

  void read_quarantine() {
    const auto rows = connection_.query("SELECT row FROM journal_quarantine");
    while (rows->next())
      quarantined_.insert(rows->integer(0));
    if (options_.admission != nullptr)
      ruling_ = options_.admission->rule(options_.town, options_.anchors, governing_facts(connection_));
  }

  void read_addresses() {
    const auto rows = connection_.query("SELECT address FROM journal_blob");
    while (rows->next())
      blobs_.emplace(rows->bytes(0));
  }

  void read_erasures() {
    for (const Fact& fact : facts_about(connection_, kErasureOrders))
      if (orders_erasure(fact.header))
        ordered_erased_.insert(fact.header.supersedes.begin(), fact.header.supersedes.end());
    const auto rows = connection_.query("SELECT row FROM journal_lacking");
    while (rows->next())
      lacking_.insert(rows->integer(0));
  }

  std::map<std::uint64_t, Bytes> notes_of(const LogRow& log) {
    std::map<std::uint64_t, Bytes> notes;
    const auto rows =
        connection_.query("SELECT size, note FROM journal_checkpoint WHERE log = $1", log.number);
    while (rows->next())
      notes.emplace(static_cast<std::uint64_t>(rows->integer(0)), Bytes(rows->bytes(1)));
    return notes;
  }

  std::map<Subtree, Bytes> subtrees_of(const LogRow& log) {
    std::map<Subtree, Bytes> subtrees;
    const auto rows =
        connection_.query("SELECT level, number, hash FROM journal_subtree WHERE log = $1", log.number);
    while (rows->next())
      subtrees.emplace(Subtree{static_cast<int>(rows->integer(0)) * kSubtreeBits,
                               static_cast<std::uint64_t>(rows->integer(1))},
                       Bytes(rows->bytes(2)));
    return subtrees;
  }

  // The log grows again leaf by leaf; on the way it must pass every checkpoint and every stored subtree.
  void verify(const LogRow& log) {
    const std::map<std::uint64_t, Bytes> notes = notes_of(log);
    std::map<Subtree, Bytes> subtrees = subtrees_of(log);
    const std::uint64_t signed_size = notes.empty() ? 0 : notes.rbegin()->first;
    Frontier frontier;
    std::uint64_t next = 0;
    std::optional<std::uint64_t> first_missing;
    const auto take = [&](std::uint64_t position, const store::Cursor& entry) {
      if (position > next && !first_missing) first_missing = next;
      for (; next < position; ++next)
        findings_.add(place_of(log, next),
                      {"記録が失われています", "This entry is missing or cannot be read"});
      const Hash leaf = verify_entry(log, entry);
      ++next;
      if (first_missing) return;
      frontier.add(leaf, [&](const Subtree& subtree, const Hash& hash) {
        if (subtree.height % kSubtreeBits == 0) compare_subtree(log, subtrees, subtree, hash);
      });
      if (const auto note = notes.find(next); note != notes.end()) verify_note(log, *note, frontier.root());
    };
    read_entries(log, signed_size, take);
    if (next < signed_size && !first_missing) first_missing = next;
    for (; next < signed_size; ++next)
      findings_.add(place_of(log, next), {"記録が失われています", "This entry is missing or cannot be read"});
    if (next > signed_size)
      findings_.add(log.place,
                    {"署名された末尾より後に記録があります", "There are entries after its signed head"});
    for (const auto& note : notes)
      if (note.first == 0 || (first_missing && note.first > *first_missing))
        verify_note(log, note, std::nullopt);
    for (const auto& [subtree, hash] : subtrees)
      if (!first_missing)
        findings_.add(place_of(log, subtree.number << subtree.height),
                      {"余分な中間ハッシュがあります", "A stored subtree is not of this log"});
  }

  // Reads as much as can be read: where the engine gives up in the middle, single entries are tried from
  // there.
  template <class Take>
  void read_entries(const LogRow& log, std::uint64_t signed_size, Take take) {
    std::uint64_t next = 0;
    for (;;) {
      try {
        const auto rows = connection_.query(
            "SELECT row, header, salt, body, body_hash, leaf_hash FROM journal_entry "
            "WHERE row >= $1 AND row < $2 ORDER BY row",
            row_of(log.number, next), row_of(log.number + 1, 0));
        while (rows->next()) {
          next = position_of(rows->integer(0)) + 1;
          take(next - 1, *rows);
          if (next % 4096 == 0) {
            progress_.report({"記録を確かめています", "Checking the facts"}, next, signed_size);
            if (progress_.stop_requested()) return;
          }
        }
        return;
      } catch (const store::StoreError& failure) {
        findings_.add(place_of(log, next), failure.error().what);
        do
          ++next;
        while (next < signed_size && !can_be_read(row_of(log.number, next)));
        if (next >= signed_size) return;
      }
    }
  }

  bool can_be_read(std::int64_t row) {
    try {
      return connection_.query("SELECT body FROM journal_entry WHERE row = $1", row)->next();
    } catch (const store::StoreError&) {
      return false;
    }
  }

  // The entry's leaf hash, computed anew.
  Hash verify_entry(const LogRow& log, const store::Cursor& entry) {
    const std::int64_t row = entry.integer(0);
    const std::string place = place_of(log, position_of(row));
    ++report_.facts;
    const bool erased = entry.is_null(3);
    if (erased) ++report_.erased;
    Hash body;
    if (erased) {
      const Result<Hash> kept = Hash::from_bytes(entry.bytes(4));
      if (!kept || !entry.is_null(2))
        findings_.add(place, {"消去の跡が正しくありません", "What an erasure leaves behind is not right"});
      if (kept) body = *kept;
    } else {
      body = body_hash(entry.bytes(2), entry.bytes(3));
      if (entry.bytes(2).size() != kSaltSize || !entry.is_null(4))
        findings_.add(place, {"塩の長さが違います", "Its salt has the wrong length"});
    }
    const Hash leaf = leaf_hash(entry.bytes(1), body);
    if (entry.bytes(5) != leaf.bytes())
      findings_.add(place, {"内容がハッシュと合いません", "Its content is not what its hash says"});
    const Result<Header> header = read_header(entry.bytes(1));
    if (header) {
      const bool to_be_erased = ordered_erased_.contains(header->id) && may_be_erased(*header);
      if (to_be_erased && !erased)
        findings_.add(place, {"消去されたはずの内容が残っています", "It was to be erased and is still here"});
      if (erased && !to_be_erased && !lacking_.contains(row))
        findings_.add(place, {"消去の記録がないのに内容がありません",
                              "Its content is gone, and nothing here says that it was to be erased"});
      if (!erased) look_for_blobs(header->kind, entry.bytes(3), place);
      if (governs(*header)) indexes_[3].expected.push_back({0, row});
      if (!quarantined_.contains(row)) expect_index_rows(*header, row);
      if (options_.admission != nullptr &&
          ruling_.admits(log.id, position_of(row)) == quarantined_.contains(row))
        findings_.add(place, {"隔離の扱いが、登録されたノードと合いません",
                              "Whether it is quarantined is not what the enrolled nodes say"});
    } else
      findings_.add(place, {"見出しが読めません", "Its header cannot be read"});
    return leaf;
  }

  void look_for_blobs(std::string_view kind, BytesView body, const std::string& place) {
    for (const View* const view : views_)
      for (const Hash& address : view->blobs_named_by(kind, body))
        if (!blobs_.contains(Bytes(address.bytes())))
          findings_.add("blob " + address.hex(),
                        {"内容が失われています（" + place + "）", "It is missing (named at " + place + ")"});
  }

  void expect_index_rows(const Header& header, std::int64_t row) {
    indexes_[0].expected.push_back({key_of(header.id), row});
    for (const Subject& subject : header.subjects)
      indexes_[1].expected.push_back({key_of(subject), row});
    for (const FactId& superseded : header.supersedes)
      indexes_[2].expected.push_back({key_of(superseded), row});
  }

  void compare_subtree(const LogRow& log, std::map<Subtree, Bytes>& subtrees, const Subtree& subtree,
                       const Hash& hash) {
    const auto stored = subtrees.find(subtree);
    if (stored == subtrees.end() || stored->second != hash.bytes())
      findings_.add(
          place_of(log, subtree.number << subtree.height),
          {"中間ハッシュが合いません", "The stored root of the subtree that begins here is not right"});
    if (stored != subtrees.end()) subtrees.erase(stored);
  }

  void verify_note(const LogRow& log, const std::pair<const std::uint64_t, Bytes>& note,
                   const std::optional<Hash>& root) {
    ++report_.checkpoints;
    const std::string place = log.place + " checkpoint " + std::to_string(note.first);
    const Result<SignedCheckpoint> read = read_checkpoint(note.second);
    if (!read || read->checkpoint.size != note.first || !is_signed_by(*read, log.key) ||
        read->checkpoint.origin != origin_of(options_.town, log.id) || sign_text_differs(*read, note.second))
      findings_.add(place, {"署名が正しくありません", "Its signature is not good"});
    else if (root && read->checkpoint.root != *root)
      findings_.add(place, {"記録が署名された内容と違います", "The log is not what was signed here"});
  }

  // A note of ours has one signature and nothing else, so it can be written again from what was read.
  static bool sign_text_differs(const SignedCheckpoint& read, const Bytes& note) {
    return read.signatures.size() != 1 || note_text(read) != note;
  }

  void find_strays() {
    const auto rows = connection_.query("SELECT DISTINCT row >> 40 FROM journal_entry");
    while (rows->next())
      name_stray(rows->integer(0), "entries");
    for (const std::string_view table :
         {"journal_checkpoint", "journal_subtree", "journal_cosignature", "journal_quarantine",
          "journal_branch", "journal_fork", "journal_fork_leaf", "journal_lacking"}) {
      const auto strays = connection_.query("SELECT DISTINCT log FROM " + std::string(table));
      while (strays->next())
        name_stray(strays->integer(0), table);
    }
  }
  void name_stray(std::int64_t number, std::string_view what) {
    if (std::ranges::none_of(logs_, [&](const LogRow& log) { return log.number == number; }))
      findings_.add("log number " + std::to_string(number),
                    {"どの系統のものでもない記録があります（" + std::string(what) + "）",
                     "There are " + std::string(what) + " of a log that is not here"});
  }

  void compare(Index& index) {
    std::ranges::sort(index.expected);
    const auto repeated = std::ranges::unique(index.expected);
    index.expected.erase(repeated.begin(), repeated.end());
    auto expected = index.expected.begin();
    const auto rows = connection_.query(index.select);
    while (rows->next()) {
      const IndexRow found{rows->integer(0), rows->integer(1)};
      for (; expected != index.expected.end() && *expected < found; ++expected)
        findings_.add(place_of_row(expected->row), index.what);
      if (expected != index.expected.end() && *expected == found)
        ++expected;
      else
        findings_.add(place_of_row(found.row), index.what);
    }
    for (; expected != index.expected.end(); ++expected)
      findings_.add(place_of_row(expected->row), index.what);
  }

  std::string place_of_row(std::int64_t row) const {
    const auto log = std::ranges::find(logs_, log_of(row), &LogRow::number);
    if (log == logs_.end()) return "row " + std::to_string(row);
    return place_of(*log, position_of(row));
  }
  static std::string place_of(const LogRow& log, std::uint64_t position) {
    return log.place + " position " + std::to_string(position);
  }

  store::Connection& connection_;
  const Options& options_;
  const std::vector<View*>& views_;
  VerifyReport& report_;
  Findings& findings_;
  Progress& progress_;
  std::vector<LogRow> logs_;
  std::set<std::int64_t> quarantined_;
  std::set<FactId> ordered_erased_;
  std::set<std::int64_t> lacking_;  // rows whose content is to be fetched again
  std::set<Bytes> blobs_;           // addresses of those that are here
  Ruling ruling_;
  std::array<Index, 4> indexes_{{
      {"SELECT fact, row FROM journal_fact ORDER BY fact, row",
       {"番号の索引が合いません", "The index of ids does not agree with it"},
       {}},
      {"SELECT subject, row FROM journal_subject ORDER BY subject, row",
       {"主題の索引が合いません", "The index of subjects does not agree with it"},
       {}},
      {"SELECT superseded, row FROM journal_supersedes ORDER BY superseded, row",
       {"取り消しの索引が合いません", "The index of superseded facts does not agree with it"},
       {}},
      {"SELECT 0, row FROM journal_governing ORDER BY row",
       {"ノードの記録の索引が合いません", "The index of facts about nodes does not agree with it"},
       {}},
  }};
};

}  // namespace

void verify_logs(store::Connection& connection, const Options& options, const std::vector<View*>& views,
                 VerifyReport& report, Findings& findings, Progress& progress) {
  LogVerifier(connection, options, views, report, findings, progress).run();
}

}  // namespace sonae::journal
