#include "town/exchange/pfif_writer.h"

namespace sonae::exchange::pfif {

namespace {

// Char of XML 1.0: tab, line feed, and from U+0020 on without surrogates, U+FFFE and U+FFFF. A carriage
// return would come back as a line feed, so it is written as a reference.
void escape(Bytes& into, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char one = text[i];
    if (one == '&')
      into += "&amp;";
    else if (one == '<')
      into += "&lt;";
    else if (one == '>')
      into += "&gt;";
    else if (one == '"')
      into += "&quot;";
    else if (one == '\r')
      into += "&#13;";
    else if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF"))
      i += 2;
    else if (static_cast<unsigned char>(one) >= 0x20 || one == '\n' || one == '\t')
      into += one;
  }
}

void element(Bytes& into, std::string_view indent, std::string_view name, std::string_view text) {
  into.append(indent).append("<").append(name).append(">");
  escape(into, text);
  into.append("</").append(name).append(">\n");
}

void write_fields(Bytes& into, std::string_view indent, const Record& record) {
  for (const std::string_view name : fields_of(record.kind))
    if (const std::string& text = record.at(name); !text.empty())
      element(into, indent, "pfif:" + std::string(name), text);
}

void begin_entry(Bytes& into, const Record& record, std::string_view title) {
  into += "  <entry>\n";
  element(into, "    ", "id", "pfif:" + record.id());
  element(into, "    ", "title", title.empty() ? std::string_view(record.id()) : title);
  into += "    <author>\n";
  element(into, "      ", "name", record.at("author_name"));
  into += "    </author>\n";
  element(into, "    ", "updated", record.at("source_date"));
}

}  // namespace

void write_note(Bytes& into, const Record& note) {
  into += "  <pfif:note>\n";
  write_fields(into, "    ", note);
  into += "  </pfif:note>\n";
}

void write_person(Bytes& into, const Record& person, const std::vector<Record>& notes) {
  into += "  <pfif:person>\n";
  write_fields(into, "    ", person);
  for (const Record& note : notes)
    write_note(into, note);
  into += "  </pfif:person>\n";
}

void begin_feed(Bytes& into, const FeedHead& head) {
  into +=
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:pfif=\"http://zesty.ca/pfif/1.4\">\n";
  element(into, "  ", "id", head.self);
  element(into, "  ", "title", head.title);
  element(into, "  ", "updated", write_date(head.updated));
  const auto link = [&](std::string_view relation, std::string_view to) {
    into.append("  <link rel=\"").append(relation).append("\" href=\"");
    escape(into, to);
    into += "\"/>\n";
  };
  link("self", head.self);
  if (!head.next.empty()) link("next", head.next);  // RFC 5005
}

void write_person_entry(Bytes& into, const Record& person, const std::vector<Record>& notes) {
  begin_entry(into, person, person.at("full_name"));
  write_person(into, person, notes);
  into += "  </entry>\n";
}

void write_note_entry(Bytes& into, const Record& note) {
  begin_entry(into, note, {});
  write_note(into, note);
  into += "  </entry>\n";
}

}  // namespace sonae::exchange::pfif
