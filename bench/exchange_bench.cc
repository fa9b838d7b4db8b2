// Records of PFIF in and out of a whole town, and a feed of all of them, beside a plain expat parse of the
// same file in the same run. Half of the records are people, half notes about them.
//
//   exchange_bench DIRECTORY [RECORDS]     the directory must be on a real disk and must not exist
#include <expat.h>
#include <fmt/core.h>

#include <chrono>

#include "service/town_service.h"
#include "town/exchange/pfif_reader.h"
#include "town/exchange/pfif_writer.h"
#include "town/exchange/requests.h"

using namespace sonae;
using namespace sonae::exchange;

namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().in(Language::english));
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// About what a record of a large repository has.
Bytes made_file(int people) {
  Bytes file(pfif::kBegin);
  for (int i = 0; i < people; ++i) {
    pfif::Record person{pfif::Kind::person, {}}, note{pfif::Kind::note, {}};
    const std::string id = fmt::format("bench.example/person.{}", i);
    person.set("person_record_id", id);
    person.set("source_date", "2026-03-11T06:00:00Z");
    person.set("expiry_date", "2099-03-11T06:00:00Z");
    person.set("author_name", "記入 者");
    person.set("source_name", "bench.example");
    person.set("full_name", fmt::format("架空 太郎{}", i));
    person.set("alternate_names", "かくう たろう");
    person.set("sex", i % 2 == 0 ? "male" : "female");
    person.set("age", std::to_string(i % 100));
    person.set("home_state", "和歌山県");
    person.set("home_city", "串本町");
    note.set("note_record_id", fmt::format("bench.example/note.{}", i));
    note.set("person_record_id", id);
    note.set("author_name", "友人");
    note.set("source_date", "2026-03-11T07:00:00Z");
    note.set("status", "believed_alive");
    note.set("text", "避難所で会いました。元気そうでした。");
    pfif::write_person(file, person, {note});
  }
  return file += pfif::kEnd;
}

double plain_parse(BytesView file) {
  const double began = seconds_now();
  XML_Parser parser = XML_ParserCreateNS(nullptr, '\n');
  std::uint64_t seen = 0;
  XML_SetUserData(parser, &seen);
  XML_SetElementHandler(
      parser, [](void* count, const char*, const char**) { ++*static_cast<std::uint64_t*>(count); },
      [](void*, const char*) {});
  XML_SetCharacterDataHandler(parser, [](void* count, const char*, int length) {
    *static_cast<std::uint64_t*>(count) += static_cast<std::uint64_t>(length);
  });
  XML_Parse(parser, file.data(), static_cast<int>(file.size()), XML_TRUE);
  XML_ParserFree(parser);
  return seconds_now() - began;
}

struct Collected final : api::OutputFile {
  Bytes bytes;
  Status write(BytesView more) override {
    bytes += more;
    return {};
  }
};

struct Place {
  std::unique_ptr<service::TownService> service;
  Result<json::value> run(std::string_view operation, const json::value& input, bool signed_in = true,
                          std::optional<api::InputFile> file = {}, api::OutputFile* output = nullptr) {
    api::Call call;
    if (signed_in) call.actor = service->access().actor("root").value();
    call.purpose = "bench";
    call.file = std::move(file);
    call.output = output;
    return service->operations().invoke(operation, call, input);
  }
};

// Follows the links until there is none; how many entries there were.
std::size_t read_all(Place& place, const std::string& key, const char* kind) {
  json::object request{{"key", key},
                       {"kind", kind},
                       {"max_results", 200},
                       {"min_entry_date", "2000-01-01T00:00:00Z"},
                       {"omit_notes", true}};
  std::size_t entries = 0;
  for (;;) {
    Collected page;
    must(place.run("exchange.feed", request, false, {}, &page));
    for (std::size_t at = page.bytes.find("<entry>"); at != Bytes::npos;
         at = page.bytes.find("<entry>", at + 1))
      ++entries;
    constexpr std::string_view kAfter = "&amp;after=";
    const std::size_t next = page.bytes.find(kAfter);
    if (next == Bytes::npos) return entries;
    std::string after;
    for (std::size_t i = next + kAfter.size(); page.bytes[i] != '"'; ++i) {
      if (page.bytes[i] != '%') {
        after += page.bytes[i];
        continue;
      }
      after += static_cast<char>(std::stoi(page.bytes.substr(i + 1, 2), nullptr, 16));
      i += 2;
    }
    request["after"] = after;
  }
}

void print(const char* what, double seconds, std::size_t records, double plain) {
  fmt::print("{:44} {:8.2f} s {:10.0f} records/s {:8.1f} x plain parse\n", what, seconds,
             static_cast<double>(records) / seconds, seconds / plain);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print("exchange_bench DIRECTORY [RECORDS]\n"), 2;
  const std::string directory = argv[1];
  const int people = (argc > 2 ? std::stoi(argv[2]) : 600'000) / 2;
  const auto records = static_cast<std::size_t>(people) * 2;
  const Bytes file = made_file(people);
  fmt::print("{} records, {:.1f} MB\n", records, static_cast<double>(file.size()) / 1e6);
  double plain = 1e9;
  for (int i = 0; i < 3; ++i)
    plain = std::min(plain, plain_parse(file));
  print("plain expat parse (best of three)", plain, records, plain);
  double began = seconds_now();
  std::size_t read = 0;
  must(pfif::read(file, [&](pfif::Record record, std::uint64_t) -> Status {
    read += pfif::check(record).empty() ? 1 : 0;
    return {};
  }));
  print("read and checked", seconds_now() - began, read, plain);

  must(town::Town::init(real_env(), directory, "304280", "串本町", true));
  Place place{must(service::TownService::open(real_env(), {SONAE_DATA_DIR, directory + ".keys"}, directory))};
  must(place.service->access().enrol_first("root", "root"));
  began = seconds_now();
  must(place.run("exchange.import", json::object{}, true, api::InputFile{"bench.xml", file}));
  print("imported, durable", seconds_now() - began, records, plain);
  began = seconds_now();
  must(place.run("exchange.import", json::object{}, true, api::InputFile{"bench.xml", file}));
  print("imported again: nothing new", seconds_now() - began, records, plain);

  const json::value partner = must(place.run(
      "exchange.enrol_partner",
      json::object{{"name", "bench"}, {"kind", "pfif"}, {"rights", json::array{"read", "read_received"}}}));
  const std::string key(partner.at("key").as_string());
  began = seconds_now();
  const std::size_t entries = read_all(place, key, "person") + read_all(place, key, "note");
  print("the feeds of all, in pages of 200", seconds_now() - began, entries, plain);
  began = seconds_now();
  Collected out;
  must(place.run("exchange.export", json::object{{"received", true}}, true, {}, &out));
  print("exported with notes", seconds_now() - began, records, plain);
  std::size_t back = 0;
  must(pfif::read(out.bytes, [&](pfif::Record, std::uint64_t) -> Status {
    ++back;
    return {};
  }));
  fmt::print("{} entries in the feeds, {} records in the file that was exported\n", entries, back);
  return entries == records && back == records ? 0 : 1;
}
