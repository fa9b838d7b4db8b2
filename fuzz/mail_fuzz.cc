// Mail from outside: whatever comes, it is read, its text is UTF-8, and an answer goes to a plain address.
#include "mail/decode.h"
#include "mail/incoming.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace sonae;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto mail = mail::read(bytes, "mx.example");
  if (mail) {
    if (!mail->answer_to.empty() && !mail::is_address(mail->answer_to)) __builtin_trap();
    if ((mail->automatic || mail->disowned) && !mail->answer_to.empty()) __builtin_trap();
    if (mail->id.empty()) __builtin_trap();
    for (std::size_t at = 0; at < mail->text.size();)
      if (text::next_character(mail->text, at) == text::kReplacement) __builtin_trap();
  }
  for (const char* const charset : {"", "iso-2022-jp", "shift_jis", "euc-jp", "utf-7", "gb18030"})
    (void)mail::decode(bytes, charset);
  (void)mail::text_of_html(bytes);
  return 0;
}
