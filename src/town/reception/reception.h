// Reception (避難者名簿): shelter lists come in as people typed them, and become entries that can be
// searched, corrected and withdrawn; each row stays readable as it was written. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"
#include "town/access/access.h"
#include "town/reception/changes.h"
#include "town/town.h"

namespace sonae::reception {

// One entry as it stands now.
struct Entry {
  EntryId entry;
  FactId fact;                   // the writing or correction that holds: what a decision is based on
  std::vector<FactId> standing;  // all that hold: several where there is a question
  std::optional<SheetId> sheet;  // where it was written first; absent where it was received at the door
  std::uint64_t line = 0;
  std::uint32_t index = 0;
  std::string raw;  // the row as written
  std::string written_id;
  std::string shelter;
  Person person;
  std::vector<Remark> remarks;
  bool corrected = false;
  bool withdrawn = false;
  bool contradictory = false;  // corrected (or read) in two ways that do not know of each other: a question
  HybridTime written;          // when it first came in
  GrantId written_under;       // by whom: under which leave
  std::optional<Received> received;  // at the door, without a sheet
  Since since;       // what was learnt after that; person, shelter, room and contradictory have it already
  std::string room;  // in the shelter, or where else they stay
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (entry, fact, standing, sheet, line, index, raw, written_id, shelter, person, remarks,
                       corrected, withdrawn, contradictory, written, written_under, received, since, room))

// Whether the person said that these may know.
bool allows(const Entry& entry, Audience to);

struct Shelter {
  std::string name;
  std::string address;  // empty where no shelter_opened fact names it
  std::optional<double> longitude;
  std::optional<double> latitude;
  bool opened = false;       // a shelter_opened fact names it; else it is only written on lists
  std::int64_t entries = 0;  // not withdrawn
  std::int64_t sheets = 0;
};
BOOST_DESCRIBE_STRUCT(Shelter, (), (name, address, longitude, latitude, opened, entries, sheets))

// Reading the view, without filter and without record: for those above that pass what they show through
// theirs.
std::optional<Entry> find_entry(store::Connection& connection, const EntryId& id);
// Entries that are not withdrawn, in the order of (sheet, line, index): as they stand on the sheets.
void for_each_entry(store::Connection& connection, const std::function<void(const Entry&)>& visit);
void for_each_entry_of(store::Connection& connection, const std::string& shelter,
                       const std::function<void(const Entry&)>& visit);
std::vector<Shelter> shelters(store::Connection& connection);

// Entries that must not be shown to whoever asks (matched to protected residents: 支援措置), on this
// connection. Who is matched is known above this floor: matching supplies it.
using Withheld = std::function<std::set<EntryId>(const api::Call& call, store::Connection& connection)>;
// Runs after a list was imported or an entry changed, before the operation answers.
using AfterChange = std::function<Status(Progress& progress)>;

struct ReceiveRequest;  // requests.h
struct ReceiveAnswer;
struct Arrivals;

class Reception {
 public:
  Reception(town::Town& town, access::Access& access);
  ~Reception();

  // Both before the first operation runs. Whoever wrote an entry is shown it all the same: they know what
  // they wrote, and an entry that vanished behind them would tell that the person is protected.
  void withhold(Withheld withheld);
  void after_change(AfterChange after_change);

  // For concerns above that list entries: those that this caller must not be shown, and those that nobody may
  // see who walks past a list on a wall.
  std::set<EntryId> hidden_from(const api::Call& call, store::Connection& connection) const;
  std::set<EntryId> hidden_from_public(store::Connection& connection) const;

  Result<ReceiveAnswer> receive(api::Call& call, const ReceiveRequest& request);
  // The family, checked; those that are here already are in the answer alone. After they were written:
  // arrived.
  Result<Arrivals> arrivals(const api::Call& call, store::Connection& connection,
                            const ReceiveRequest& request) const;
  Status arrived(const api::Call& call) const;

  void add_operations(api::Catalogue& catalogue);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

std::unique_ptr<journal::View> make_view();

}  // namespace sonae::reception
