// Text inside of HTML pages that the program writes itself (recovery sheets, reports). Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace sonae {

// Safe between tags and inside of quoted attributes.
inline std::string html_escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char letter : text) {
    switch (letter) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += letter;
    }
  }
  return html;
}

}  // namespace sonae
