// What is asked and answered about sessions.
#pragma once

#include "web/application.h"

namespace sonae::web {

struct SignInRequest {
  std::string login;
  std::string password;
  std::string purpose;  // why: kept with every look of the session
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (login, password, purpose))

struct SessionBody {
  bool signed_in = false;
  TownInfo town;
  std::optional<PersonId> person;
  std::optional<std::string> login;
  std::optional<std::string> name;
  std::optional<std::string> purpose;
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(SessionBody, (), (signed_in, town, person, login, name, purpose, permissions))

}  // namespace sonae::web
