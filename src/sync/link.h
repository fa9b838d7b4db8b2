// Carries an exchange over a connection, no faster than the line's profile allows.
#pragma once

#include <atomic>

#include "sync/exchange.h"
#include "sync/tls.h"

namespace sonae::sync {

// What a line can take. The cap lies a little under the line's rate, so that its own buffers stay empty and
// what is urgent goes out next.
struct LinkProfile {
  std::uint64_t bytes_per_second = 0;  // 0: as fast as it goes
  int silence_ms = 120'000;            // given up after so long without a byte either way
};
// "lan", "mobile" (128 kbit/s), "satellite" (9.6 kbit/s), or a number of bytes per second.
Result<LinkProfile> link_profile(const std::string& name);

struct Carried {
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
};
BOOST_DESCRIBE_STRUCT(Carried, (), (bytes_sent, bytes_received))

// Until both sides are done, or an error. `early`: bytes of frames that were read already.
Result<Carried> carry(Env& env, Exchange& exchange, TlsStream& stream, const LinkProfile& profile,
                      Bytes early, const std::atomic<bool>& stop);

}  // namespace sonae::sync
