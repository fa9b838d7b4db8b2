#include "api/operation.h"

#include <doctest/doctest.h>

#include "store/store.h"

using namespace sonae;

namespace {

struct Greeting {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Greeting, (), (name))

api::Catalogue catalogue() {
  api::Catalogue made;
  made.add(api::operation<Greeting, Greeting>("test.greet", {"挨拶", "Greet"}, api::Permission::see_people,
                                              [](api::Call&, const Greeting& greeting) -> Result<Greeting> {
                                                return Greeting{"hello " + greeting.name};
                                              }));
  made.add(api::operation<api::Nothing, api::Nothing>(
      "test.broken_disk", {"故障", "Fail"}, api::Permission::none,
      [](api::Call&, const api::Nothing&) -> Result<api::Nothing> {
        throw store::StoreError(Error{ErrorCode::disk_full, {"満杯", "full"}, {}, {}});
      }));
  made.add(api::operation<api::Nothing, api::Nothing>(
      "test.defect", {"不具合", "Break"}, api::Permission::none,
      [](api::Call&, const api::Nothing&) -> Result<api::Nothing> { throw std::logic_error("山田太郎"); }));
  return made;
}

}  // namespace

TEST_CASE("operation: described input in, described output out, errors by member") {
  api::Call call;
  call.actor.permissions = {api::Permission::see_people};
  CHECK(to_text(*catalogue().invoke("test.greet", call, *parse_json(R"({"name":"花子"})"))) ==
        R"({"name":"hello 花子"})");
  CHECK(catalogue().invoke("test.greet", call, *parse_json("{}")).error().where == "name");
}

TEST_CASE("operation: permission is asked before anything runs") {
  api::Call call;
  CHECK(catalogue().invoke("test.greet", call, *parse_json("{}")).error().code == ErrorCode::unauthenticated);
  call.actor.person = *PersonId::from_bytes("0123456789abcdef");
  CHECK(catalogue().invoke("test.greet", call, *parse_json("{}")).error().code == ErrorCode::forbidden);
  CHECK(catalogue().invoke("test.nowhere", call, *parse_json("{}")).error().code == ErrorCode::not_found);
}

TEST_CASE("operation: what is thrown becomes an error, and a defect's text goes nowhere") {
  api::Call call;
  CHECK(catalogue().invoke("test.broken_disk", call, *parse_json("{}")).error().code == ErrorCode::disk_full);
  const Error error = catalogue().invoke("test.defect", call, *parse_json("{}")).error();
  CHECK(error.code == ErrorCode::internal);
  CHECK(error.in(Language::english).find("山田") == std::string::npos);
}
