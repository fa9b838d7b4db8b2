// Faults that are built into the simulated world on purpose, one at a time: what Sonae promises is then
// broken, and the checks must say so. None of them is in the product: each is a lying disk, a tampering line
// or a hand in a machine's database.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <string_view>

namespace sonae::sim {

enum class Sabotage : std::uint8_t {
  none,
  database_forgets_syncs,
  files_forget_syncs,
  acknowledged_before_sync,
  undo_forgotten,
  stream_left_out,
  others_logs_not_passed_on,
  signatures_not_checked,
  last_writer_wins,
  fact_not_indexed,
  duplicates_kept,
  author_changed,
  view_not_folded,
  blob_dropped,
  revocation_forgotten,
  old_copy_keeps_its_key,
  entry_dropped,
  salt_kept,
  erasure_overlooked,
  backup_lacks_facts,
  chance_from_outside,
};
BOOST_DESCRIBE_ENUM(Sabotage, none, database_forgets_syncs, files_forget_syncs, acknowledged_before_sync,
                    undo_forgotten, stream_left_out, others_logs_not_passed_on, signatures_not_checked,
                    last_writer_wins, fact_not_indexed, duplicates_kept, author_changed, view_not_folded,
                    blob_dropped, revocation_forgotten, old_copy_keeps_its_key, entry_dropped, salt_kept,
                    erasure_overlooked, backup_lacks_facts, chance_from_outside)

// What it does, in one sentence.
std::string_view describe(Sabotage sabotage);

class Machine;
// Those that are a hand in the database of one machine, or of all: done once before the last comparison.
// False where there was nothing to do it to.
bool tamper_with(Sabotage sabotage, Machine& machine);
bool is_done_everywhere(Sabotage sabotage);

}  // namespace sonae::sim
