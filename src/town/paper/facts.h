// What can happen to the paper forms of the door (紙の受付票): they are printed with numbers, photographed
// when they come back filled in, and typed by somebody who has the picture. docs/formats.md, "Facts of
// paper".
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/json.h"

namespace sonae::paper {

using FormId = RandomId<struct FormTag>;  // one photograph of one form, minted by the device that took it

// paper.forms_printed, about form_run:<run>: the numbers 1 ... count of a run belong to this shelter.
struct FormsPrinted {
  std::string run;
  std::string shelter;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FormsPrinted, (), (run, shelter, count))

// paper.photographed, about form:<id>. The picture is the blob `picture`, a JPEG.
struct Photographed {
  FormId form;
  std::string shelter;
  std::string number;                  // as printed or typed; empty where it cannot be read
  Instant taken;                       // by the device's clock
  std::optional<std::int64_t> people;  // how many stand on it, where somebody counted
  Hash picture;
};
BOOST_DESCRIBE_STRUCT(Photographed, (), (form, shelter, number, taken, people, picture))

enum class Outcome : std::uint8_t {
  typed,       // its people are entries now
  unreadable,  // and nobody knows who they are
  duplicate,   // of another photograph, or of people received otherwise
};
BOOST_DESCRIBE_ENUM(Outcome, typed, unreadable, duplicate)

// paper.settled, about form:<id>; where it was typed in one batch with its entries.
struct Settled {
  FormId form;
  Outcome outcome = Outcome::typed;
  std::vector<EntryId> entries;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Settled, (), (form, outcome, entries, because))

// paper.reopened, about form:<id>; supersedes the settlings that were seen. Entries that were typed stay:
// they are withdrawn one by one.
struct Reopened {
  FormId form;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(Reopened, (), (form, because))

}  // namespace sonae::paper
