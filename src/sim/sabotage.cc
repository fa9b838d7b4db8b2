#include "sim/sabotage.h"

#include <fmt/format.h>

#include <utility>

#include "sim/machine.h"
#include "sim/standing.h"

namespace sonae::sim {

std::string_view describe(Sabotage sabotage) {
  switch (sabotage) {
    case Sabotage::none:
      return "nothing";
    case Sabotage::database_forgets_syncs:
      return "the disk answers that the database was synced, and did nothing";
    case Sabotage::files_forget_syncs:
      return "the disk answers that a file was written whole, and did nothing";
    case Sabotage::acknowledged_before_sync:
      return "a receipt is given before the fact is on the disk";
    case Sabotage::undo_forgotten:
      return "an undo is acknowledged and not written";
    case Sabotage::stream_left_out:
      return "one stream is never exchanged";
    case Sabotage::others_logs_not_passed_on:
      return "nodes offer only what they wrote themselves";
    case Sabotage::signatures_not_checked:
      return "a body that was changed on the way is stored";
    case Sabotage::last_writer_wins:
      return "of two answers to one question only the later one is kept";
    case Sabotage::fact_not_indexed:
      return "a fact is stored and not found under its subject";
    case Sabotage::duplicates_kept:
      return "an entry that came twice is stored twice";
    case Sabotage::author_changed:
      return "a log is attributed to another node";
    case Sabotage::view_not_folded:
      return "a fact arrives and its subject's rows are not derived anew";
    case Sabotage::blob_dropped:
      return "a blob that a fact names is missing";
    case Sabotage::revocation_forgotten:
      return "a governing fact is overlooked when logs are admitted";
    case Sabotage::old_copy_keeps_its_key:
      return "a directory that was put back goes on under its old key";
    case Sabotage::entry_dropped:
      return "the last entry of a log that came is not stored";
    case Sabotage::salt_kept:
      return "an erased fact keeps its salt";
    case Sabotage::erasure_overlooked:
      return "one node does not follow an order to erase";
    case Sabotage::backup_lacks_facts:
      return "a backup says that it holds facts, and does not";
    case Sabotage::chance_from_outside:
      return "chance comes from the real world: the seed no longer tells the history";
  }
  return "";
}

namespace {

// A statement of which something must have been changed.
bool change(Machine& machine, const char* statement) {
  const auto connection = machine.service->town().database().connect();
  connection->script(statement);
  const auto row = connection->query("SELECT changes()");
  return row->next() && row->integer(0) > 0;
}

}  // namespace

bool is_done_everywhere(Sabotage sabotage) {
  return sabotage == Sabotage::last_writer_wins;
}

bool tamper_with(Sabotage sabotage, Machine& machine) {
  switch (sabotage) {
    case Sabotage::signatures_not_checked:
      return change(
          machine,
          "UPDATE journal_entry SET body = CAST(replace(CAST(body AS TEXT), '串本', '古座') AS BLOB) "
          "WHERE row = (SELECT MAX(row) FROM journal_entry WHERE CAST(body AS TEXT) LIKE '%串本%')");
    case Sabotage::last_writer_wins: {
      bool done = false;
      for (const AnswersTable& one : answers_tables())
        done = change(machine, fmt::format("DELETE FROM {0} WHERE ({1}, fact) IN (SELECT {1}, MIN(fact) FROM "
                                           "{0} GROUP BY {1} HAVING COUNT(*) > 1)",
                                           one.table, one.column)
                                   .c_str()) ||
               done;
      return done;
    }
    case Sabotage::fact_not_indexed:
      return change(machine,
                    "DELETE FROM journal_subject WHERE row = (SELECT MIN(row) FROM journal_subject)");
    case Sabotage::duplicates_kept:
      return change(machine,
                    "INSERT INTO journal_entry SELECT row + 1, header, salt, body, body_hash, leaf_hash FROM "
                    "journal_entry WHERE row = (SELECT MAX(row) FROM journal_entry)");
    case Sabotage::author_changed:
      return change(
          machine,
          "UPDATE journal_log SET node = zeroblob(16) WHERE number = (SELECT MAX(number) FROM journal_log)");
    case Sabotage::view_not_folded:
      return change(machine, "DELETE FROM nodes_node WHERE node = (SELECT MIN(node) FROM nodes_node)");
    case Sabotage::blob_dropped:
      return change(machine,
                    "DELETE FROM journal_blob WHERE address = (SELECT MIN(address) FROM registry_chunk)");
    case Sabotage::revocation_forgotten:
      return change(machine,
                    "DELETE FROM journal_governing WHERE row = (SELECT MIN(row) FROM journal_governing)");
    case Sabotage::salt_kept:
      return change(machine,
                    "UPDATE journal_entry SET salt = zeroblob(16) WHERE row = (SELECT MAX(row) FROM "
                    "journal_entry WHERE body IS NULL)");
    case Sabotage::erasure_overlooked:
      return change(
          machine,
          "UPDATE journal_entry SET body = CAST('{}' AS BLOB), salt = zeroblob(16), body_hash = NULL "
          "WHERE row = (SELECT MAX(row) FROM journal_entry WHERE body IS NULL)");
    case Sabotage::entry_dropped:
      return change(machine, "DELETE FROM journal_entry WHERE row = (SELECT MAX(row) FROM journal_entry)");
    default:
      return false;
  }
}

}  // namespace sonae::sim
