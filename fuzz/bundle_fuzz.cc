// Any bytes as what comes on a stick: an age file, a tar archive, a stretch of a log as JSON lines. Nothing
// fails, and a stretch that was read is written and read again as the same.
#include <cstdlib>

#include "base/age.h"
#include "base/bech32.h"
#include "sync/segment_text.h"
#include "sync/tar.h"

using namespace sonae;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView input(reinterpret_cast<const char*>(data), size);
  static const AgeIdentity identity = AgeIdentity::of(SigningKey::from_seed(Bytes(32, 'f')));
  if (auto age = AgeReader::open(input, identity))
    while (true) {
      const auto piece = age->next();
      if (!piece || piece->empty()) break;
    }
  if (const auto bytes = from_bech32("age", input))
    if (from_bech32("age", to_bech32("age", *bytes)) != *bytes) std::abort();

  std::size_t given = 0;
  sync::TarReader tar([&]() -> Result<Bytes> {
    const BytesView piece = input.substr(given, 700);
    given += piece.size();
    return Bytes(piece);
  });
  while (true) {
    const auto member = tar.next();
    if (!member || !*member) break;
  }

  if (const auto range = sync::read_segment_text(input)) {
    const Bytes text = sync::segment_text(*range);
    const auto again = sync::read_segment_text(text);
    if (!again || sync::segment_text(*again) != text) std::abort();
  }
  return 0;
}
