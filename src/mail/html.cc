// What a reader sees of an HTML mail. No browser: tags go, those that begin a line begin one, and the few
// entities that mail programs write are undone.
#include <charconv>

#include "mail/decode.h"
#include "text/utf8.h"

namespace sonae::mail {

namespace {

std::string name_of_tag(std::string_view tag) {
  std::string name;
  for (const char one : tag.substr(tag.starts_with('/') ? 1 : 0)) {
    const char letter = one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
    if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'))) break;
    name += letter;
  }
  return name;
}

bool begins_line(std::string_view name) {
  for (const std::string_view one : {"br", "p", "div", "tr", "li", "ul", "table", "h1", "h2", "h3", "hr"})
    if (name == one) return true;
  return false;
}

// "&amp;" at the beginning: how many bytes it takes, and what it stands for.
std::size_t entity(std::string_view text, std::string& into) {
  const std::size_t end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [stop, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (failed != std::errc() || stop != digits.data() + digits.size() || code == 0 || code > 0x10FFFF ||
        (code >= 0xD800 && code < 0xE000))
      return 0;
    text::append_utf8(into, code);
    return end + 1;
  }
  for (const auto& [known, stands_for] : {std::pair{"amp", "&"},
                                          {"lt", "<"},
                                          {"gt", ">"},
                                          {"quot", "\""},
                                          {"apos", "'"},
                                          {"nbsp", " "},
                                          {"yen", "¥"}})
    if (name == known) {
      into += stands_for;
      return end + 1;
    }
  return 0;
}

}  // namespace

std::string text_of_html(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = html.find("-->", at);
      at = end == std::string_view::npos ? html.size() : end + 3;
    } else if (rest[0] == '<') {
      const std::size_t end = html.find('>', at);
      const std::string name = name_of_tag(rest.substr(1, 16));
      at = end == std::string_view::npos ? html.size() : end + 1;
      if (begins_line(name) && !text.ends_with('\n')) text += '\n';
      // What stands in these is not for readers.
      if ((name == "script" || name == "style" || name == "title") && rest[1] != '/') {
        const std::size_t close = html.find("</", at);
        at = close == std::string_view::npos ? html.size() : close;
      }
    } else if (std::string made; rest[0] == '&' && entity(rest, made) > 0) {
      at += entity(rest, made = {});
      text += made;
    } else {
      const bool space = rest[0] == '\n' || rest[0] == '\r' || rest[0] == '\t' || rest[0] == ' ';
      if (!space)
        text += rest[0];
      else if (!text.empty() && !text.ends_with(' ') && !text.ends_with('\n'))
        text += ' ';
      ++at;
    }
  }
  return text;
}

}  // namespace sonae::mail
