// News of a person for somebody who asked before: by the same search, filter and table as an answer.
#include "town/inquiry/inside.h"

namespace sonae::inquiry {

bool Inquiries::behind() const {
  return inside_->touched->entries || inside_->touched->residents;
}

Result<std::optional<News>> Inquiries::news(const Asker& asker, const std::string& line, Progress& progress) {
  Inside& in = *inside_;
  if (!in.disclosure) return std::unexpected(in.disclosure.error());
  if (!names_somebody(line)) return std::nullopt;
  const auto held = TRY(in.held(progress));
  const std::vector<const Known*> found = TRY(in.find(*held, line));
  if (found.size() != 1) return std::nullopt;
  const auto entry = newest_entry(*in.town.journal().reader(), *found.front());
  // Nobody learns of a death by mail.
  if (!entry || entry->person.condition == reception::Condition::dead) return std::nullopt;
  std::vector<Item> told = in.disclosure->told(asker, *entry);
  if (told.empty()) return std::nullopt;
  Words words = words_for(*entry, told);
  return News{entry->entry, std::move(told), std::move(words.plain), std::move(words.said)};
}

}  // namespace sonae::inquiry
