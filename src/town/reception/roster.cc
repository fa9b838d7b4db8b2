#include "town/reception/roster.h"

#include <algorithm>

#include "text/fold.h"
#include "text/kana.h"
#include "town/reception/cell.h"
#include "town/reception/entries.h"
#include "town/reception/name_cell.h"

namespace sonae::reception {

namespace {

void add_key(std::vector<std::string>& keys, std::string key) {
  if (!key.empty() && std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
}

std::string digits_of(std::string_view written) {
  std::string digits;
  for (const char byte : narrow(written))
    if (byte >= '0' && byte <= '9') digits += byte;
  return digits;
}

}  // namespace

Roster::Roster(town::Town& town, std::shared_ptr<const Vocabulary> vocabulary)
    : town_(town), vocabulary_(std::move(vocabulary)) {}

void Roster::follow() {
  town_.journal().listen([weak = weak_from_this()](std::span<const journal::Subject> subjects) {
    const auto self = weak.lock();
    if (!self) return;
    const std::lock_guard lock(self->touched_mutex_);
    for (const journal::Subject& subject : subjects)
      if (subject.kind == "entry") self->touched_.insert(subject.id);
  });
}

Roster::Item Roster::item_of(const Entry& entry) const {
  const text::Tables& tables = town_.tables();
  const Person& person = entry.person;
  Item item;
  item.entry = entry.entry;
  item.sheet = entry.sheet;
  item.line = entry.line;
  item.index = entry.index;
  item.shelter = entry.shelter;
  item.withdrawn = entry.withdrawn;
  item.written = entry.written;
  item.needs = person.needs;
  item.age_key = person.age               ? *person.age
                 : person.birth.year != 0 ? town_.today().year - person.birth.year
                                          : -1;

  // Every part of the name, as written and by its reading. The common readings of the parts stand in where no
  // reading was written: sato finds 佐藤.
  const std::string_view surname = surname_of_written(*vocabulary_, person.name);
  add_key(item.begins, text::fold_name(tables, person.name, town_.gaiji()));
  for (const std::string_view part : split_at_spaces(person.name))
    add_key(item.begins, text::fold_name(tables, part, town_.gaiji()));
  const std::string_view given = trim(std::string_view(person.name).substr(surname.size()));
  add_key(item.begins, text::fold_name(tables, given, town_.gaiji()));
  add_key(item.begins, text::fold_kana(person.kana));
  for (const std::string_view part : split_at_spaces(person.kana))
    add_key(item.begins, text::fold_kana(part));
  if (person.kana.empty()) {
    for (const std::string& family_reading : vocabulary_->readings_of(surname)) {
      add_key(item.begins, text::fold_kana(family_reading));
      for (const std::string& given_reading : vocabulary_->readings_of(given))
        add_key(item.begins, text::fold_kana(family_reading + given_reading));
    }
    for (const std::string& reading : vocabulary_->readings_of(given))
      add_key(item.begins, text::fold_kana(reading));
  }
  if (const auto kana = text::romaji_to_katakana(person.name)) add_key(item.begins, text::fold_kana(*kana));
  if (const std::string digits = digits_of(person.phone); !digits.empty()) add_key(item.begins, digits);
  add_key(item.begins, narrow(entry.written_id));

  item.holds = text::fold_name(tables, person.address) + "\n" + text::fold_name(tables, person.note) + "\n" +
               text::fold_name(tables, person.name) + "\n" + text::fold_kana(person.kana) + "\n" +
               digits_of(person.phone);
  item.name_key =
      person.kana.empty() ? item.begins.empty() ? "" : item.begins.front() : text::fold_kana(person.kana);
  return item;
}

void Roster::catch_up() {
  bool all = false;
  std::set<std::string> touched;
  {
    const std::lock_guard lock(touched_mutex_);
    all = std::exchange(all_touched_, false);
    touched.swap(touched_);
  }
  if (!all && touched.empty()) return;
  const auto connection = town_.journal().reader();
  if (all) {
    items_.clear();
    const auto row = connection->query(std::string("SELECT ") + kEntryColumns + " FROM reception_entry");
    while (row->next()) {
      const Entry entry = entry_of(*row);
      items_.insert_or_assign(entry.entry, item_of(entry));
    }
    return;
  }
  for (const std::string& id : touched) {
    const auto entry = EntryId::parse(id);
    if (!entry) continue;
    if (const auto found = find_entry(*connection, *entry))
      items_.insert_or_assign(*entry, item_of(*found));
    else
      items_.erase(*entry);
  }
}

// Each word as typed in its readings: any of them will do.
std::vector<std::vector<std::string>> Roster::words_of(std::string_view typed) const {
  std::vector<std::vector<std::string>> words;
  for (const std::string_view word : split_at_spaces(typed)) {
    std::vector<std::string> forms;
    add_key(forms, text::fold_name(town_.tables(), word, town_.gaiji()));
    add_key(forms, text::fold_kana(word));
    if (const auto kana = text::romaji_to_katakana(word)) add_key(forms, text::fold_kana(*kana));
    const std::string digits = digits_of(word);
    if (digits.size() >= 3 && narrow(word).find_first_not_of("0123456789-()+ ") == std::string::npos)
      add_key(forms, digits);
    if (!forms.empty()) words.push_back(std::move(forms));
  }
  return words;
}

bool Roster::meets(const Item& item, const std::vector<std::vector<std::string>>& words) const {
  return std::ranges::all_of(words, [&](const std::vector<std::string>& forms) {
    return std::ranges::any_of(forms, [&](const std::string& form) {
      const auto begins = [&](const std::string& key) { return key.starts_with(form); };
      return std::ranges::any_of(item.begins, begins) ||
             (count_characters(form) > 1 && item.holds.find(form) != std::string::npos);
    });
  });
}

std::vector<EntryId> Roster::find(const EntriesRequest& request, const std::set<EntryId>& hidden) {
  const auto words = words_of(request.text.value_or(""));
  const std::lock_guard lock(mutex_);
  catch_up();
  std::vector<const Item*> found;
  for (const auto& [id, item] : items_) {
    if (item.withdrawn != request.withdrawn.value_or(false) || hidden.contains(id)) continue;
    if (request.shelter && item.shelter != *request.shelter) continue;
    if (request.need && std::ranges::find(item.needs, *request.need) == item.needs.end()) continue;
    if (meets(item, words)) found.push_back(&item);
  }
  // Those on no sheet in the order in which they came in.
  const auto as_written = [](const Item& item) {
    return std::tuple(item.sheet, item.line, item.index, item.sheet ? HybridTime{} : item.written,
                      item.entry);
  };
  std::ranges::sort(found, [&](const Item* one, const Item* other) {
    switch (request.order.value_or(Order::as_written)) {
      case Order::by_name:
        if (one->name_key != other->name_key) return one->name_key < other->name_key;
        break;
      case Order::by_age:
        if (one->age_key != other->age_key) return one->age_key > other->age_key;
        break;
      case Order::newest:
        if (one->written != other->written) return one->written > other->written;
        break;
      case Order::as_written:
        break;
    }
    return as_written(*one) < as_written(*other);
  });
  std::vector<EntryId> ids;
  ids.reserve(found.size());
  for (const Item* const item : found)
    ids.push_back(item->entry);
  return ids;
}

}  // namespace sonae::reception
