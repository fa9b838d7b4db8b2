#include "web/session.h"

namespace sonae::web {

namespace {

constexpr std::int64_t kSecond = 1'000'000;  // microseconds
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMostPurposeBytes = 600;

std::unexpected<Error> nobody() {
  return fail(ErrorCode::unauthenticated, {"サインインしてください", "Please sign in"});
}

}  // namespace

Result<Sessions::Begun> Sessions::sign_in(const std::string& login, std::string_view password,
                                          const std::string& purpose, const std::string& from) {
  if (purpose.empty() || purpose.size() > kMostPurposeBytes)
    return fail(ErrorCode::invalid_input,
                {"利用の目的を短く書いてください", "State briefly what you sign in for"}, "purpose",
                {"閲覧の記録に残ります。例: 避難者名簿の照合",
                 "It is kept with the record of looks. Example: matching shelter lists"});
  Begun begun;
  begun.session.actor = TRY(door_.sign_in(login, password, from));
  begun.token = to_base32(env_.random.bytes(kTokenBytes));
  begun.session.token_hash = sha256(begun.token);
  begun.session.purpose = purpose;
  begun.session.began = env_.clock.now();
  begun.session.last_used_us = begun.session.refreshed_us = env_.clock.monotonic_microseconds();
  begun.session.grants_seen = grants_version_;

  const std::lock_guard lock(mutex_);
  drop_expired(begun.session.last_used_us);
  if (by_hash_.size() >= limits_.most)
    return fail(ErrorCode::too_many, {"利用中の人が多すぎます", "Too many people are signed in"});
  by_hash_.emplace(begun.session.token_hash, begun.session);
  return begun;
}

Result<Session> Sessions::find(std::string_view token) {
  if (token.empty()) return nobody();
  const Hash hash = sha256(token);
  const std::int64_t now_us = env_.clock.monotonic_microseconds();
  const std::uint64_t version = grants_version_;
  Session found;
  {
    const std::lock_guard lock(mutex_);
    const auto at = by_hash_.find(hash);
    if (at == by_hash_.end()) return nobody();
    if (expired(at->second, now_us)) {
      by_hash_.erase(at);
      return fail(ErrorCode::unauthenticated,
                  {"しばらく操作がなかったため、サインアウトしました",
                   "You were signed out after a while without use"},
                  {}, {"もう一度サインインしてください", "Please sign in again"});
    }
    at->second.last_used_us = now_us;
    found = at->second;
  }
  if (found.grants_seen == version && now_us - found.refreshed_us < limits_.refresh_seconds * kSecond)
    return found;

  // The actor is asked for outside of the lock: it reads the town's tables.
  auto actor = door_.refresh(found.actor.person);
  const std::lock_guard lock(mutex_);
  const auto at = by_hash_.find(hash);
  if (at == by_hash_.end()) return nobody();
  if (!actor) {
    if (actor.error().code == ErrorCode::forbidden) by_hash_.erase(at);  // no grant holds any more
    return std::unexpected(actor.error());
  }
  at->second.actor = std::move(*actor);
  at->second.refreshed_us = now_us;
  at->second.grants_seen = version;
  return at->second;
}

Status Sessions::sign_out(std::string_view token, const std::string& from) {
  api::Actor actor;
  {
    const std::lock_guard lock(mutex_);
    const auto at = by_hash_.find(sha256(token));
    if (at == by_hash_.end()) return {};
    actor = at->second.actor;
    by_hash_.erase(at);
  }
  return door_.signed_out(actor, from);
}

std::size_t Sessions::count() const {
  const std::lock_guard lock(mutex_);
  return by_hash_.size();
}

bool Sessions::expired(const Session& session, std::int64_t now_us) const {
  const std::int64_t age_ms = env_.clock.now().milliseconds - session.began.milliseconds;
  return now_us - session.last_used_us > limits_.idle_minutes * 60 * kSecond ||
         age_ms > limits_.absolute_minutes * 60 * 1000;
}

void Sessions::drop_expired(std::int64_t now_us) {
  std::erase_if(by_hash_, [&](const auto& one) { return expired(one.second, now_us); });
}

}  // namespace sonae::web
