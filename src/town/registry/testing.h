// Support for tests: a whole town in a temporary directory with an administrator, to bring registries into.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "journal/testing.h"
#include "town/registry/registry.h"
#include "town/registry/view.h"

namespace sonae::registry {

// What an operation writes, kept in memory.
class KeptOutput final : public api::OutputFile {
 public:
  Status write(BytesView piece) override {
    bytes += piece;
    return {};
  }
  Bytes bytes;
};

class TestRegistry {
 public:
  TestRegistry() {
    REQUIRE(town::Town::init(real_env(), directory(), "304280", "串本町", true));
    open();
    REQUIRE(access->enrol_first("root", "管理者"));
    as_ = *access->actor("root");
  }

  void open() {
    registry.reset();
    access.reset();
    town.reset();
    auto opened = town::Town::open(real_env(), {SONAE_DATA_DIR, directory_.path() + "/keys"}, directory(),
                                   {access_view_.get(), registry_view_.get()});
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    registry = std::make_unique<Registry>(*town, *access);
  }

  std::string directory() const { return directory_.path() + "/town"; }
  api::Call call() const {
    api::Call call;
    call.actor = as_;
    call.purpose = "test";
    call.language = Language::english;
    return call;
  }
  // The same, but who may not see protected persons.
  api::Call call_of_shelter() const {
    api::Call call = this->call();
    call.actor.permissions = {api::Permission::signed_in, api::Permission::see_people};
    return call;
  }

  Result<ImportReport> import(std::string content, const ImportRequest& request = {}) {
    api::Call now = call();
    now.file = api::InputFile{"registry.csv", std::move(content)};
    return registry->import(now, request);
  }
  // For one that must go well.
  ImportReport imported(std::string content, const std::string& as_of = "2026-11-20") {
    ImportRequest request;
    request.as_of = *parse_iso_date(as_of);
    auto report = import(std::move(content), request);
    REQUIRE_MESSAGE(report, report.error().in(Language::english));
    return *report;
  }
  Bytes exported(const std::string& layout) {
    api::Call now = call();
    KeptOutput output;
    now.output = &output;
    ExportRequest request;
    request.layout = layout;
    const auto answer = registry->export_residents(now, request);
    REQUIRE_MESSAGE(answer, answer.error().in(Language::english));
    return output.bytes;
  }
  journal::View& view() { return *registry_view_; }
  std::string dump() {
    std::string text;
    const auto connection = town->journal().reader();
    store::Transaction snapshot(*connection, store::Transaction::Kind::read);
    for (const journal::DumpTable& table : registry_view_->dump()) {
      const auto rows = connection->query(table.select);
      while (rows->next())
        for (int i = 0; i < rows->columns(); ++i)
          text += to_hex(rows->is_null(i)       ? ""
                         : rows->kind(i) == 'i' ? std::to_string(rows->integer(i))
                                                : std::string(rows->bytes(i))) +
                  " ";
    }
    return text;
  }

 private:
  journal::TemporaryDirectory directory_;
  std::unique_ptr<journal::View> access_view_ = access::make_view();
  std::unique_ptr<journal::View> registry_view_ = registry::make_view();
  api::Actor as_;

 public:
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<Registry> registry;
};

}  // namespace sonae::registry
