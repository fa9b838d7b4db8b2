// Plain sockets for the streams of sync.
#pragma once

#include "sync/tls.h"

namespace sonae::sync {

// A connected socket that does not block.
Result<int> connect_socket(const Address& to, int timeout_ms);
// Does not block, sends small frames at once, and keeps little unsent, so that what is urgent can still pass.
void make_ready(int socket);
std::string address_of_peer(int socket);

}  // namespace sonae::sync
