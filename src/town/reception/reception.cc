#include "town/reception/reception.h"

#include "town/reception/entries.h"
#include "town/reception/inside.h"

namespace sonae::reception {

Reception::Reception(town::Town& town, access::Access& access)
    : inside_(std::make_unique<Inside>(town, access)) {
  auto vocabulary =
      Vocabulary::open(town.env(), town.places().data, town.directory() + "/tables", &town.tables());
  if (!vocabulary) {
    inside_->vocabulary_status = std::unexpected(vocabulary.error());
    return;
  }
  inside_->vocabulary = std::move(*vocabulary);
  inside_->roster = std::make_shared<Roster>(town, inside_->vocabulary);
  inside_->roster->follow();
}
Reception::~Reception() = default;

void Reception::withhold(Withheld withheld) {
  inside_->withheld = std::move(withheld);
}
void Reception::after_change(AfterChange after_change) {
  inside_->after_change = std::move(after_change);
}

std::set<EntryId> Reception::hidden_from(const api::Call& call, store::Connection& connection) const {
  return inside_->hidden_from(call, connection);
}
std::set<EntryId> Reception::hidden_from_public(store::Connection& connection) const {
  return inside_->withheld ? inside_->withheld(api::Call{}, connection) : std::set<EntryId>();
}

namespace {

// Who has no name yet and came with somebody who is hidden is hidden too: a family of whom the one with a
// name is missing would tell that somebody is protected.
std::set<EntryId> unnamed_beside(store::Connection& connection, const std::set<EntryId>& hidden) {
  std::set<EntryId> beside;
  for (const EntryId& id : hidden) {
    const auto row = connection.query(
        "SELECT other.entry FROM reception_entry one JOIN reception_entry other ON other.family = one.family "
        "WHERE one.entry = $1 AND other.named = 0",
        id);
    while (row->next())
      beside.insert(row->id<EntryId>(0));
  }
  return beside;
}

}  // namespace

std::set<EntryId> Reception::Inside::hidden_from(const api::Call& call, store::Connection& connection) const {
  if (!withheld || call.actor.permissions.has(api::Permission::see_protected)) return {};
  std::set<EntryId> hidden = withheld(call, connection);
  hidden.merge(unnamed_beside(connection, hidden));
  std::erase_if(hidden, [&](const EntryId& id) {
    const auto row = connection.query("SELECT written_under FROM reception_entry WHERE entry = $1", id);
    return row->next() && row->id<GrantId>(0) == call.actor.grant;
  });
  return hidden;
}

Status Reception::Inside::changed(const api::Call& call) const {
  return after_change ? after_change(call.progress) : Status{};
}

Result<Entry> Reception::Inside::visible_entry(const api::Call& call, store::Connection& connection,
                                               const EntryId& id) const {
  const std::set<EntryId> hidden =
      hidden_from(call, connection);  // before: the answer takes as long for both
  auto entry = find_entry(connection, id);
  if (!entry || hidden.contains(id)) return no_such_entry();
  return std::move(*entry);
}

journal::Subject subject_of(const EntryId& id) {
  return {"entry", id.text()};
}

std::unexpected<Error> no_such_entry() {
  return fail(ErrorCode::not_found, {"この人は名簿にありません", "There is no such entry"});
}

LineRemark in_words(const Remark& remark, std::int64_t line, Language language) {
  const RemarkKind& kind = remark_kind(remark.code);
  return {line, remark.item, remark.code, kind.weight, kind.words.in(language), kind.what_to_do.in(language)};
}

std::vector<LineRemark> in_words(const std::vector<Remark>& remarks, std::int64_t line, Language language) {
  std::vector<LineRemark> all;
  for (const Remark& remark : remarks)
    all.push_back(in_words(remark, line, language));
  return all;
}

}  // namespace sonae::reception
