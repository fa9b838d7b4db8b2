// Any bytes in any encoding: what was decoded is UTF-8 and comes back to the same bytes; tables of 外字 never
// stop the reader.
#include <cstdlib>

#include "text/encoding.h"
#include "text/gaiji.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* content, std::size_t size) {
  using namespace sonae::text;
  const std::string_view bytes(reinterpret_cast<const char*>(content), size);
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp932, detect_encoding(bytes)}) {
    const Decoded decoded = decode(bytes, encoding);
    if (encode_again(decoded) != bytes) std::abort();
    if (!decode(decoded.text, Encoding::utf8).oddities.empty()) std::abort();
  }
  std::vector<sonae::Error> errors;
  Gaiji::parse(bytes, "fuzz", errors);
  return 0;
}
