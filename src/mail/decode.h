// The text of a mail's part from its bytes: the character sets in which Japanese mail is written, as it is
// labelled or, where the label is missing or wrong, as it is. Pictograms of telephone carriers (絵文字 in
// private codes) become 〓. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace sonae::mail {

// UTF-8. `charset` is the label (may be empty, unknown or wrong). Bytes that are no character become 〓.
std::string decode(std::string_view bytes, std::string_view charset);

// ISO-2022-JP (RFC 1468) with what mail programs add: half-width kana (ESC ( I), NEC's and IBM's kanji.
std::string decode_iso_2022_jp(std::string_view bytes);

// What a reader sees of an HTML mail: lines without tags, scripts and styles.
std::string text_of_html(std::string_view html);

}  // namespace sonae::mail
