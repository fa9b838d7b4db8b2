// One call of an operation: who asks, for what, with which file, and where the answer goes.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/hold.h"
#include "api/permission.h"
#include "base/id.h"
#include "base/progress.h"

namespace sonae::api {

// Who acts: a person under one grant (a role at a place, from, until).
struct Actor {
  PersonId person;
  GrantId grant;
  std::string login;
  std::string name;  // shown to others
  Permissions permissions;
};

// A file that came with the call: the name that the sender gave it, and its whole content.
struct InputFile {
  std::string name;
  Bytes content;
};

// Takes a produced file in pieces.
class OutputFile {
 public:
  virtual ~OutputFile() = default;
  virtual Status write(BytesView bytes) = 0;
};

struct Call {
  Actor actor;
  std::string purpose;  // why: recorded with every look; on the command line the command's name by default
  Language language = Language::japanese;
  std::string source;  // the network address that asks, for limits only: never recorded; empty: none
  Progress& progress = no_progress();
  std::optional<InputFile> file;
  OutputFile* output = nullptr;  // set where the operation produces a file
  // Set where the carrier can hold the answer back: what the operation records of itself (looks) is then only
  // begun when it ends. For an operation that writes only where anybody may ask it (town/access/append.h):
  // the facts of others follow their look, and must not where that fails.
  std::shared_ptr<Hold> hold{};
};

}  // namespace sonae::api
