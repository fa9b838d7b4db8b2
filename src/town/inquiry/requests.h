// What the operations of inquiries are asked and what they answer.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "town/inquiry/facts.h"

namespace sonae::inquiry {

struct AskRequest {
  Asker asker;
  std::string purpose;  // why the asker wants to know
  std::string line;     // the person sought: name, kana, birth date, town, phone, in any spelling
  Desk desk = Desk::telephone;
};
BOOST_DESCRIBE_STRUCT(AskRequest, (), (asker, purpose, line, desk))

// One of several who fit: what the clerk needs to ask back, and no more.
struct Candidate {
  EntryId entry;
  std::string name;
  std::string kana;
  std::optional<int> age;
  std::string address;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (entry, name, kana, age, address))

enum class Outcome : std::uint8_t {
  told,     // read `words` out
  nothing,  // likewise: unknown, not confirmed, refused, protected: all with the same bytes
  choose,   // ask back, and answer with the candidate that fits
  refer,    // somebody in charge must speak to the asker: read `words` out
};
BOOST_DESCRIBE_ENUM(Outcome, told, nothing, choose, refer)

// A sentence of an answer by its key in the tables of what people read (data/words), for the languages
// that the server does not speak itself.
struct Sentence {
  std::string key;    // "said.in_shelter"
  std::string value;  // stands for {value} in it
};
BOOST_DESCRIBE_STRUCT(Sentence, (), (key, value))

struct AskAnswer {
  InquiryId inquiry;
  Outcome outcome = Outcome::nothing;
  std::string words;  // in the caller's language, to be read out
  std::string easy;   // the same in やさしい日本語
  std::vector<Sentence> said;
  std::vector<Item> told;
  std::vector<Candidate> candidates;  // where outcome is choose
};
BOOST_DESCRIBE_STRUCT(AskAnswer, (), (inquiry, outcome, words, easy, said, told, candidates))

// inquiry.ask_publicly: without an account. The answer holds no number, so that nothing tells two apart.
struct PublicAskRequest {
  std::string asker_name;
  std::string asker_phone;
  Relation relation = Relation::acquaintance;  // as claimed
  std::string purpose;
  std::string name;        // of the person sought: name or kana, in any spelling
  std::string birth_date;  // in any spelling
};
BOOST_DESCRIBE_STRUCT(PublicAskRequest, (), (asker_name, asker_phone, relation, purpose, name, birth_date))
struct PublicAnswer {
  bool told = false;
  std::string words;
  std::string easy;
  std::vector<Sentence> said;
};
BOOST_DESCRIBE_STRUCT(PublicAnswer, (), (told, words, easy, said))

// inquiry.answer: which of the candidates fits; none of them where no entry is given.
struct AnswerRequest {
  InquiryId inquiry;
  std::optional<EntryId> entry;
};
BOOST_DESCRIBE_STRUCT(AnswerRequest, (), (inquiry, entry))

// inquiry.resume: an inquiry that waits for the clerk's choice, taken up again.
struct ResumeRequest {
  InquiryId inquiry;
};
BOOST_DESCRIBE_STRUCT(ResumeRequest, (), (inquiry))

// How an inquiry stands.
enum class State : std::uint8_t {
  open,       // several fit; nobody has chosen
  told,       // answered with what the table allows
  nothing,    // answered that nothing can be told
  referred,   // somebody in charge has to speak to the asker
  corrected,  // the answer was wrong
  withdrawn,  // a trial, or by mistake
};
BOOST_DESCRIBE_ENUM(State, open, told, nothing, referred, corrected, withdrawn)

enum class Order : std::uint8_t { newest, oldest };
BOOST_DESCRIBE_ENUM(Order, newest, oldest)

struct ListRequest {
  std::optional<EntryId> entry;     // who was told of this one; else all
  std::optional<std::string> text;  // part of asker, number, purpose or line, in any spelling
  std::optional<State> state;
  std::optional<Order> order;  // newest
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;  // 50 where not given, 500 at most
};
BOOST_DESCRIBE_STRUCT(ListRequest, (), (entry, text, state, order, offset, limit))

struct InquiryRow {
  InquiryId inquiry;
  Instant at;
  Asker asker;
  std::string purpose;
  std::string line;
  Desk desk = Desk::telephone;
  std::optional<Instant> answered;  // absent: the clerk has not chosen
  std::vector<Item> told;
  std::string words;
  std::string corrected;  // why; empty: not corrected
  bool withdrawn = false;
  State state = State::open;
};
BOOST_DESCRIBE_STRUCT(InquiryRow, (),
                      (inquiry, at, asker, purpose, line, desk, answered, told, words, corrected, withdrawn,
                       state))

struct InquiryList {
  std::int64_t total = 0;
  std::vector<InquiryRow> inquiries;  // the newest first
};
BOOST_DESCRIBE_STRUCT(InquiryList, (), (total, inquiries))

struct ChangeRequest {
  InquiryId inquiry;
  std::string because;
};
BOOST_DESCRIBE_STRUCT(ChangeRequest, (), (inquiry, because))

struct Recorded {
  FactId fact;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (fact))

}  // namespace sonae::inquiry
