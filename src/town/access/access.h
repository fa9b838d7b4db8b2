// Access: who may work here, and the record of every look at a person. Any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/operation.h"
#include "town/access/facts.h"
#include "town/town.h"

namespace sonae::access {

struct Account {
  PersonId person;
  std::string login;
  std::string name;
  std::vector<Granted> grants;  // those not revoked
  bool has_password = false;
  bool must_change_password = false;
};
BOOST_DESCRIBE_STRUCT(Account, (), (person, login, name, grants, has_password, must_change_password))

class Access {
 public:
  explicit Access(town::Town& town);
  ~Access();

  // The first account of a new town, an administrator; conflict where there is one already.
  Result<PersonId> enrol_first(const std::string& login, const std::string& name);

  // For the command line: whoever may read the directory acts as one of its accounts. forbidden, with advice,
  // where the login has no account or no grant that holds now.
  Result<api::Actor> actor(const std::string& login) const;
  // For the browser: checks the password, with lock-out: after five failures an account waits, doubling from
  // 30 s to 15 min, whether it exists or not; the answer and its time are the same for unknown logins.
  Result<api::Actor> sign_in(const std::string& login, std::string_view password, const std::string& from);
  Status signed_out(const api::Actor& actor, const std::string& from);
  // The actor again, with the grants as they are now (a session asks at every call). forbidden where none
  // holds.
  Result<api::Actor> refresh(const PersonId& person) const;

  // Records what is about to be shown; returns when it is durable or, where the call can hold its answer back
  // (api/hold.h), at once: the answer leaves when it is. Looks of one moment share one fact and one sync.
  Status record_look(const api::Call& call, std::string_view operation, std::vector<std::string> shown);
  Status record_export(const api::Call& call, std::string_view operation, std::int64_t count,
                       const Hash& digest, std::vector<std::string> shown);

  void add_operations(api::Catalogue& catalogue);
  town::Town& town() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// "resident:1001": how a shown person stands in a look.
inline std::string shown(const ResidentId& id) {
  return "resident:" + id.text();
}
inline std::string shown(const EntryId& id) {
  return "entry:" + id.text();
}

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::access
