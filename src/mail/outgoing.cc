#include "mail/outgoing.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "base/bytes.h"

namespace sonae::mail {

namespace {

constexpr std::size_t kWordBytes = 42;  // of an encoded word, so that its line stays under 76 (RFC 2047)
constexpr std::size_t kLineBytes = 57;  // of the body: 76 letters of base64

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// A header's text as encoded words, cut between characters.
std::string encoded_words(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    std::size_t size = std::min(kWordBytes, text.size());
    while (size < text.size() && size > 0 && continues(text[size]))
      --size;
    if (size == 0) size = std::min(kWordBytes, text.size());
    if (!made.empty()) made += "\r\n ";
    made += "=?UTF-8?B?" + to_base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return made;
}

std::string date_of(Instant now) {
  const std::time_t japan = now.milliseconds / 1000 + 9 * 3600;
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0900", fmt::gmtime(japan));
}

}  // namespace

std::string write(Env& env, const Outgoing& mail, const std::string& from_name, const std::string& from) {
  const std::string host = from.substr(from.find('@') + 1);
  std::string made;
  made += "From: " + (from_name.empty() ? "" : encoded_words(from_name) + "\r\n ") + "<" + from + ">\r\n";
  made += "To: <" + mail.to + ">\r\n";
  made += "Subject: " + encoded_words(mail.subject) + "\r\n";
  made += "Date: " + date_of(env.clock.now()) + "\r\n";
  made += "Message-ID: <" + to_base32(env.random.bytes(16)) + "@" + host + ">\r\n";
  if (mail.automatic)
    made += mail.automatic_answer_to.empty() ? "Auto-Submitted: auto-generated\r\n"
                                             : "Auto-Submitted: auto-replied\r\n";
  if (const std::string& answered = mail.automatic_answer_to;
      !answered.empty() && answered.size() < 250 && answered.find_first_of(" \t\r\n<>") == std::string::npos)
    made += "In-Reply-To: <" + answered + ">\r\nReferences: <" + answered + ">\r\n";
  made +=
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\n";
  for (std::size_t at = 0; at < mail.text.size(); at += kLineBytes)
    made += to_base64(std::string_view(mail.text).substr(at, kLineBytes)) + "\r\n";
  return made;
}

}  // namespace sonae::mail
