// An address at which another program calls: a channel's webhook.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "web/message.h"

namespace sonae::web {

// The whole request in, the HTTP status out. It is asked for no session and no header of ours: what it is
// called with must prove who calls. Runs on the threads of what anybody may ask.
using Hook = std::function<int(const Request&)>;
using Hooks = std::map<std::string, Hook, std::less<>>;  // by path: "/hooks/line"

}  // namespace sonae::web
