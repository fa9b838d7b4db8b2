// What a person may be allowed to do. Roles (town/access/roles.h) are sets of these.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <initializer_list>

namespace sonae::api {

enum class Permission : std::uint8_t {
  none,             // anybody, signed in or not
  signed_in,        // anybody who is signed in
  see_people,       // search and open residents and entries
  see_protected,    // protected persons (支援措置) too
  receive_people,   // write reception entries and lists
  decide_matches,   // say who is who, and answer other questions
  import_registry,  // bring in and export the resident registry
  export_people,    // take lists of people out as files
  administer,       // accounts, roles, areas, settings
  audit,            // read who looked at whom
  maintain,         // verify, rebuild, diagnose
};
BOOST_DESCRIBE_ENUM(Permission, none, signed_in, see_people, see_protected, receive_people, decide_matches,
                    import_registry, export_people, administer, audit, maintain)

class Permissions {
 public:
  constexpr Permissions() = default;
  constexpr Permissions(std::initializer_list<Permission> all) {
    for (const Permission one : all)
      bits_ |= bit(one);
  }
  constexpr bool has(Permission one) const { return one == Permission::none || (bits_ & bit(one)) != 0; }
  constexpr Permissions operator|(Permissions other) const {
    Permissions both;
    both.bits_ = bits_ | other.bits_;
    return both;
  }
  friend bool operator==(const Permissions&, const Permissions&) = default;

 private:
  static constexpr std::uint32_t bit(Permission one) { return 1U << static_cast<unsigned>(one); }
  std::uint32_t bits_ = 0;
};

}  // namespace sonae::api
