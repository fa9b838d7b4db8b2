// Who is signed in: random tokens in cookies, kept hashed and in memory only. Any thread.
//
// A session ends when its person signs out, after a time without a request, after a day at most, and with the
// server. The token is 256 random bits; only its hash is here, so that a memory image gives no session away.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/call.h"
#include "base/env.h"
#include "base/hash.h"

namespace sonae::web {

// How people come in: town/access/, or a stand-in in tests.
struct Door {
  std::function<Result<api::Actor>(const std::string& login, std::string_view password,
                                   const std::string& from)>
      sign_in;
  std::function<Status(const api::Actor& actor, const std::string& from)> signed_out;
  std::function<Result<api::Actor>(const PersonId& person)> refresh;
};

struct SessionLimits {
  std::int64_t idle_minutes = 60;  // a clerk may be called away; a screen is locked by then
  std::int64_t absolute_minutes = 16 * 60;
  std::int64_t refresh_seconds = 10;  // how old the knowledge of a person's grants may be
  std::size_t most = 10000;
};

struct Session {
  Hash token_hash;
  api::Actor actor;
  std::string purpose;
  Instant began;
  std::int64_t last_used_us = 0;
  std::int64_t refreshed_us = 0;
  std::uint64_t grants_seen = 0;
};

class Sessions {
 public:
  Sessions(Env& env, Door door, SessionLimits limits) : env_(env), door_(std::move(door)), limits_(limits) {}

  struct Begun {
    std::string token;
    Session session;
  };
  Result<Begun> sign_in(const std::string& login, std::string_view password, const std::string& purpose,
                        const std::string& from);
  // The session of a token, with the person's grants as they are now; unauthenticated where there is none.
  Result<Session> find(std::string_view token);
  Status sign_out(std::string_view token, const std::string& from);
  // Somebody's grants changed: every session asks anew at its next request.
  void grants_changed() { ++grants_version_; }
  std::size_t count() const;

 private:
  void drop_expired(std::int64_t now_us);
  bool expired(const Session& session, std::int64_t now_us) const;

  Env& env_;
  const Door door_;
  const SessionLimits limits_;
  std::atomic<std::uint64_t> grants_version_ = 0;
  mutable std::mutex mutex_;
  std::unordered_map<Hash, Session> by_hash_;
};

}  // namespace sonae::web
