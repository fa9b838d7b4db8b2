// What a run of the simulator has tried: how often each operation met each kind of fault, as a table.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace sonae::sim {

// What can be wrong. The first ones concern the machine on which an operation runs, the others the way on
// which its facts travel next.
enum class Fault : std::uint8_t {
  clock_drifts,
  clock_jumped,
  disk_full,
  disk_fails,  // single writes or syncs end in an I/O error
  power_cut,   // in the middle of the operation
  restarted,   // after a cut that lost unsynced writes; the operation is among the next ones
  put_back,    // the machine works in an old copy of its directory
  copied,      // or in a copy of another machine's directory
  cloned,      // or it is one of two machines from one image, keys included
  restored,    // or in a town that was brought back from a backup
  revoked,
  bit_flipped,  // somewhere in its database
  cut_off,      // a partition keeps it from others
  frames_lost,
  frames_delayed,
  frames_doubled,
  frames_swapped,
  frames_altered,
  line_broke,
  one_way,
  stick_late,  // a bundle older than what came since
  stick_twice,
  stick_damaged,
};
BOOST_DESCRIBE_ENUM(Fault, clock_drifts, clock_jumped, disk_full, disk_fails, power_cut, restarted, put_back,
                    copied, cloned, restored, revoked, bit_flipped, cut_off, frames_lost, frames_delayed,
                    frames_doubled, frames_swapped, frames_altered, line_broke, one_way, stick_late,
                    stick_twice, stick_damaged)

std::vector<Fault> all_faults();

class Coverage {
 public:
  // Every operation that is to be tried appears, so that one that never met anything shows.
  void expect(const std::string& operation) { counts_[operation]; }
  void met(const std::string& operation, Fault fault, std::uint64_t times = 1) {
    counts_[operation][fault] += times;
  }
  void met(const std::string& operation, const std::set<Fault>& faults) {
    for (const Fault fault : faults)
      met(operation, fault);
  }
  bool has(const std::string& operation, Fault fault) const {
    const auto row = counts_.find(operation);
    return row != counts_.end() && row->second.contains(fault);
  }
  void add(const Coverage& other);
  // Pairs that never met, as "operation: fault".
  std::vector<std::string> empty_cells() const;
  std::string table() const;

 private:
  std::map<std::string, std::map<Fault, std::uint64_t>> counts_;
};

}  // namespace sonae::sim
