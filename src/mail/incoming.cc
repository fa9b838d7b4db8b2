#include "mail/incoming.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

#include "base/hash.h"
#include "mail/decode.h"

namespace sonae::mail {

namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Unref>;

std::string lower(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(), [](unsigned char one) {
    return static_cast<char>(one >= 'A' && one <= 'Z' ? one + 32 : one);
  });
  return made;
}

std::string text_of(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

std::string header(GMimeMessage* message, const char* name) {
  return text_of(g_mime_object_get_header(GMIME_OBJECT(message), name));
}

std::string content_of(GMimePart* part) {
  GMimeDataWrapper* const content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Held<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, memory.get());
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return {reinterpret_cast<const char*>(bytes->data), std::min<std::size_t>(bytes->len, kMostText)};
}

struct Texts {
  GMimePart* plain = nullptr;
  GMimePart* html = nullptr;
};

// The first plain text and the first HTML that are not attached as files. The tree is walked with a list, so
// that parts in parts in parts cost no stack; forwarded mails are not this one's text.
Texts texts_in(GMimeObject* root) {
  Texts found;
  std::vector<GMimeObject*> left;
  if (root != nullptr) left.push_back(root);
  while (!left.empty()) {
    GMimeObject* const object = left.back();
    left.pop_back();
    if (GMIME_IS_MULTIPART(object)) {
      GMimeMultipart* const many = GMIME_MULTIPART(object);
      for (int index = g_mime_multipart_get_count(many); index-- > 0;)
        left.push_back(g_mime_multipart_get_part(many, index));
      continue;
    }
    if (!GMIME_IS_PART(object)) continue;
    const char* const disposition = g_mime_object_get_disposition(object);
    if (disposition != nullptr && lower(disposition) == "attachment") continue;
    GMimeContentType* const type = g_mime_object_get_content_type(object);
    if (type != nullptr && !g_mime_content_type_is_type(type, "text", "*")) continue;
    const bool html = type != nullptr && g_mime_content_type_is_type(type, "text", "html");
    GMimePart*& place = html ? found.html : found.plain;
    if (place == nullptr) place = GMIME_PART(object);
  }
  return found;
}

std::string decoded(GMimePart* part) {
  if (part == nullptr) return {};
  return decode(content_of(part),
                text_of(g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset")));
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string written_in(GMimeMessage* message) {
  const Texts texts = texts_in(g_mime_message_get_mime_part(message));
  std::string text = decoded(texts.plain);
  if (blank(text)) text = text_of_html(decoded(texts.html));
  return text;
}

// The address in a header of addresses; the first where there are several.
void first_mailbox(InternetAddressList* list, std::string& address, std::string* name) {
  for (int index = 0; list != nullptr && index < internet_address_list_length(list); ++index) {
    InternetAddress* const one = internet_address_list_get_address(list, index);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) continue;
    address = text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
    if (name != nullptr) *name = text_of(internet_address_get_name(one));
    return;
  }
}

bool is_automatic(GMimeMessage* message, std::string_view return_path, std::string_view from) {
  const std::string submitted = lower(header(message, "Auto-Submitted"));
  if (!submitted.empty() && !submitted.starts_with("no")) return true;  // RFC 3834
  const std::string precedence = lower(header(message, "Precedence"));
  for (const char* const one : {"bulk", "list", "junk", "auto_reply"})
    if (precedence.starts_with(one)) return true;
  for (const char* const one :
       {"List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients"})
    if (g_mime_object_get_header(GMIME_OBJECT(message), one) != nullptr) return true;
  GMimeObject* const root = g_mime_message_get_mime_part(message);
  GMimeContentType* const type = root == nullptr ? nullptr : g_mime_object_get_content_type(root);
  if (type != nullptr && g_mime_content_type_is_type(type, "multipart", "report")) return true;
  if (return_path == "<>") return true;  // a bounce
  const std::string user = lower(from.substr(0, from.find('@')));
  for (const char* const one : {"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply"})
    if (user == one) return true;
  return false;
}

// The topmost Authentication-Results of the town's own server; those below it came with the mail.
bool is_disowned(GMimeMessage* message, std::string_view trusted_server) {
  if (trusted_server.empty()) return false;
  GMimeHeaderList* const headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  for (int index = 0; index < g_mime_header_list_get_count(headers); ++index) {
    GMimeHeader* const one = g_mime_header_list_get_header_at(headers, index);
    if (lower(text_of(g_mime_header_get_name(one))) != "authentication-results") continue;
    std::string value = lower(text_of(g_mime_header_get_value(one)));
    const std::size_t begin = value.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) continue;
    value.erase(0, begin);
    if (value.substr(0, value.find_first_of("; \t\r\n")) != lower(trusted_server)) continue;
    const auto says = [&](const char* what) { return value.find(what) != std::string::npos; };
    return says("dmarc=fail") || (says("spf=fail") && !says("dkim=pass"));
  }
  return false;
}

std::string without_brackets(std::string text) {
  std::erase_if(text, [](char one) { return one == '<' || one == '>' || one == ' ' || one == '\t'; });
  return text;
}

}  // namespace

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 >= text.size() || text.size() > 254) return false;
  if (text.find('@', at + 1) != std::string_view::npos || text[0] == '-') return false;
  return std::ranges::all_of(text, [](char one) {
    return one > 0x20 && one < 0x7F && std::string_view("<>()[],;:\\\"").find(one) == std::string_view::npos;
  });
}

Result<Incoming> read(std::string_view bytes, std::string_view trusted_server) {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
  bytes = bytes.substr(0, kMostRead);
  const Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Held<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Held<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message)
    return fail(ErrorCode::invalid_input, {"メールとして読めません", "This cannot be read as mail"});
  Incoming mail;
  first_mailbox(g_mime_message_get_from(message.get()), mail.from, &mail.from_name);
  mail.subject = text_of(g_mime_message_get_subject(message.get()));
  mail.id = text_of(g_mime_message_get_message_id(message.get()));
  mail.has_message_id = !mail.id.empty();
  mail.languages = header(message.get(), "Accept-Language");
  if (mail.languages.empty()) mail.languages = header(message.get(), "Content-Language");
  if (!mail.has_message_id) mail.id = sha256(bytes).hex();
  mail.text_with_quoted = written_in(message.get());
  mail.text = without_quoted(mail.text_with_quoted);
  const std::string return_path = header(message.get(), "Return-Path");
  mail.automatic = is_automatic(message.get(), return_path, mail.from);
  mail.disowned = is_disowned(message.get(), trusted_server);
  mail.answer_to = return_path.empty() ? mail.from : without_brackets(return_path);
  if (mail.automatic || mail.disowned || !is_address(mail.answer_to)) mail.answer_to.clear();
  return mail;
}

}  // namespace sonae::mail
