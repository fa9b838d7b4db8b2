#include "town/exchange/pfif.h"

#include <algorithm>
#include <array>

namespace sonae::exchange::pfif {

namespace {

// http://zesty.ca/pfif/1.4/#data-model, in the order of its tables.
constexpr std::array<std::string_view, 25> kPersonFields{
    "person_record_id",  "entry_date",  "expiry_date", "author_name",      "author_email", "author_phone",
    "source_name",       "source_date", "source_url",  "full_name",        "given_name",   "family_name",
    "alternate_names",   "description", "sex",         "date_of_birth",    "age",          "home_street",
    "home_neighborhood", "home_city",   "home_state",  "home_postal_code", "home_country", "photo_url",
    "profile_urls"};
constexpr std::array<std::string_view, 15> kNoteFields{"note_record_id",
                                                       "person_record_id",
                                                       "linked_person_record_id",
                                                       "entry_date",
                                                       "author_name",
                                                       "author_email",
                                                       "author_phone",
                                                       "source_date",
                                                       "author_made_contact",
                                                       "status",
                                                       "email_of_found_person",
                                                       "phone_of_found_person",
                                                       "last_known_location",
                                                       "text",
                                                       "photo_url"};

}  // namespace

const std::string& Record::at(std::string_view field) const {
  static const std::string none;
  const auto found = fields.find(std::string(field));
  return found == fields.end() ? none : found->second;
}

void Record::set(std::string_view field, std::string text) {
  if (text.empty())
    fields.erase(std::string(field));
  else
    fields.insert_or_assign(std::string(field), std::move(text));
}

const std::string& Record::id() const {
  return at(kind == Kind::person ? "person_record_id" : "note_record_id");
}

std::span<const std::string_view> fields_of(Kind kind) {
  if (kind == Kind::person) return kPersonFields;
  return kNoteFields;
}

bool is_field(Kind kind, std::string_view name) {
  return std::ranges::find(fields_of(kind), name) != fields_of(kind).end();
}

std::string_view domain_of(std::string_view record_id) {
  const std::size_t slash = record_id.find('/');
  if (slash == std::string_view::npos || slash + 1 == record_id.size()) return {};
  const std::string_view domain = record_id.substr(0, slash);
  const bool is_domain = std::ranges::all_of(domain, [](char one) {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           one == '.' || one == '-' || one == ':';
  });
  return is_domain && domain.find('.') != std::string_view::npos ? domain : std::string_view{};
}

std::optional<Instant> read_date(std::string_view text) {
  if (text.size() < 20 || text.size() > 30 || text.back() != 'Z' || text[10] != 'T') return std::nullopt;
  const auto instant = parse_rfc3339(text);
  return instant ? std::optional(*instant) : std::nullopt;
}

std::string write_date(Instant instant) {
  return to_rfc3339(instant);
}

bool is_placeholder(const Record& record) {
  return record.kind == Kind::person && std::ranges::all_of(record.fields, [](const auto& field) {
           return field.first == "person_record_id" || field.first == "source_date" ||
                  field.first == "entry_date" || field.first == "expiry_date";
         });
}

Record placeholder_of(const std::string& record_id, Instant source_date, Instant entry_date,
                      Instant expiry_date) {
  Record record;
  record.set("person_record_id", record_id);
  record.set("source_date", write_date(source_date));
  record.set("entry_date", write_date(entry_date));
  record.set("expiry_date", write_date(expiry_date));
  return record;
}

std::optional<Instant> expiry_of(const Record& record) {
  return read_date(record.at("expiry_date"));
}

}  // namespace sonae::exchange::pfif
