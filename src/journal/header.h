// A fact's header as the text that is stored and hashed (docs/formats.md).
#pragma once

#include "journal/fact.h"

namespace sonae::journal {

// The header's JSON text, written directly: no document is built on the append path.
Bytes header_text(const Header& header);

// What a header's text says. Members that this version does not know are passed over. The text that
// header_text writes is read without building a document.
Result<Header> read_header(BytesView text);

// Whether text is valid UTF-8 (RFC 3629): what a JSON text may hold.
bool is_utf8(std::string_view text);

std::string_view stream_name(Stream stream);

}  // namespace sonae::journal
