#include "town/access/roles.h"

#include <array>

namespace sonae::access {

using enum api::Permission;

namespace {

struct Row {
  Phrase title;
  api::Permissions permissions;
};

// In the order of Role.
const std::array<Row, 6>& rows() {
  static const std::array<Row, 6> all{{
      {{"管理者", "Administrator"},
       {signed_in, see_people, see_protected, receive_people, decide_matches, import_registry, export_people,
        administer, audit, maintain}},
      {{"職員", "Clerk"},
       {signed_in, see_people, see_protected, receive_people, decide_matches, import_registry,
        export_people}},
      {{"避難所担当", "Shelter staff"}, {signed_in, see_people, receive_people}},
      {{"閲覧のみ", "Viewer"}, {signed_in, see_people}},
      {{"監査", "Auditor"}, {signed_in, audit, maintain}},
      {{"連携先", "Partner"}, {}},
  }};
  return all;
}

}  // namespace

api::Permissions permissions_of(Role role) {
  return rows()[static_cast<std::size_t>(role)].permissions;
}
const Phrase& title_of(Role role) {
  return rows()[static_cast<std::size_t>(role)].title;
}

}  // namespace sonae::access
