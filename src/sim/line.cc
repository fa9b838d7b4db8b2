#include "sim/line.h"

#include <deque>

#include "town/nodes/nodes.h"

namespace sonae::sim {

namespace {

constexpr int kQuietRounds = 40;
constexpr std::int64_t kQuietMs = 21'000;  // longer than an exchange waits before it asks again

// One direction of the line.
class Way {
 public:
  Way(const Line& line, SeededRandom& dice, std::set<Fault>& happened)
      : line_(line), dice_(dice), happened_(happened) {}

  void put(Bytes frame) {
    if (line_.tamper) line_.tamper(frame);
    if (strikes(line_.lost, Fault::frames_lost)) return;
    if (!frame.empty() && strikes(line_.altered, Fault::frames_altered)) {
      char& byte = frame[dice_.below(frame.size())];
      byte = static_cast<char>(byte ^ (1 << dice_.below(8)));
    }
    if (strikes(line_.doubled, Fault::frames_doubled)) under_way_.push_back(frame);
    if (strikes(line_.delayed, Fault::frames_delayed)) {
      late_.push_back(std::move(frame));
      return;
    }
    under_way_.push_back(std::move(frame));
    if (under_way_.size() > 1 && strikes(line_.swapped, Fault::frames_swapped))
      std::swap(under_way_.back(), under_way_[dice_.below(under_way_.size())]);
  }
  std::optional<Bytes> take() {
    if (under_way_.empty()) return std::nullopt;
    Bytes frame = std::move(under_way_.front());
    under_way_.pop_front();
    return frame;
  }
  bool idle() const { return under_way_.empty(); }
  // What was delayed arrives after all, long after what was sent later.
  void time_passes() {
    for (Bytes& frame : late_)
      under_way_.push_back(std::move(frame));
    late_.clear();
  }

 private:
  bool strikes(std::uint64_t percent, Fault fault) {
    if (percent == 0 || dice_.below(100) >= percent) return false;
    happened_.insert(fault);
    return true;
  }
  const Line& line_;
  SeededRandom& dice_;
  std::set<Fault>& happened_;
  std::deque<Bytes> under_way_, late_;
};

bool know_each_other(Machine& one, Machine& other) {
  return one.service->nodes().may_exchange(other.journal().node_public_key()) &&
         other.service->nodes().may_exchange(one.journal().node_public_key());
}

void note(const sync::Exchange& exchange, const Machine& machine, Carried& carried) {
  carried.facts += exchange.report().facts_taken;
  if (exchange.failure() || !exchange.report().problems.empty()) carried.troubled.insert(&machine);
  for (const std::string& problem : exchange.report().problems)
    carried.problems.push_back(machine.name + ": " + problem);
  if (exchange.failure())
    carried.problems.push_back(machine.name + ": " + exchange.failure()->in(Language::english));
}

void run(Machine& one, Machine& other, const Line& line, SeededRandom& dice, Carried& carried) {
  if (!know_each_other(one, other)) {
    carried.refused = true;
    return;
  }
  sync::ExchangeSettings settings{.streams = line.streams,
                                  .piece_bytes = 2000,
                                  .range_entries = 16,
                                  .unfinished = other.unfinished.get()};
  sync::ExchangeSettings first = settings;
  first.unfinished = one.unfinished.get();
  first.takes = !line.one_way;
  if (line.one_way) carried.faults.insert(Fault::one_way);
  sync::Exchange a(one.env, one.journal(), one.service->town().journal_options(), first),
      b(other.env, other.journal(), other.service->town().journal_options(), settings);
  a.expect(other.node());
  b.expect(one.node());
  Way to_b(line, dice, carried.faults), to_a(line, dice, carried.faults);
  std::int64_t frames = 0;
  for (int quiet = 0; quiet < kQuietRounds && !one.lost_power() && !other.lost_power();) {
    if (auto frame = a.next_frame()) ++frames, to_b.put(std::move(*frame));
    if (auto frame = b.next_frame()) ++frames, to_a.put(std::move(*frame));
    if (line.break_after >= 0 && frames > line.break_after) {
      carried.faults.insert(Fault::line_broke);
      break;
    }
    if (to_a.idle() && to_b.idle()) {
      carried.finished = a.finished() && b.finished();
      if (carried.finished || a.failure() || b.failure()) break;
      ++quiet;
      for (Machine* const machine : {&one, &other})
        machine->clock.advance_ms(kQuietMs);
      to_a.time_passes();
      to_b.time_passes();
      a.tick(one.clock.monotonic_microseconds());
      b.tick(other.clock.monotonic_microseconds());
      continue;
    }
    if (const auto frame = to_b.take()) b.receive(*frame);
    if (const auto frame = to_a.take()) a.receive(*frame);
  }
  note(a, one, carried);
  note(b, other, carried);
}

}  // namespace

Carried exchange(Machine& one, Machine& other, const Line& line, SeededRandom& dice) {
  Carried carried;
  try {
    run(one, other, line, dice, carried);
    // As sync::Sync does after each exchange.
    for (Machine* const machine : {&one, &other})
      if (!machine->lost_power())
        if (const Status told = machine->service->nodes().tell(); !told)
          carried.problems.push_back(machine->name + ": " + told.error().in(Language::english));
  } catch (const store::StoreError& failure) {
    carried.troubled = {&one, &other};
    carried.problems.push_back(failure.error().in(Language::english));
  }
  return carried;
}

}  // namespace sonae::sim
