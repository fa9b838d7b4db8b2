// Frames of sync and codes to join with, as a stranger may send them.
#include <cstddef>
#include <cstdint>

#include "sync/frames.h"
#include "sync/invitations.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  if (const auto frame = sonae::sync::decode(text)) {
    // What was read can be written, and reads the same again.
    const auto again = sonae::sync::decode(sonae::sync::encode(*frame));
    if (!again || again->index() != frame->index()) __builtin_trap();
  }
  if (const auto code = sonae::sync::read_join_text(text))
    static_cast<void>(sonae::sync::write_join_text(*code));
  return 0;
}
