// Any text as shares that somebody typed. Nothing fails, and a share that was read is written as words and as
// code and read again as the same.
#include <cstdlib>

#include "vault/recovery_key.h"

using namespace sonae;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto list = *vault::ShareWords::open(real_env(), SONAE_DATA_DIR);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto check = [](const vault::Share& share) {
    std::string text;
    for (const std::string& word : vault::words_of(share, list))
      text += word + " ";
    if (*vault::read_share(text, list) != share) std::abort();
    if (*vault::read_share(vault::code_of(share), list) != share) std::abort();
  };
  if (const auto shares = vault::read_shares(input, list)) {
    for (const vault::Share& share : *shares)
      check(share);
    static_cast<void>(vault::join_recovery_key(*shares));
  }
  // Chance finds no check words: the bytes as a share themselves.
  if (size < vault::kShareBytes + 4) return 0;
  vault::Share share;
  share.set = (static_cast<std::uint32_t>(data[0]) << 16 | data[1] << 8 | data[2]) & 0xFFFFFU;
  share.need = data[3] % vault::kMostShares + 1;
  share.index = data[3] / 16 + 1;
  share.value = std::string(input.substr(4, vault::kShareBytes));
  check(share);
  return 0;
}
