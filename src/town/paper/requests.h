// What the operations of paper are asked and what they answer.
#pragma once

#include "town/paper/facts.h"
#include "town/reception/requests.h"

namespace sonae::paper {

// paper.print_forms: new numbers for a shelter.
struct PrintRequest {
  std::string shelter;
  std::int64_t count = 1;  // 1 to 200
};
BOOST_DESCRIBE_STRUCT(PrintRequest, (), (shelter, count))
struct PrintedForm {
  std::string number;  // "7KQF-012P"
  std::string svg;     // its QR code
};
BOOST_DESCRIBE_STRUCT(PrintedForm, (), (number, svg))
struct PrintAnswer {
  std::vector<PrintedForm> forms;
};
BOOST_DESCRIBE_STRUCT(PrintAnswer, (), (forms))

// paper.photograph; the JPEG comes with the call. The device mints both ids: what it sends twice is kept
// once.
struct PhotographRequest {
  FormId form;
  FactId fact;
  std::string shelter;
  std::string number;
  Instant taken;
  std::optional<std::int64_t> people;
};
BOOST_DESCRIBE_STRUCT(PhotographRequest, (), (form, fact, shelter, number, taken, people))

enum class State : std::uint8_t {
  waiting,
  typed,
  unreadable,
  duplicate,
  question,  // settled twice by people who did not know of each other
};
BOOST_DESCRIBE_ENUM(State, waiting, typed, unreadable, duplicate, question)

struct Form {
  FormId form;
  std::string shelter;
  std::string number;
  Instant taken;
  std::optional<std::int64_t> people;
  State state = State::waiting;
  std::string photographed_by;  // names of accounts; empty where not known here
  std::string settled_by;
  std::optional<Instant> settled;
  std::string because;
  std::vector<EntryId> entries;
  std::vector<FactId> standing;  // the settlings that hold
  bool here = true;              // whether the picture has arrived on this node
};
BOOST_DESCRIBE_STRUCT(Form, (),
                      (form, shelter, number, taken, people, state, photographed_by, settled_by, settled,
                       because, entries, standing, here))

// paper.forms: the oldest first, so that whoever waits longest is typed first.
struct FormsRequest {
  std::optional<std::string> shelter;  // all where not given
  std::optional<bool> settled;         // those that are; else those that wait or are in question
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 500 at most
};
BOOST_DESCRIBE_STRUCT(FormsRequest, (), (shelter, settled, offset, limit))
struct FormList {
  std::int64_t total = 0;
  std::int64_t people = 0;  // counted on them; forms without a count are not in it
  std::vector<Form> forms;
};
BOOST_DESCRIBE_STRUCT(FormList, (), (total, people, forms))

struct FormRequest {
  FormId form;
};
BOOST_DESCRIBE_STRUCT(FormRequest, (), (form))

// paper.type_form: conflict where somebody settled it meanwhile.
struct TypeRequest {
  FormId form;
  reception::ReceiveRequest family;
};
BOOST_DESCRIBE_STRUCT(TypeRequest, (), (form, family))

// paper.settle_form: it is not typed, and will not be.
struct SettleRequest {
  FormId form;
  Outcome outcome = Outcome::unreadable;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(SettleRequest, (), (form, outcome, because))

struct ReopenRequest {
  FormId form;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(ReopenRequest, (), (form, because))

}  // namespace sonae::paper
