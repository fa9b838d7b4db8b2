// A town with nothing but reception in it, in a directory that vanishes: for tests.
#pragma once

#include <doctest/doctest.h>

#include "journal/testing.h"
#include "journal/verify.h"
#include "town/reception/reception.h"
#include "town/reception/requests.h"

namespace sonae::reception {

class TestOutput final : public api::OutputFile {
 public:
  Status write(BytesView bytes) override {
    text += bytes;
    return {};
  }
  std::string text;
};

struct TestReception {
  journal::TemporaryDirectory directory;
  std::unique_ptr<journal::View> access_view = access::make_view();
  std::unique_ptr<journal::View> view = make_view();
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<Reception> reception;
  api::Catalogue operations;
  TestOutput output;

  TestReception() {
    const std::string path = directory.path() + "/town";
    REQUIRE(town::Town::init(real_env(), path, "304280", "串本町", true));
    auto opened = town::Town::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"}, path,
                                   {access_view.get(), view.get()});
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    reception = std::make_unique<Reception>(*town, *access);
    reception->add_operations(operations);
    REQUIRE(access->enrol_first("root", "管理者"));
  }

  template <class Answer, class Request>
  Result<Answer> run(std::string_view operation, const Request& request,
                     std::optional<api::InputFile> file = std::nullopt) {
    api::Call call;
    call.actor = access->actor("root").value();
    call.purpose = "test";
    call.file = std::move(file);
    output.text.clear();
    call.output = &output;
    return from_json<Answer>(TRY(operations.invoke(operation, call, to_json(request))));
  }
  ImportReport import(std::string content, std::string shelter = "串本小学校",
                      std::string name = "list.csv") {
    ImportRequest request;
    request.shelter = std::move(shelter);
    auto report =
        run<ImportReport>("reception.import", request, api::InputFile{std::move(name), std::move(content)});
    REQUIRE_MESSAGE(report, report.error().in(Language::english));
    return *report;
  }
  EntryList search(std::string text) {
    EntriesRequest request;
    request.text = std::move(text);
    return run<EntryList>("reception.entries", request).value();
  }
  std::vector<std::string> names(const EntriesRequest& request = {}) {
    std::vector<std::string> all;
    for (const Entry& entry : run<EntryList>("reception.entries", request).value().entries)
      all.push_back(entry.person.name);
    return all;
  }
};

}  // namespace sonae::reception
