#include "vault/recovery_key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <map>

#include "base/sign.h"
#include "vault/shamir.h"

namespace sonae::vault {

namespace {

constexpr std::size_t kKey = 32, kMark = 4;
static_assert(kKey + 2 * kMark == kShareBytes);

Bytes key_mark(BytesView key) {
  return Bytes(sha256({"sonae recovery key", key}).bytes().substr(0, kMark));
}
Bytes owner_mark(BytesView key, const KeyOwner& owner) {
  return Bytes(sha256({"sonae recovery town", key, owner.town.bytes(), owner.founder.bytes()})
                   .bytes()
                   .substr(0, kMark));
}

std::string sets_of(const std::vector<Share>& shares) {
  std::map<std::uint32_t, std::string> numbers;
  for (std::size_t at = 0; at < shares.size(); ++at) {
    std::string& list = numbers[shares[at].set];
    list += (list.empty() ? "" : ",") + std::to_string(at + 1);
  }
  std::string text;
  for (const auto& [set, list] : numbers)
    text += (text.empty() ? "" : "; ") + set_name(set) + " = " + list;
  return text;
}

}  // namespace

Result<MadeKey> make_recovery_key(Random& random, const KeyOwner& owner, int need, int count) {
  if (need < 1 || need > count || count > kMostShares)
    return fail(ErrorCode::invalid_input,
                {"枚数は、1 ≦ 必要な枚数 ≦ 作る枚数 ≦ 16 です", "It must be 1 <= need <= shares <= 16"});
  Bytes secret = random.bytes(kKey);
  const AgeIdentity identity = AgeIdentity::from_secret(secret);
  MadeKey made;
  made.recipient = identity.recipient();
  const Bytes drawn = random.bytes(3);
  for (const char byte : drawn)
    made.set = made.set << 8 | static_cast<unsigned char>(byte);
  made.set >>= 4;
  secret += key_mark(identity.secret()) + owner_mark(identity.secret(), owner);
  for (Point& point : split_secret(random, secret, need, count))
    made.shares.push_back({made.set, need, point.x, std::move(point.y)});
  sodium_memzero(secret.data(), secret.size());
  return made;
}

bool JoinedKey::belongs_to(const KeyOwner& owner) const {
  return same_secret(owner_mark, vault::owner_mark(identity.secret(), owner));
}

Result<JoinedKey> join_recovery_key(const std::vector<Share>& shares) {
  if (shares.empty()) return fail(ErrorCode::invalid_input, {"分散鍵がありません", "There are no shares"});
  const int need = shares.front().need;
  std::map<int, const Share*> different;
  for (const Share& share : shares) {
    if (share.set != shares.front().set || share.need != need)
      return fail(ErrorCode::invalid_input,
                  {"別の組の分散鍵が混ざっています（組 = 何枚目）: " + sets_of(shares),
                   "Shares of different sets are mixed (set = which): " + sets_of(shares)},
                  {}, {"紙の「組」を見て、同じ組の紙をそろえてください", "Bring sheets of one set together"});
    const auto [at, fresh] = different.emplace(share.index, &share);
    if (!fresh && *at->second != share)
      return fail(ErrorCode::corrupt, {fmt::format("{}枚目の分散鍵が二通りあります", share.index),
                                       fmt::format("There are two different shares number {}", share.index)});
  }
  if (static_cast<int>(different.size()) < need)
    return fail(ErrorCode::invalid_input,
                {fmt::format("分散鍵が足りません（{}枚必要、いま{}枚）", need, different.size()),
                 fmt::format("Too few shares: {} are needed, {} are here", need, different.size())},
                set_name(shares.front().set));
  std::vector<Point> points;
  for (const auto& [index, share] : different)
    if (static_cast<int>(points.size()) < need)
      points.push_back({static_cast<std::uint8_t>(index), share->value});
  Bytes secret = join_secret(points);
  const BytesView key = BytesView(secret).substr(0, kKey);
  const bool fits = key_mark(key) == BytesView(secret).substr(kKey, kMark);
  JoinedKey joined{AgeIdentity::from_secret(key), secret.substr(kKey + kMark)};
  sodium_memzero(secret.data(), secret.size());
  if (!fits)
    return fail(ErrorCode::corrupt, {"分散鍵どうしが合いません", "These shares do not fit together"},
                set_name(shares.front().set),
                {"ほかの紙で試してください", "Try with other sheets of the set"});
  return joined;
}

}  // namespace sonae::vault
