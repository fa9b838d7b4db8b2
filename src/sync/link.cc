#include "sync/link.h"

#include <algorithm>
#include <charconv>

namespace sonae::sync {

namespace {

constexpr std::size_t kLargestFrame = std::size_t{64} << 20, kLengthBytes = 4;

Bytes with_length(const Bytes& frame) {
  return to_big_endian(frame.size()).substr(8 - kLengthBytes) + frame;
}

// How much may be sent now: fills up at the line's rate, holds a quarter of a second at most.
class TokenBucket {
 public:
  TokenBucket(std::uint64_t rate, std::int64_t now_us) : rate_(rate), last_us_(now_us) {}
  std::size_t allowed(std::int64_t now_us) {
    if (rate_ == 0) return std::size_t{64} << 10;
    const double most = std::max(static_cast<double>(rate_) / 4, 256.0);
    tokens_ =
        std::min(most, tokens_ + static_cast<double>(now_us - last_us_) * static_cast<double>(rate_) / 1e6);
    last_us_ = now_us;
    return tokens_ >= std::min(most, 128.0) ? static_cast<std::size_t>(tokens_) : 0;
  }
  void spent(std::size_t bytes) {
    if (rate_ != 0) tokens_ -= static_cast<double>(bytes);
  }

 private:
  std::uint64_t rate_;
  std::int64_t last_us_;
  double tokens_ = 0;
};

class Carrier {
 public:
  Carrier(Env& env, Exchange& exchange, TlsStream& stream, const LinkProfile& profile, Bytes early)
      : env_(env),
        exchange_(exchange),
        stream_(stream),
        profile_(profile),
        in_(std::move(early)),
        bucket_(profile.bytes_per_second, env.clock.monotonic_microseconds()),
        last_moved_us_(env.clock.monotonic_microseconds()) {}

  Result<Carried> run(const std::atomic<bool>& stop) {
    while (!stop) {
      TRY(hand_over());
      const bool sent = TRY(send());
      const bool received = TRY(receive());
      if (exchange_.failure() && out_.empty()) return std::unexpected(*exchange_.failure());
      if (exchange_.finished() && out_.empty()) return carried_;
      const std::int64_t now = env_.clock.monotonic_microseconds();
      if (sent || received) {
        last_moved_us_ = now;
        continue;
      }
      if (stream_.closed())
        return fail(ErrorCode::io_failure, {"途中で切れました", "The connection broke off"},
                    stream_.peer_address(),
                    {"続きは次の同期で送られます", "The next exchange goes on from here"});
      if (now - last_moved_us_ > std::int64_t{profile_.silence_ms} * 1000)
        return fail(ErrorCode::io_failure, {"相手が応えません", "The other side does not answer"},
                    stream_.peer_address());
      exchange_.tick(now);
      stream_.wait(!out_.empty() && profile_.bytes_per_second == 0, 20);
    }
    return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
  }

 private:
  Status hand_over() {
    while (in_.size() - read_ >= kLengthBytes) {
      const std::uint64_t size =
          from_big_endian(Bytes(8 - kLengthBytes, '\0') + in_.substr(read_, kLengthBytes));
      if (size > kLargestFrame)
        return fail(ErrorCode::invalid_input, {"同期の内容が読めません", "This is not a frame of sync"});
      if (in_.size() - read_ < kLengthBytes + size) break;
      exchange_.receive(std::string_view(in_).substr(read_ + kLengthBytes, size));
      read_ += kLengthBytes + size;
    }
    in_.erase(0, read_);
    read_ = 0;
    return {};
  }

  Result<bool> send() {
    // One frame at a time: the next is chosen when there is room for it, so that urgent ones pass others.
    if (out_.empty())
      if (const auto frame = exchange_.next_frame()) out_ = with_length(*frame);
    if (out_.empty()) return false;
    const std::size_t allowed = std::min(out_.size(), bucket_.allowed(env_.clock.monotonic_microseconds()));
    if (allowed == 0) return false;
    const std::size_t count = TRY(stream_.write(std::string_view(out_).substr(0, allowed)));
    bucket_.spent(count);
    carried_.bytes_sent += count;
    out_.erase(0, count);
    return count > 0;
  }

  Result<bool> receive() {
    char piece[32 * 1024];
    const std::size_t count = TRY(stream_.read(piece, sizeof piece));
    in_.append(piece, count);
    carried_.bytes_received += count;
    return count > 0;
  }

  Env& env_;
  Exchange& exchange_;
  TlsStream& stream_;
  const LinkProfile& profile_;
  Bytes in_, out_;
  std::size_t read_ = 0;
  TokenBucket bucket_;
  std::int64_t last_moved_us_;
  Carried carried_;
};

}  // namespace

Result<LinkProfile> link_profile(const std::string& name) {
  if (name.empty() || name == "lan") return LinkProfile{};
  if (name == "mobile") return LinkProfile{128'000 / 8, 120'000};
  if (name == "satellite") return LinkProfile{1150, 300'000};
  LinkProfile profile;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), profile.bytes_per_second);
  if (error != std::errc{} || end != name.data() + name.size() || profile.bytes_per_second < 100)
    return fail(ErrorCode::invalid_input,
                {"回線は lan、mobile、satellite か、毎秒のバイト数（100以上）で指定してください",
                 "A link is lan, mobile, satellite, or bytes per second (100 at least)"},
                name);
  profile.silence_ms = 300'000;
  return profile;
}

Result<Carried> carry(Env& env, Exchange& exchange, TlsStream& stream, const LinkProfile& profile,
                      Bytes early, const std::atomic<bool>& stop) {
  return Carrier(env, exchange, stream, profile, std::move(early)).run(stop);
}

}  // namespace sonae::sync
