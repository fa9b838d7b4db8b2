#include "web/message.h"

#include <algorithm>

namespace sonae::web {

namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

}  // namespace

bool same_name(std::string_view one, std::string_view other) {
  return one.size() == other.size() && std::equal(one.begin(), one.end(), other.begin(),
                                                  [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view Request::field(std::string_view name) const {
  for (const Field& one : fields)
    if (same_name(one.name, name)) return one.value;
  return {};
}

Reply::~Reply() {
  if (!sink_) return;
  Response unanswered;
  unanswered.status = 500;
  unanswered.close = true;
  (*this)(std::move(unanswered));
}

void Reply::operator()(Response response) {
  if (const auto sink = std::move(sink_)) sink->answer(std::move(response));
}

}  // namespace sonae::web
