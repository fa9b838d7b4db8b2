#include "town/exchange/own.h"

#include <algorithm>

#include <toml++/toml.h>

#include "text/fold.h"

namespace sonae::exchange {

namespace {

constexpr std::string_view kPerson = "/person.", kNote = "/note.";

// Nobody in particular asks, and nobody has shown who they are.
const inquiry::Asker kAnybody{"PFIF", {}, {}, inquiry::Relation::acquaintance, inquiry::Proof::none};

const char* status_of(reception::Condition condition) {
  using enum reception::Condition;
  return condition == well || condition == ill || condition == injured ? "believed_alive" : nullptr;
}

bool tells(const std::vector<inquiry::Item>& told, inquiry::Item item) {
  return std::ranges::find(told, item) != told.end();
}

EntryId first_of(store::Connection& connection, const inquiry::Known& known) {
  std::optional<std::pair<HybridTime, EntryId>> first;
  for (const EntryId& id : known.entries)
    if (const auto entry = reception::find_entry(connection, id))
      if (const std::pair one{entry->written, id}; !first || one < *first) first = one;
  return first ? first->second : known.entries.front();
}

Hash digest_of(const OwnRecord& record) {
  return sha256(to_text(to_json(std::vector{record.person, record.note})));
}

}  // namespace

std::string own_person_id(const std::string& domain, const EntryId& entry) {
  return domain + std::string(kPerson) + entry.text();
}

std::string own_note_id(const std::string& person_record) {
  std::string id = person_record;
  if (const std::size_t at = id.find(kPerson); at != std::string::npos) id.replace(at, kPerson.size(), kNote);
  return id;
}

Result<std::string> own_domain(const town::Town& town) {
  const std::string file = town.directory() + "/tables/exchange.toml";
  if (!town.env().disk.status(file)) return town.profile().code + ".sonae.invalid";
  const Bytes content = TRY(town.env().disk.read_all(file));
  try {
    const std::string domain = toml::parse(content)["domain"].value_or(std::string());
    if (!pfif::domain_of(domain + "/x").empty()) return domain;
  } catch (const toml::parse_error&) {
  }
  return fail(ErrorCode::invalid_input,
              {"exchange.toml に domain = \"例.lg.jp\" の形の行がありません",
               "exchange.toml has no line such as domain = \"town.example\""},
              "tables/exchange.toml");
}

OwnRecords OwnRecords::build(town::Town& town, registry::Registry& registry, store::Connection& connection,
                             const inquiry::Disclosure& disclosure, const std::string& domain) {
  OwnRecords own;
  const auto allowed = inquiry::told_to_anybody(registry, town.today());
  own.names_kept_out = inquiry::names_kept_out(town.tables(), registry, allowed);
  const std::string& name_of_town = town.profile().name;
  for (const inquiry::Known& known : inquiry::gather(town, registry, connection, allowed).people) {
    const auto entry = inquiry::newest_entry(connection, known);
    if (!entry || entry->person.condition == reception::Condition::dead) continue;
    if (inquiry::said_to(*entry, reception::Audience::anyone) != inquiry::Say::allowed) continue;
    const std::vector<inquiry::Item> told = disclosure.told(kAnybody, *entry);
    if (told.empty()) continue;
    OwnRecord record{first_of(connection, known), {pfif::Kind::person, {}}, {pfif::Kind::note, {}}, {}};
    const reception::Person& person = entry->person;
    std::string name = person.name, kana = person.kana;
    if (known.resident)
      if (const auto resident = registry.find(*known.resident)) {
        name = resident->name;
        kana = resident->kana;
        record.person.set("home_city", name_of_town);
      }
    const std::string id = own_person_id(domain, record.entry);
    record.person.set("person_record_id", id);
    record.person.set("author_name", name_of_town);
    record.person.set("source_name", name_of_town);
    record.person.set("full_name", name);
    record.person.set("alternate_names", kana);
    if (person.sex != reception::Sex::unknown)
      record.person.set("sex", person.sex == reception::Sex::male ? "male" : "female");
    if (person.age) record.person.set("age", std::to_string(*person.age));
    record.person.set("home_country", "JP");
    const Phrase words = inquiry::words_for(*entry, told).plain;
    record.note.set("note_record_id", own_note_id(id));
    record.note.set("person_record_id", id);
    record.note.set("author_name", name_of_town);
    record.note.set("text", words.japanese + "\n" + words.english);
    if (const char* const status = status_of(person.condition);
        status != nullptr && tells(told, inquiry::Item::condition))
      record.note.set("status", status);
    if (tells(told, inquiry::Item::whereabouts) && person.stay == reception::StayKind::shelter)
      record.note.set("last_known_location", entry->shelter);
    record.digest = digest_of(record);
    own.by_id.emplace(id, std::move(record));
  }
  return own;
}

bool bears_name(const text::Tables& tables, const std::set<std::string>& names_kept_out,
                const pfif::Record& person) {
  if (names_kept_out.empty()) return false;
  const auto kept_out = [&](std::string_view name) {
    return !name.empty() && (names_kept_out.contains(text::fold_name(tables, name)) ||
                             names_kept_out.contains(text::fold_kana(name)));
  };
  const std::string& given = person.at("given_name");
  const std::string& family = person.at("family_name");
  if (kept_out(family + given) || kept_out(given + family)) return true;
  // Several names stand on lines of their own.
  for (const char* const field : {"full_name", "alternate_names"}) {
    std::string_view names = person.at(field);
    while (!names.empty()) {
      const std::size_t end = names.find('\n');
      if (kept_out(names.substr(0, end))) return true;
      names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
    }
  }
  return false;
}

}  // namespace sonae::exchange
