// Domain errors as values: what went wrong, where, and what to do about it, in both languages.
//
// Exceptions are for broken invariants, and for failures of the database that no rule can handle
// (store::StoreError); both are caught once, where an operation ends (api/).
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/phrase.h"

namespace sonae {

// Every kind of error that leaves an operation. The table in error.cc gives each its stable name, its HTTP
// status and the exit code of the command; nothing else maps errors.
enum class ErrorCode : std::uint8_t {
  invalid_input,    // what was given cannot be understood: a file, a line, an argument
  unauthenticated,  // nobody is signed in, or the password was wrong
  forbidden,        // the person may not do this
  not_found,        // what was asked for is not there (or must not be known to be there)
  conflict,         // it contradicts what others have done meanwhile
  too_many,         // a limit was reached: try again later
  too_large,        // the input is over a stated limit
  unsupported,      // understood, but this node does not do it
  busy,             // another process holds the town
  cancelled,        // stopped on request
  disk_full,        // no space is left; nothing that was acknowledged is lost
  io_failure,       // a file or a device failed
  corrupt,          // stored content is not what was written
  internal,         // a defect in Sonae
};

struct ErrorKind {
  std::string_view name;  // stable, for programs: "invalid_input"
  int http_status;
  int exit_code;  // 2: wrong use or wrong input, 1: everything else
  Phrase title;
};
const ErrorKind& kind_of(ErrorCode code);

// Personal data must not stand in an error: name the file, the line and the item, not the value of a person's
// field.
struct Error {
  ErrorCode code = ErrorCode::internal;
  Phrase what;        // what happened, one sentence
  std::string where;  // file, line, item or member: "list.csv:12 birth_date"; may be empty
  Phrase what_to_do;  // the next step for the reader; may be empty

  std::string in(Language language) const;  // "where: what (what to do)"
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

std::unexpected<Error> fail(ErrorCode code, Phrase what, std::string where = {}, Phrase what_to_do = {});

// TRY(expression) is the value of a Result, or returns its error from the surrounding function.
// (A statement expression: g++ and clang; std::expected of g++ 12 has no and_then.)
#define TRY(...) SONAE_TRY_NAMED(SONAE_JOIN(sonae_result_, __COUNTER__), __VA_ARGS__)
#define SONAE_JOIN(one, other) SONAE_JOIN_EXPANDED(one, other)
#define SONAE_JOIN_EXPANDED(one, other) one##other
#define SONAE_TRY_NAMED(name, ...)                   \
  ({                                                 \
    auto&& name = (__VA_ARGS__);                     \
    if (!name) return std::unexpected(name.error()); \
    ::sonae::detail::take_value(std::move(name));    \
  })

namespace detail {
template <class T>
T take_value(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace detail

}  // namespace sonae
