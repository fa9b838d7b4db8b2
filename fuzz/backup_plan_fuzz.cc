// The plan of backups, and the requests to a node that keeps them: nothing that is read leads out of a
// target's folders.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vault/node_request.h"
#include "vault/plan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(sonae::vault::parse_plan(text, "plan"));
  const auto request = sonae::vault::read_node_request(text);
  if (request && sonae::vault::is_name_at_target(request->name) &&
      (request->name.find("..") == 0 || request->name.find("/.") != std::string::npos))
    std::abort();
  return 0;
}
