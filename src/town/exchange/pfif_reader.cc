#include "town/exchange/pfif_reader.h"

#include <expat.h>

#include <algorithm>

namespace sonae::exchange::pfif {

namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kLongestField = 64 * 1024;  // bytes
constexpr std::size_t kMostNotes = 10'000;        // inside one person
constexpr std::size_t kFedAtOnce = 1 << 20;
constexpr char kBetween = '\n';  // between a namespace and a name

// The name within PFIF, empty where the element is of another vocabulary.
std::string_view pfif_name(std::string_view name) {
  constexpr std::string_view kAnyVersion = "http://zesty.ca/pfif/1.";
  const std::size_t between = name.find(kBetween);
  if (between == std::string_view::npos || !name.starts_with(kAnyVersion)) return {};
  return name.substr(between + 1);
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char one) { return one == ' ' || one == '\t' || one == '\n' || one == '\r'; };
  while (!text.empty() && blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && blank(text.back()))
    text.remove_suffix(1);
  return text;
}

// What the versions before 1.4 called it.
std::string_view name_in_1_4(Kind kind, std::string_view name) {
  if (kind == Kind::note) return name == "found" ? "author_made_contact" : name;
  if (name == "first_name") return "given_name";
  if (name == "last_name") return "family_name";
  if (name == "home_zip") return "home_postal_code";
  return name == "other" ? "description" : name;
}

// "description:" began the free text of "other" in 1.1 and 1.2.
void mend_description(Record& record) {
  constexpr std::string_view kBegin = "description:";
  const std::string text = record.at("description");
  if (text.starts_with(kBegin))
    record.set("description", std::string(trimmed(std::string_view(text).substr(kBegin.size()))));
}

void mend_name(Record& record) {
  if (!record.at("full_name").empty()) return;
  const std::string& given = record.at("given_name");
  const std::string& family = record.at("family_name");
  record.set("full_name", given + (given.empty() || family.empty() ? "" : " ") + family);
}

}  // namespace

struct Reader::Inside {
  // A person or note that is open.
  struct Open {
    Record record;
    std::uint64_t line = 0;
  };

  Take take;
  XML_Parser parser;
  Status status{};
  bool seen_pfif = false;
  std::size_t depth = 0;
  std::optional<Open> person{}, note{};
  std::vector<Open> notes{};  // of the person that is open
  std::string field{};        // that is open; empty: none
  std::size_t field_depth = 0;
  std::string text{};

  explicit Inside(Take to) : take(std::move(to)), parser(XML_ParserCreateNS(nullptr, kBetween)) {}
  ~Inside() { XML_ParserFree(parser); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser); }
  void stop(Phrase what) {
    if (!status) return;
    status = fail(ErrorCode::invalid_input, std::move(what), "line " + std::to_string(line()));
    XML_StopParser(parser, XML_FALSE);
  }
  Open& open() { return note ? *note : *person; }

  void begin(std::string_view name) {
    if (++depth > kMostDepth) return stop({"XML の入れ子が深すぎます", "The elements are nested too deeply"});
    const std::string_view own = pfif_name(name);
    if (own.empty()) return;
    seen_pfif = true;
    if (!field.empty()) return stop({"項目の中に別の項目があります", "A field holds another element"});
    if (own == "person") {
      if (person || note)
        return stop({"人の記録の中に人の記録があります", "A person stands inside a record"});
      person = Open{{Kind::person, {}}, line()};
    } else if (own == "note") {
      if (note) return stop({"書き込みの中に書き込みがあります", "A note stands inside a note"});
      if (notes.size() >= kMostNotes)
        return stop({"一人の書き込みが多すぎます", "A person has too many notes"});
      note = Open{{Kind::note, {}}, line()};
    } else if (person || note) {
      field = name_in_1_4(open().record.kind, own);
      field_depth = depth;
      text.clear();
    }
  }

  void characters(std::string_view piece) {
    if (field.empty()) return;
    if (text.size() + piece.size() > kLongestField)
      return stop({"項目が長すぎます（64 KiB まで）", "A field is longer than 64 KiB"});
    text += piece;
  }

  void end(std::string_view name) {
    const std::size_t ended = depth--;
    if (!field.empty()) {
      if (ended != field_depth) return;
      // An unknown field is of a vocabulary that the standard does not have: it is not kept.
      if (is_field(open().record.kind, field)) open().record.set(field, std::string(trimmed(text)));
      field.clear();
      return;
    }
    const std::string_view own = pfif_name(name);
    if (own == "note" && note) {
      if (person)
        notes.push_back(std::move(*note));
      else
        give(*note);
      note.reset();
    } else if (own == "person" && person) {
      mend_description(person->record);
      mend_name(person->record);
      const std::string id = person->record.id();
      give(*person);
      for (Open& one : notes) {
        // Inside its person a note need not name them.
        if (one.record.at("person_record_id").empty()) one.record.set("person_record_id", id);
        give(one);
      }
      notes.clear();
      person.reset();
    }
  }

  void give(Open& one) {
    if (!status) return;
    status = take(std::move(one.record), one.line);
    if (!status) XML_StopParser(parser, XML_FALSE);
  }

  Status feed(BytesView piece, bool last) {
    while (status) {
      const BytesView now = piece.substr(0, kFedAtOnce);
      piece.remove_prefix(now.size());
      const bool end = last && piece.empty();
      if (XML_Parse(parser, now.data(), static_cast<int>(now.size()), end ? XML_TRUE : XML_FALSE) !=
          XML_STATUS_OK)
        stop({"XML として読めません", "This is not well-formed XML"});
      if (piece.empty()) break;
    }
    return status;
  }
};

Reader::Reader(Take take) : inside_(std::make_unique<Inside>(std::move(take))) {
  const XML_Parser parser = inside_->parser;
  XML_SetUserData(parser, inside_.get());
  XML_SetElementHandler(
      parser, [](void* user, const char* name, const char**) { static_cast<Inside*>(user)->begin(name); },
      [](void* user, const char* name) { static_cast<Inside*>(user)->end(name); });
  XML_SetCharacterDataHandler(parser, [](void* user, const char* piece, int length) {
    static_cast<Inside*>(user)->characters({piece, static_cast<std::size_t>(length)});
  });
  // Before a document type could declare an entity.
  XML_SetStartDoctypeDeclHandler(parser, [](void* user, const char*, const char*, const char*, int) {
    static_cast<Inside*>(user)->stop({"文書型（DOCTYPE）のあるファイルは受け付けません",
                                      "A file with a document type (DOCTYPE) is not accepted"});
  });
}
Reader::~Reader() = default;

Status Reader::feed(BytesView piece) {
  return piece.empty() ? inside_->status : inside_->feed(piece, false);
}

Status Reader::finish() {
  TRY(inside_->feed({}, true));
  if (!inside_->seen_pfif)
    return fail(ErrorCode::invalid_input, {"PFIF の要素がありません", "There is no element of PFIF in it"},
                {},
                {"http://zesty.ca/pfif/1.4 の名前空間のファイルを選んでください",
                 "Choose a file with the namespace http://zesty.ca/pfif/1.4"});
  return {};
}

Status read(BytesView content, const Reader::Take& take) {
  Reader reader(take);
  TRY(reader.feed(content));
  return reader.finish();
}

}  // namespace sonae::exchange::pfif
