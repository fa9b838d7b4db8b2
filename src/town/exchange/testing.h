// Support for tests: a small town with all that exchange stands on. All people are fictional.
#pragma once

#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "town/exchange/exchange.h"
#include "town/exchange/pfif_reader.h"
#include "town/inquiry/inquiry.h"
#include "town/matching/testing.h"

namespace sonae::exchange {

inline constexpr const char* kTestRegistry =
    "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n"
    "1001,H1,潮崎 一郎,シオザキ "
    "イチロウ,男,1948-03-11,649-3503,和歌山県東牟婁郡串本町串本100番地,0735-62-0001\n"
    "1003,H2,渡邉 健太,ワタナベ ケンタ,男,1985-12-24,649-3503,和歌山県東牟婁郡串本町串本200番地,\n"
    "1005,H3,浜口 ツル,ハマグチ ツル,女,1931-01-15,649-3633,和歌山県東牟婁郡串本町大島5番地,\n"
    "1006,H4,岩谷 花,イワタニ ハナ,女,1992-05-05,649-3503,和歌山県東牟婁郡串本町串本300番地,0735-62-0006\n";

inline std::vector<pfif::Record> records_in(BytesView content) {
  std::vector<pfif::Record> records;
  const Status status = pfif::read(content, [&](pfif::Record record, std::uint64_t) -> Status {
    records.push_back(std::move(record));
    return {};
  });
  // A feed without entries has no element of PFIF in it.
  if (content.find("<pfif:person>") != BytesView::npos || content.find("<pfif:note>") != BytesView::npos)
    REQUIRE_MESSAGE(status, status.error().in(Language::english));
  return records;
}

struct TestTown : matching::TestTown {
  inquiry::Inquiries inquiries{*town, *access, *registry, *matching};
  Exchange exchange{*town, *access, *registry, *matching, inquiries};

  TestTown() : matching::TestTown(inquiry::make_view(), make_view()) {
    inquiries.add_operations(operations);
    exchange.add_operations(operations);
    load_registry(kTestRegistry);
  }

  Bytes exported(std::string_view operation, const json::value& input) {
    const auto done = invoke(operation, input);
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
    return output.text;
  }

  EntryId receive(const std::string& name, const std::string& birth,
                  const std::vector<reception::Audience>& may_know,
                  reception::Condition condition = reception::Condition::well) {
    std::vector<reception::Consent> consent;
    for (const reception::Audience to : may_know)
      consent.push_back({to, true});
    return matching::TestTown::receive(name, birth, std::move(consent), condition);
  }
  ImportReport import(const std::string& content) {
    const auto done = invoke("exchange.import", json::object{}, api::InputFile{"persons.xml", content});
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
    return from_json<ImportReport>(*done).value();
  }
  // Whether a relative is told anything.
  bool told(const std::string& line) {
    inquiry::AskRequest request;
    request.asker = {"娘" + std::to_string(++asked), "大阪市", "06", inquiry::Relation::family,
                     inquiry::Proof::document};
    request.purpose = "無事を知りたい";
    request.line = line;
    return run<inquiry::AskAnswer>("inquiry.ask", request).value().outcome == inquiry::Outcome::told;
  }

  std::string enrol(const std::vector<Right>& rights, PersonId* partner = nullptr) {
    const auto enrolled = run<EnrolAnswer>(
        "exchange.enrol_partner", EnrolRequest{"連携先の例", PartnerKind::pfif, "other.example", rights, {}});
    REQUIRE_MESSAGE(enrolled, enrolled.error().in(Language::english));
    if (partner != nullptr) *partner = enrolled->partner;
    return enrolled->key;
  }
  Bytes given(const json::object& request, std::string_view operation = "exchange.feed") {
    const auto done = by_nobody(operation, request);
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
    return output.text;
  }
  std::vector<pfif::Record> feed(const std::string& key, pfif::Kind kind = pfif::Kind::person,
                                 const std::string& since = {}, int skip = 0) {
    json::object request{{"key", key}, {"kind", boost::describe::enum_to_string(kind, "")}, {"skip", skip}};
    if (!since.empty()) request["min_entry_date"] = since;
    return records_in(given(request));
  }
  std::vector<pfif::Record> found(const std::string& key, const std::string& q) {
    return records_in(given(json::object{{"key", key}, {"q", q}}, "exchange.search"));
  }
  Result<ImportReport> write(const std::string& key, const std::string& content) {
    return from_json<ImportReport>(
        TRY(by_nobody("exchange.write", json::object{{"key", key}}, api::InputFile{"", content})));
  }
  int asked = 0;
};

}  // namespace sonae::exchange
