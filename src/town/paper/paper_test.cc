// Forms are numbered, photographed and typed.
#include "town/paper/paper.h"

#include <set>

#include "base/typed_code.h"
#include "journal/testing.h"
#include "town/access/access.h"

#include <doctest/doctest.h>

namespace sonae::paper {

namespace {

class Output final : public api::OutputFile {
 public:
  Status write(BytesView bytes) override {
    content += bytes;
    return {};
  }
  Bytes content;
};

struct Office {
  journal::TemporaryDirectory directory;
  std::unique_ptr<journal::View> views[3] = {access::make_view(), reception::make_view(), make_view()};
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<reception::Reception> reception;
  std::unique_ptr<Papers> papers;
  std::set<EntryId> withheld;
  Random& random = real_env().random;

  Office() {
    const std::string path = directory.path() + "/town";
    REQUIRE(town::Town::init(real_env(), path, "304280", "串本町", true));
    auto opened = town::Town::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"}, path,
                                   {views[0].get(), views[1].get(), views[2].get()});
    REQUIRE_MESSAGE(opened, opened.error().in(Language::english));
    town = std::move(*opened);
    access = std::make_unique<access::Access>(*town);
    reception = std::make_unique<reception::Reception>(*town, *access);
    reception->withhold([this](const api::Call&, store::Connection&) { return withheld; });
    papers = std::make_unique<Papers>(*town, *access, *reception);
    REQUIRE(access->enrol_first("root", "管理者"));
  }
  api::Call call(std::string file = {}) {
    api::Call call;
    call.actor = access->actor("root").value();
    call.purpose = "test";
    if (!file.empty()) call.file = api::InputFile{"form.jpg", std::move(file)};
    return call;
  }
  PhotographRequest photograph(std::string number = "7KQF012P") {
    PhotographRequest request{
        random.id<FormId>(), random.id<FactId>(), "串本小学校", std::move(number), {1000}, 3};
    api::Call now = call("\xFF\xD8\xFF picture");
    const auto kept = papers->photograph(now, request);
    REQUIRE_MESSAGE(kept, kept.error().in(Language::english));
    return request;
  }
  TypeRequest family_on(const FormId& form) {
    TypeRequest request{form, {}};
    request.family.shelter = "串本小学校";
    request.family.received = {reception::Way::form, {2000}, "7KQF012P", {}, {}, {}};
    reception::Person person;
    person.name = "浜口 一";
    request.family.persons.push_back({random.id<EntryId>(), random.id<FactId>(), person});
    return request;
  }
  FormList list(bool settled) {
    api::Call now = call();
    FormsRequest request;
    request.settled = settled;
    return papers->forms(now, request).value();
  }
};

}  // namespace

TEST_CASE("paper: forms have numbers of their own with a check letter") {
  Office office;
  std::set<std::string> numbers;
  for (int i = 0; i < 3; ++i) {
    api::Call call = office.call();
    const auto printed = office.papers->print(call, {"串本小学校", 5});
    REQUIRE(printed);
    for (const PrintedForm& form : printed->forms) {
      CHECK(form.number.size() == 9);
      CHECK(check_letter(form.number.substr(0, 4) + form.number.substr(5, 3)) == form.number[8]);
      numbers.insert(form.number);
    }
  }
  CHECK(numbers.size() == 15);
  api::Call call = office.call();
  CHECK_FALSE(office.papers->print(call, {"", 5}));
  CHECK_FALSE(office.papers->print(call, {"串本小学校", 201}));
}

TEST_CASE("paper: a photograph waits until it is typed, and who typed it is known") {
  Office office;
  const PhotographRequest taken = office.photograph();
  CHECK(office.list(false).total == 1);
  CHECK(office.list(false).people == 3);
  api::Call call = office.call();
  Output output;
  call.output = &output;
  REQUIRE(office.papers->picture(call, {taken.form}));
  CHECK(output.content == "\xFF\xD8\xFF picture");

  const TypeRequest typed = office.family_on(taken.form);
  const auto receipt = office.papers->type(call, typed);
  REQUIRE_MESSAGE(receipt, receipt.error().in(Language::english));
  CHECK(office.papers->type(call, typed)->receipt == receipt->receipt);  // sent twice: typed once
  CHECK(office.list(false).total == 0);
  const FormList settled = office.list(true);
  REQUIRE(settled.total == 1);
  CHECK(settled.forms[0].settled_by == "管理者");
  CHECK(settled.forms[0].entries.size() == 1);
  CHECK(reception::find_entry(*office.town->journal().reader(), settled.forms[0].entries[0])->received->way ==
        reception::Way::form);

  const auto other = office.papers->type(call, office.family_on(taken.form));
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ErrorCode::conflict);
}

TEST_CASE("paper: a photograph sent twice is kept once; what is no picture is refused") {
  Office office;
  const PhotographRequest taken = office.photograph();
  api::Call again = office.call("\xFF\xD8\xFF picture");
  CHECK(office.papers->photograph(again, taken)->receipt == taken.fact);
  CHECK(office.list(false).total == 1);
  api::Call other = office.call("\xFF\xD8\xFF another picture");
  CHECK(office.papers->photograph(other, taken).error().code == ErrorCode::conflict);
  api::Call text = office.call("<html>");
  CHECK_FALSE(office.papers->photograph(text, taken));
  api::Call large = office.call("\xFF\xD8\xFF" + std::string(std::size_t{1} << 20, 'x'));
  CHECK(office.papers->photograph(large, taken).error().code == ErrorCode::too_large);
}

TEST_CASE("paper: what cannot be read is settled with a reason, and waits again when that is taken back") {
  Office office;
  const PhotographRequest taken = office.photograph();
  api::Call call = office.call();
  CHECK_FALSE(office.papers->settle(call, {taken.form, Outcome::unreadable, ""}));
  REQUIRE(office.papers->settle(call, {taken.form, Outcome::unreadable, "ぼけている"}));
  CHECK(office.list(true).forms[0].state == State::unreadable);
  REQUIRE(office.papers->reopen(call, {taken.form, "読めた"}));
  CHECK(office.list(false).total == 1);
  CHECK_FALSE(office.papers->reopen(call, {taken.form, "もう一度"}));
}

TEST_CASE("paper: a form with somebody on it who must not be shown is not there") {
  Office office;
  const PhotographRequest taken = office.photograph();
  const TypeRequest typed = office.family_on(taken.form);
  api::Call call = office.call();
  REQUIRE(office.papers->type(call, typed));
  office.withheld.insert(typed.family.persons[0].entry);
  CHECK(office.list(true).total == 1);  // who typed it knows what they typed, and may see protected persons
  call.actor.permissions = {api::Permission::see_people};
  call.actor.grant = office.random.id<GrantId>();
  CHECK(office.papers->forms(call, {{}, true, {}, {}})->total == 0);
  CHECK(office.papers->picture(call, {taken.form}).error().code == ErrorCode::not_found);
  CHECK(office.papers->picture(call, {office.random.id<FormId>()}).error().in(Language::english) ==
        office.papers->picture(call, {taken.form}).error().in(Language::english));
}

}  // namespace sonae::paper
