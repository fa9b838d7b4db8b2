// What a received evacuee weighs on the line, and how long a thousand of them take over a satellite: two
// nodes of the program, TLS and all, through a shaper of 9.6 kbit/s, 600 ms there and back, and losses;
// beside it the same facts as gzip'd JSON over HTTP, one request for each family and all in one. Then a fast
// line.
//
//   build/release/bench/sync_bench [evacuees] [--fast-only] [facts on the fast line]
#include <fmt/core.h>
#include <zlib.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "bench/line_shaper.h"
#include "demo/test_town.h"
#include "journal/reading.h"
#include "journal/testing.h"
#include "sync/join.h"
#include "sync/sync.h"
#include "town/matching/facts.h"
#include "town/reception/facts.h"

namespace {

using namespace sonae;

template <class T>
T need(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().in(Language::english));
  std::exit(2);
}
void need(const Status& status) {
  if (status) return;
  fmt::print(stderr, "{}\n", status.error().in(Language::english));
  std::exit(2);
}

struct Node {
  town::Places places;
  std::string path;
  std::unique_ptr<service::TownService> service;
  std::unique_ptr<sync::Sync> sync;
  std::uint16_t port = 0;

  explicit Node(const std::string& root) : places{SONAE_DATA_DIR, root + ".keys"}, path(root) {}
  void open() {
    service = need(service::TownService::open(real_env(), places, path));
    sync = std::make_unique<sync::Sync>(*service);
    sync->add_operations(service->catalogue());
    port = need(sync->listen("127.0.0.1:0"));
  }
};

Bytes gzipped(BytesView text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  Bytes out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A request and its answer as a careful client and server would have them.
std::size_t http_bytes(std::size_t body) {
  const std::string request =
      "POST /api/v1/facts HTTP/1.1\r\nHost: hall.example\r\nContent-Type: "
      "application/json\r\nContent-Encoding: "
      "gzip\r\nAuthorization: Bearer 0123456789abcdef0123456789abcdef\r\nContent-Length: 1234\r\n\r\n";
  const std::string answer =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 46\r\n\r\n"
      "{\"receipt\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"n\":1}";
  return request.size() + answer.size() + body;
}

reception::Person person_of(const demo::Resident& resident, int family) {
  reception::Person person;
  person.name = demo::full_name(resident);
  person.kana = demo::full_kana(resident);
  person.sex = resident.sex == demo::Sex::male ? reception::Sex::male : reception::Sex::female;
  person.birth = resident.birth;
  person.address = demo::full_address(resident.address);
  person.phone = resident.phone;
  person.family = std::to_string(family);
  return person;
}

struct Written {
  std::size_t evacuees = 0, facts = 0, one_by_one = 0;
  Bytes all_json;
};

// Receives families at the door and says who they are, as the operations write it; one batch for each family.
Written receive(Node& node, demo::Town& people, std::size_t count) {
  Written written;
  journal::Journal& journal = node.service->town().journal();
  Env& env = node.service->town().env();
  const GrantId grant = env.random.id<GrantId>();
  for (int family = 1; written.evacuees < count; ++family) {
    const demo::Household* const household = people.next();
    if (household == nullptr) break;
    journal::Batch batch;
    Bytes json;
    for (const demo::Resident& resident : *household) {
      const EntryId entry = env.random.id<EntryId>();
      const FactId fact = env.random.id<FactId>();
      reception::EntryWritten body;
      body.entry = entry;
      body.shelter = "串本小学校";
      body.person = person_of(resident, family);
      batch.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_written",
                                            {{"entry", entry.text()}}, grant, body));
      batch.drafts.back().id = fact;
      matching::Decided decided{entry, ResidentId(resident.id), "", {fact}};
      batch.drafts.push_back(journal::draft(journal::Stream::urgent, "matching.decided",
                                            {{"entry", entry.text()}, {"resident", resident.id}}, grant,
                                            decided));
      ++written.evacuees;
    }
    const auto receipts = need(journal.append(std::move(batch)));
    for (const journal::Receipt& receipt : receipts) {
      const auto fact = journal::fact(*journal.reader(), receipt.fact);
      json += fact->header_bytes + fact->body + "\n";
      ++written.facts;
    }
    written.one_by_one += http_bytes(gzipped(json).size());
    written.all_json += json;
  }
  return written;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t evacuees = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
  const bool slow = argc < 3 || std::strcmp(argv[2], "--fast-only") != 0;
  const std::size_t fast = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 20'000;
  const journal::TemporaryDirectory root;
  Node hall(root.path() + "/hall"), laptop(root.path() + "/laptop");
  need(town::Town::init(real_env(), hall.path, "304280", "串本町", true));
  hall.open();
  sync::JoinText text;
  text.secret = need(hall.sync->invitations().issue("第一小", "", {}, {}));
  text.addresses = {"127.0.0.1:" + std::to_string(hall.port)};
  need(sync::join(real_env(), laptop.places, laptop.path, text));
  laptop.open();
  need(laptop.sync->exchange_with(text.addresses[0], {}));
  demo::Town people = demo::test_town({.seed = 1, .residents = evacuees + fast + 1000});

  if (slow) {
    const Written written = receive(laptop, people, evacuees);
    const std::size_t at_once = http_bytes(gzipped(written.all_json).size());
    bench::LineShaper line(hall.port, {});
    const auto start = std::chrono::steady_clock::now();
    const auto done = need(laptop.sync->exchange_with("127.0.0.1:" + std::to_string(line.port()),
                                                      need(sync::link_profile("satellite"))));
    const double took = seconds_since(start);
    const auto per = [&](std::size_t bytes) {
      return static_cast<double>(bytes) / static_cast<double>(written.evacuees);
    };
    fmt::print("{} evacuees, {} facts, JSON {} bytes\n", written.evacuees, written.facts,
               written.all_json.size());
    fmt::print("frames both ways        {:>9} bytes, {:>7.1f} per evacuee\n",
               done.bytes_sent + done.bytes_received, per(done.bytes_sent + done.bytes_received));
    fmt::print(
        "on the line             {:>9} bytes, {:>7.1f} per evacuee (TLS, HTTP and what was lost included)\n",
        line.bytes_on_the_line(), per(line.bytes_on_the_line()));
    fmt::print("gzip'd JSON, a family   {:>9} bytes, {:>7.1f} per evacuee: {:.2f} of it\n",
               written.one_by_one, per(written.one_by_one),
               static_cast<double>(line.bytes_on_the_line()) / static_cast<double>(written.one_by_one));
    fmt::print("gzip'd JSON, all in one {:>9} bytes, {:>7.1f} per evacuee: {:.2f} of it\n", at_once,
               per(at_once), static_cast<double>(line.bytes_on_the_line()) / static_cast<double>(at_once));
    fmt::print("9.6 kbit/s, 600 ms, 2 % lost: {:.1f} s\n", took);
  }
  const Written written = receive(laptop, people, fast);
  const auto start = std::chrono::steady_clock::now();
  const auto done = need(laptop.sync->exchange_with(text.addresses[0], {}));
  const double took = seconds_since(start);
  fmt::print(
      "fast line: {} facts in {:.2f} s: {:.0f} facts/s, {:.1f} MB/s of JSON, {:.0f} bytes an evacuee\n",
      done.facts_given, took, static_cast<double>(done.facts_given) / took,
      static_cast<double>(written.all_json.size()) / 1e6 / took,
      static_cast<double>(done.bytes_sent) / static_cast<double>(written.evacuees));
  return 0;
}
