// Any bytes as what arrives from other nodes and strangers: headers, checkpoints, proofs, blob frames.
// Nothing fails, and what was read is written and read again as the same.
#include <cstdlib>

#include "journal/checkpoint.h"
#include "journal/fact_proof.h"
#include "journal/frame.h"
#include "journal/header.h"

using namespace sonae;
using namespace sonae::journal;

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView input(reinterpret_cast<const char*>(data), size);
  if (const auto header = read_header(input)) {
    const auto again = read_header(header_text(*header));
    require(again && to_json(*again) == to_json(*header));
    // The quick reader and the general one agree: a space in front leaves only the latter.
    const auto general = read_header(" " + Bytes(input));
    require(general && to_json(*general) == to_json(*header));
  }
  if (const auto note = read_checkpoint(input)) {
    const auto again = read_checkpoint(note_text(*note));
    require(again && again->checkpoint == note->checkpoint &&
            again->signatures.size() == note->signatures.size());
    is_signed_by(*note, PublicKey{});
  }
  if (const auto proof = from_json_text<FactProof>(input)) static_cast<void>(check(*proof));
  static_cast<void>(unframed(input, size * 3));
  return 0;
}
