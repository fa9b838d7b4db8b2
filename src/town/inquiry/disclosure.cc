#include "town/inquiry/disclosure.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/tsv.h"

namespace sonae::inquiry {

namespace {

template <class Enum>
bool read(std::string_view cell, Enum& into) {
  return boost::describe::enum_from_string(std::string(cell).c_str(), into);
}

constexpr std::array kItemsInOrder{Item::held, Item::condition, Item::whereabouts, Item::contact,
                                   Item::other};

}  // namespace

Say said_to(const reception::Entry& entry, reception::Audience audience) {
  for (const reception::AspectFacts& one : entry.since.standing)
    if (one.aspect == reception::Aspect::consent && one.contradictory) return Say::refused;
  const std::vector<reception::Consent>* const items = entry.since.consent ? &entry.since.consent->items
                                                       : entry.received    ? &entry.received->consent
                                                                           : nullptr;
  if (items == nullptr) return Say::nothing;
  const auto found = std::ranges::find(*items, audience, &reception::Consent::to);
  if (found == items->end()) return Say::nothing;
  return found->allowed ? Say::allowed : Say::refused;
}

Result<Disclosure> Disclosure::parse(std::string_view table, const std::string& file) {
  Disclosure made;
  std::uint64_t wrong = 0;
  text::for_each_tsv_row(table, [&](const text::TsvCells& cells, std::uint64_t line) {
    Relation relation{};
    Item item{};
    Row row;
    row.given = true;
    bool good = cells.size() == 5 && read(cells[0], relation) && read(cells[1], item) &&
                read(cells[2], row.rule) && read(cells[4], row.proof);
    if (good && cells[3] != "-") {
      reception::Audience audience{};
      good = read(cells[3], audience);
      row.audience = audience;
    }
    // Without an audience there is nobody whose consent could be asked.
    good = good && (row.rule != Rule::consent || row.audience);
    if (good) {
      Row& place = made.rows_[static_cast<std::size_t>(relation)][static_cast<std::size_t>(item)];
      good = !place.given;
      place = row;
    }
    if (!good) wrong = line;
    return good;
  });
  if (wrong != 0)
    return fail(ErrorCode::invalid_input,
                {"安否情報の提供の表のこの行は読めないか、2 回目です",
                 "This line of the table of disclosure cannot be read, or comes a second time"},
                fmt::format("{}:{}", file, wrong));
  for (const auto& relation : made.rows_)
    for (const Row& row : relation)
      if (!row.given)
        return fail(ErrorCode::invalid_input,
                    {"安否情報の提供の表に、続柄と項目の組が足りません",
                     "The table of disclosure lacks a relation or an item"},
                    file);
  return made;
}

Result<Disclosure> Disclosure::open(Env& env, const std::string& data_directory,
                                    const std::string& town_tables) {
  std::string file = town_tables + "/disclosure.tsv";
  if (!env.disk.status(file)) file = data_directory + "/inquiry/disclosure.tsv";
  return parse(TRY(env.disk.read_all(file)), file);
}

Relation Disclosure::row_of(const Asker& asker) const {
  return asker.proof >= row(asker.relation, Item::held).proof ? asker.relation : Relation::acquaintance;
}

std::vector<Item> Disclosure::told(const Asker& asker, const reception::Entry& entry) const {
  const Relation relation = row_of(asker);
  const Say anyone = said_to(entry, reception::Audience::anyone);
  std::vector<Item> items;
  for (const Item item : kItemsInOrder) {
    const Row& rule = row(relation, item);
    if (rule.audience) {
      const Say say = said_to(entry, *rule.audience);
      // What was said to this audience goes before what was said to everyone.
      if (say == Say::refused) return {};
      const bool consents = say == Say::allowed || anyone == Say::allowed;
      if (rule.rule == Rule::consent && !consents) continue;
    }
    if (rule.rule != Rule::never && asker.proof >= rule.proof) items.push_back(item);
  }
  if (std::ranges::find(items, Item::held) == items.end()) items.clear();
  return items;
}

}  // namespace sonae::inquiry
