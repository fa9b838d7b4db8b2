// Any bytes as requests of a connection, cut anywhere: the reader never takes more than it was given, keeps
// its limits, and reads the same requests whether the bytes come at once or in pieces.
#include <algorithm>
#include <cstdlib>

#include "web/request_reader.h"
#include "web/url.h"

namespace {

using namespace sonae::web;

constexpr std::size_t kHeadBytes = 2048;
constexpr std::uint64_t kBodyBytes = 4096;

void require(bool held) {
  if (!held) std::abort();
}

// All requests of the bytes, in one text, with the state in which reading ended.
std::string read(std::string_view bytes, std::size_t piece) {
  RequestReader reader(kHeadBytes);
  std::string seen;
  std::string unread;
  while (!bytes.empty() || !unread.empty()) {
    unread += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (bool going_on = true; going_on;) {
      const std::size_t taken = reader.feed(unread);
      require(taken <= unread.size());
      unread.erase(0, taken);
      going_on = taken > 0 && !unread.empty();
      if (reader.state() == RequestReader::State::head_done) reader.allow_body(kBodyBytes);
      if (reader.state() == RequestReader::State::complete) {
        const Request request = reader.take();
        require(request.body.size() <= kBodyBytes);
        require(*percent_decode(percent_encode(request.path)) == request.path);
        language_of(request);
        query_members(request.query);
        seen += request.method + " " + request.path + "?" + request.query + "\n" + request.body + "\n";
      }
    }
    const auto state = reader.state();
    if (state == RequestReader::State::bad || state == RequestReader::State::head_too_large ||
        state == RequestReader::State::body_too_large)
      return seen + "refused";
    if (bytes.empty()) break;
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string whole = read(bytes, std::max<std::size_t>(size, 1));
  const std::string pieces = read(bytes, 7);
  // What was read before a refusal is the same; a refusal may come a piece earlier or later.
  const std::size_t common = std::min(whole.find("refused"), pieces.find("refused"));
  if (common == std::string::npos) require(whole == pieces);
  return 0;
}
