// What a line's profile promises, on a clock that stands still between two looks: no real time passes.
#include "sync/link.h"

#include <doctest/doctest.h>

#include "journal/reading.h"
#include "sync/exchange_testing.h"

using namespace sonae;
using journal::Stream;
using sync::Node;

namespace {

// A connection whose other end is an exchange in the same thread. Waiting lets the clock go on.
class LineToExchange final : public sync::TlsStream {
 public:
  struct Sent {
    std::int64_t at_us;
    std::size_t bytes;
  };

  LineToExchange(FakeClock& clock, sync::Exchange& other) : clock_(clock), other_(other) {}
  std::vector<Sent> sent;
  std::function<void()> heard = [] {};  // the other end has taken a frame

  const PublicKey& peer() const override { return key_; }
  std::string peer_address() const override { return "the other end"; }
  bool closed() const override { return false; }
  void close() override {}
  void wait(bool, int timeout_ms) override { clock_.advance_ms(timeout_ms); }

  Result<std::size_t> read(char* into, std::size_t at_most) override {
    if (coming_.empty())
      if (const auto frame = other_.next_frame()) coming_ = to_big_endian(frame->size()).substr(4) + *frame;
    const std::size_t count = std::min(at_most, coming_.size());
    coming_.copy(into, count);
    coming_.erase(0, count);
    return count;
  }
  Result<std::size_t> write(BytesView bytes) override {
    sent.push_back({clock_.monotonic_microseconds(), bytes.size()});
    going_ += bytes;
    while (going_.size() >= 4) {
      const std::size_t size = from_big_endian(Bytes(4, '\0') + going_.substr(0, 4));
      if (going_.size() < 4 + size) break;
      other_.receive(going_.substr(4, size));
      going_.erase(0, 4 + size);
      heard();
    }
    return bytes.size();
  }

 private:
  FakeClock& clock_;
  sync::Exchange& other_;
  PublicKey key_;
  Bytes coming_, going_;
};

struct Carrying {
  Node one{'a'}, other{'b'};
  sync::Exchange a, b;
  LineToExchange line;

  Carrying()
      : a(one.env, *one.journal, one.options, {.piece_bytes = 700, .range_entries = 16}),
        b(other.env, *other.journal, other.options, {.piece_bytes = 700, .range_entries = 16}),
        line(one.clock, b) {}
  sync::Carried carry(const std::string& profile) {
    const auto carried = sync::carry(one.env, a, line, *sync::link_profile(profile), {}, false);
    REQUIRE(carried);
    CHECK(one.dump() == other.dump());
    return *carried;
  }
  std::size_t there(Stream stream) {
    return journal::newest_facts_of_stream(*other.journal->reader(), stream, 1000).size();
  }
};

}  // namespace

TEST_CASE("link: no more is sent than the profile allows, in no stretch of time, and not much less") {
  for (const char* const name : {"satellite", "mobile", "700"}) {
    CAPTURE(name);
    Carrying two;
    two.one.write(150);
    const sync::Carried carried = two.carry(name);
    const auto rate = static_cast<double>(sync::link_profile(name)->bytes_per_second);
    const double at_once = std::max(rate / 4, 256.0);
    std::size_t all = 0;
    for (std::size_t first = 0; first < two.line.sent.size(); ++first) {
      all += two.line.sent[first].bytes;
      double within = 0;
      for (std::size_t last = first; last < two.line.sent.size(); ++last) {
        within += static_cast<double>(two.line.sent[last].bytes);
        const double seconds =
            static_cast<double>(two.line.sent[last].at_us - two.line.sent[first].at_us) / 1e6;
        if (within > rate * seconds + at_once + 1) FAIL("too much at once");
      }
    }
    CHECK(all == carried.bytes_sent);
    const double took = static_cast<double>(two.line.sent.back().at_us) / 1e6;
    CHECK(took > (static_cast<double>(all) - at_once) / rate);
    CHECK(took < 2 * static_cast<double>(all) / rate + 1);
  }
}

TEST_CASE("link: on a fast line no time passes") {
  Carrying two;
  two.one.write(150);
  CHECK(two.carry("lan").bytes_sent > 0);
  CHECK(two.line.sent.back().at_us == two.line.sent.front().at_us);
}

TEST_CASE("link: under a cap the urgent stream is across before anything else comes") {
  Carrying two;
  two.one.write(100);
  two.one.write(20, Stream::urgent);
  std::size_t ordinary_before = 0;
  std::int64_t urgent_at_us = 0;
  two.line.heard = [&] {
    if (urgent_at_us != 0) return;
    if (two.there(Stream::urgent) < 20)
      ordinary_before = two.there(Stream::ordinary);
    else
      urgent_at_us = two.one.clock.monotonic_microseconds();
  };
  two.carry("satellite");
  CHECK(ordinary_before == 0);
  CHECK(urgent_at_us > 0);
  CHECK(urgent_at_us < two.line.sent.back().at_us / 2);
}

TEST_CASE("link: profiles by name and by number") {
  CHECK(sync::link_profile("")->bytes_per_second == 0);
  CHECK(sync::link_profile("satellite")->bytes_per_second * 8 < 9600);
  CHECK(sync::link_profile("2400")->bytes_per_second == 2400);
  for (const char* const wrong : {"99", "-5", "12x", "fast"})
    CHECK_FALSE(sync::link_profile(wrong));
}
