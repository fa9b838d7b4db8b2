// A family received at the door.
#include <algorithm>
#include <set>

#include "town/reception/entries.h"
#include "town/reception/inside.h"

namespace sonae::reception {

namespace {

constexpr std::size_t kMostAtOnce = 100;

// What a person's item of the request lacks; ids that come twice included.
Status check(const ReceiveRequest& request) {
  if (request.shelter.empty())
    return fail(ErrorCode::invalid_input, {"避難所の名前がありません", "The shelter has no name"}, "shelter");
  if (request.persons.empty() || request.persons.size() > kMostAtOnce)
    return fail(ErrorCode::invalid_input,
                {"一度に受け付けるのは 1 人から 100 人です", "One call receives 1 to 100 persons"},
                "persons");
  std::set<EntryId> entries;
  std::set<FactId> facts;
  for (std::size_t i = 0; i < request.persons.size(); ++i) {
    const ArrivedPerson& one = request.persons[i];
    const std::string where = "persons[" + std::to_string(i) + "]";
    if (!entries.insert(one.entry).second || !facts.insert(one.fact).second)
      return fail(ErrorCode::invalid_input, {"同じ番号の人が二度あります", "Two persons have one id"}, where);
    if (one.person.age && (*one.person.age < 0 || *one.person.age > 130))
      return fail(ErrorCode::invalid_input, {"年齢は 0 から 130 までです", "An age is from 0 to 130"},
                  where + ".age", {"分からなければ空けてください", "Leave it out where it is not known"});
  }
  return {};
}

// Whether this very writing is here already, whoever sent it; conflict where another fact has its id.
Result<bool> is_here(store::Connection& connection, const ArrivedPerson& one, BytesView body) {
  const auto stored = journal::fact(connection, one.fact);
  if (!stored) return false;
  if (stored->header.kind == "reception.entry_written" && (stored->erased || stored->body == body))
    return true;
  return fail(ErrorCode::conflict,
              {"この番号では別のことが記録されています", "Something else was recorded under this id"},
              "fact " + one.fact.text());
}

}  // namespace

Result<Arrivals> Reception::arrivals(const api::Call& call, store::Connection& connection,
                                     const ReceiveRequest& request) const {
  TRY(check(request));
  Arrivals arrivals;
  for (const ArrivedPerson& one : request.persons) {
    EntryWritten written;
    written.entry = one.entry;
    written.shelter = request.shelter;
    written.person = one.person;
    sort_needs(written.person);
    written.received = request.received;
    const bool already = TRY(is_here(connection, one, to_text(to_json(written))));
    arrivals.answer.persons.push_back({one.entry, one.fact, already});
    if (already) continue;
    arrivals.drafts.push_back(journal::draft(journal::Stream::urgent, "reception.entry_written",
                                             {subject_of(one.entry)}, call.actor.grant, written));
    arrivals.drafts.back().id = one.fact;
  }
  return arrivals;
}

Status Reception::arrived(const api::Call& call) const {
  return inside_->changed(call);
}

Result<ReceiveAnswer> Reception::receive(api::Call& call, const ReceiveRequest& request) {
  Arrivals arrivals = TRY(this->arrivals(call, *inside_->town.journal().reader(), request));
  if (arrivals.drafts.empty()) {
    TRY(inside_->town.journal().settle());
    return arrivals.answer;
  }
  journal::Batch batch;
  batch.drafts = std::move(arrivals.drafts);
  TRY(inside_->town.journal().append(std::move(batch)));
  TRY(arrived(call));
  return arrivals.answer;
}

}  // namespace sonae::reception
