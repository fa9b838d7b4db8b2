// A town with residents, shelter lists and matching, in a directory that vanishes: for tests of this floor
// and of those above, which add their own views and concerns.
#pragma once

#include <doctest/doctest.h>

#include "journal/testing.h"
#include "text/date.h"
#include "town/matching/matching.h"
#include "town/reception/requests.h"
#include "town/reception/testing.h"

namespace sonae::matching {

struct TestTown {
  journal::TemporaryDirectory directory;
  std::vector<std::unique_ptr<journal::View>> views;
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<registry::Registry> registry;
  std::unique_ptr<reception::Reception> reception;
  std::unique_ptr<Matching> matching;
  api::Catalogue operations;
  reception::TestOutput output;  // what the last operation wrote
  api::Actor actor;              // its administrator; whoever calls operations

  // `further`: the views of floors above.
  template <class... View>
  explicit TestTown(std::unique_ptr<View>... further) {
    views.push_back(access::make_view());
    views.push_back(registry::make_view());
    views.push_back(reception::make_view());
    views.push_back(make_view());
    (views.push_back(std::move(further)), ...);
    REQUIRE(town::Town::init(real_env(), directory.path() + "/town", "304280", "串本町", true));
    open();
    REQUIRE(access->enrol_first("root", "管理者"));
    actor = access->actor("root").value();
  }

  // Anew, as after a restart. Concerns of floors above must be gone by then, and be made and added again.
  void open() {
    matching.reset();
    reception.reset();
    registry.reset();
    access.reset();
    town.reset();
    std::vector<journal::View*> pointers;
    for (const auto& view : views)
      pointers.push_back(view.get());
    auto opened = town::Town::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"},
                                   directory.path() + "/town", pointers);
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    registry = std::make_unique<registry::Registry>(*town, *access);
    reception = std::make_unique<reception::Reception>(*town, *access);
    matching = std::make_unique<Matching>(*town, *access, *registry, *reception);
    operations = {};
    access->add_operations(operations);
    registry->add_operations(operations);
    reception->add_operations(operations);
    matching->add_operations(operations);
  }

  Result<json::value> invoke(std::string_view operation, const json::value& input,
                             std::optional<api::InputFile> file = std::nullopt) {
    api::Call call;
    call.actor = actor;
    call.purpose = "test";
    call.file = std::move(file);
    output.text.clear();
    call.output = &output;
    return operations.invoke(operation, call, input);
  }
  template <class Answer, class Request>
  Result<Answer> run(std::string_view operation, const Request& request) {
    return from_json<Answer>(TRY(invoke(operation, to_json(request))));
  }

  void load_registry(std::string content, const char* as_of = "2026-03-10") {
    const auto done = invoke("registry.import", json::object{{"layout", "simple"}, {"as_of", as_of}},
                             api::InputFile{"registry.csv", std::move(content)});
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
  }
  void load_list(std::string content, const char* shelter = "串本小学校") {
    const auto done =
        invoke("reception.import", json::object{{"shelter", shelter}, {"written_on", "2026-03-12"}},
               api::InputFile{"list.csv", std::move(content)});
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
  }

  // Somebody alone at the door of 大島小学校.
  EntryId receive(const std::string& name, const std::string& birth,
                  std::vector<reception::Consent> consent = {},
                  reception::Condition condition = reception::Condition::well) {
    reception::ReceiveRequest request;
    request.shelter = "大島小学校";
    request.received.at = real_env().clock.now();
    request.received.consent = std::move(consent);
    reception::ArrivedPerson one;
    one.entry = real_env().random.id<EntryId>();
    one.fact = real_env().random.id<FactId>();
    one.person.name = name;
    one.person.birth = text::parse_date(birth, town->today())->date;
    one.person.condition = condition;
    request.persons.push_back(one);
    const auto done = invoke("reception.receive", to_json(request));
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
    return one.entry;
  }
  void withdraw(const EntryId& entry) {
    REQUIRE(invoke("reception.withdraw", json::object{{"entry", entry.text()}, {"because", "取り消し"}}));
  }
  void protect(const std::string& resident) {
    const auto done =
        invoke("registry.protect", json::object{{"resident", resident}, {"reason", "支援措置"}});
    REQUIRE_MESSAGE(done, done.error().in(Language::english));
  }
  // Called by nobody who is signed in.
  Result<json::value> by_nobody(std::string_view operation, const json::value& input,
                                std::optional<api::InputFile> file = {}) {
    const api::Actor clerk = std::exchange(actor, {});
    auto done = invoke(operation, input, std::move(file));
    actor = clerk;
    return done;
  }
};

}  // namespace sonae::matching
