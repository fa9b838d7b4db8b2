// What a message in somebody's own words is written in (SMS, LINE, mail): whatever comes, a tongue that has a
// table or none; blanks around it change nothing; what a browser prefers is such a tongue too.
#include <cstdint>
#include <cstdlib>

#include "text/tongues.h"

namespace {

using namespace sonae;

void require(bool held) {
  if (!held) std::abort();
}

const text::Tongues& tongues() {
  static const text::Tongues opened = text::Tongues::open(real_env(), SONAE_DATA_DIR).value();
  return opened;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string tongue = tongues().recognised(bytes);
  // やさしい日本語 is chosen, never recognised: it is answered as Japanese.
  require(tongue.empty() || (tongues().has(tongue) && tongue != "easy"));
  require(tongues().recognised(" \n" + std::string(bytes) + "\n ") == tongue);
  require(text::Tongues().recognised(bytes).empty());
  const std::string preferred = tongues().preferred(bytes);
  require(preferred.empty() || (tongues().has(preferred) && preferred != "easy"));
  return 0;
}
