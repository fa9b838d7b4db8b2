// Support for tests of exchanges: a node with a journal alone, on a clock and dice of its own.
#pragma once

#include <doctest/doctest.h>

#include "base/fake_env.h"
#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"
#include "sync/exchange.h"

namespace sonae::sync {

// A node with a key of its own in the town of the tests, and a small view.
struct Node {
  journal::TemporaryDirectory directory;
  FakeClock clock;
  SeededRandom random;
  MemoryDisk disk;
  Env env{clock, random, disk};
  journal::NotesView view;
  Unfinished unfinished;
  journal::Options options;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<journal::Journal> journal;

  explicit Node(char letter, std::uint64_t seed = 0, const std::string& vfs = "")
      : random(static_cast<std::uint64_t>(letter) + seed),
        options{*TownId::from_bytes("a town for tests"), Bytes(32, 't'),
                SigningKey::from_seed(Bytes(32, letter))} {
    open(vfs);
  }
  void open(const std::string& vfs) {
    journal.reset();
    database.reset();
    database = *store::open_sqlite(directory.path() + "/town.db", {.vfs = vfs});
    journal = *journal::Journal::open(env, *database, options, {&view});
  }
  std::size_t facts() { return journal::all_facts(*journal->reader()).size(); }
  void write(int facts, journal::Stream stream = journal::Stream::ordinary, std::size_t blob = 0) {
    for (int i = 0; i < facts; ++i) {
      journal::Batch batch;
      journal::Draft draft =
          journal::note("page" + std::to_string(random.bytes(1)[0] & 7), "text " + to_hex(random.bytes(6)));
      draft.stream = stream;
      if (blob > 0) {
        batch.blobs.push_back(random.bytes(blob));
        draft.body =
            to_text(to_json(journal::NoteWritten{"with", journal->address_of(batch.blobs[0]).hex()}));
      }
      batch.drafts.push_back(std::move(draft));
      REQUIRE(journal->append(std::move(batch)));
    }
  }
  std::string dump() {
    std::string text;
    const auto connection = journal->reader();
    journal::dump(*connection, {&view}, [&](std::string_view line) { text.append(line) += '\n'; });
    return text;
  }
  bool sound() {
    const auto report = journal::verify(env, *database, options, {&view}, {}, no_progress());
    REQUIRE(report);
    for (const auto& one : report->findings)
      MESSAGE(one.place << ": " << one.what.english);
    return report->sound();
  }
};

}  // namespace sonae::sync
