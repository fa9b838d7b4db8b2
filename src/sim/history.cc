#include "sim/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/world.h"
#include "town/nodes/nodes.h"

namespace sonae::sim {

namespace {

struct KeptOutput final : api::OutputFile {
  Bytes bytes;
  Status write(BytesView piece) override {
    bytes += piece;
    return {};
  }
};

constexpr std::int64_t kStepMs = 45'000;
constexpr std::uint64_t kLate = 20;  // steps that a stick lies

}  // namespace

World::World(const HistoryPlan& plan, std::string data_directory)
    : plan_(plan),
      data_(std::move(data_directory)),
      dice_(plan.sabotage == Sabotage::chance_from_outside ? from_big_endian(real_env().random.bytes(8))
                                                           : plan.seed * 1'000'003),
      people_(make_people(plan.seed, data_)),
      ledger_(plan.machines),
      focus_(focus_of(plan)),
      shelf_(data_) {
  outcome_.sabotaged = plan_.sabotage == Sabotage::chance_from_outside;
  for (const std::string& operation : operations_tried())
    outcome_.coverage.expect(operation);
  for (std::size_t i = 0; i < plan_.machines; ++i) {
    Seat& seat = seats_.emplace_back();
    seat.machine = std::make_unique<Machine>("machine" + std::to_string(i), dice_.next(), data_);
    if (plan_.sabotage == Sabotage::database_forgets_syncs) seat.machine->database.lie_about_syncs(true);
    if (plan_.sabotage == Sabotage::files_forget_syncs && i > 0) seat.machine->files.lie_about_syncs(true);
  }
  Machine& founder = machine(0);
  const Status made = town::Town::init(founder.env, Machine::kDirectory, "304280", "串本町", true);
  if (!made) found("the town cannot be made: " + made.error().in(Language::english));
  bring_up(0);
  if (!founder.service->access().enrol_first("root", "管理者")) found("nobody can be enrolled");
  ledger_.note_own(0, founder, 0, "access.enrol_first", true);
  prepare_shelf();
}

void World::found(std::string finding) {
  if (outcome_.findings.empty()) outcome_.found_at = step_;
  outcome_.findings.push_back(std::move(finding));
  note("FOUND " + outcome_.findings.back());
}

void World::end(std::string finding) {
  found(std::move(finding));
  throw Over();
}

void World::note(const std::string& line) {
  outcome_.digest = sha256({outcome_.digest.bytes(), line});
  if (plan_.tell) plan_.tell(fmt::format("{:>4} {}", step_, line));
}

void World::somebody_acts(std::size_t index) {
  const auto wanted = step_ == 0            ? std::optional<std::string>("registry.import")
                      : dice_.below(4) == 0 ? std::nullopt
                                            : operation_to_try();
  if (wanted && step_ > 0) prepare(index, *wanted);
  somebody_does(index, wanted);
  carry_on(index);
}

// Any operation where none is wanted.
void World::somebody_does(std::size_t index, const std::optional<std::string>& wanted) {
  Seat& seat = seats_[index];
  Machine& at = *seat.machine;
  const std::uint64_t before = at.database.operations();
  // The power fails somewhere within the operation, or shortly after it.
  const bool often = focus_ == Fault::power_cut;
  const bool cut = !preparing_ && (often ? dice_.below(4) != 0 : dice_.below(20) == 0);
  if (cut) at.database.cut_at(before + dice_.below(often ? 6 : 10 + usual_cost_));
  // The receipt of a lying disk: what it says to have synced follows with the next operation.
  const bool too_early = plan_.sabotage == Sabotage::acknowledged_before_sync;
  at.database.lie_about_syncs(too_early || plan_.sabotage == Sabotage::database_forgets_syncs);
  Act made = wanted ? act(*wanted, at, people_, dice_) : act(at, people_, dice_);
  if (plan_.sabotage == Sabotage::undo_forgotten && made.operation == "reception.undo_change") {
    made = {made.operation, true, "done", {dice_.id<FactId>()}};
    outcome_.sabotaged = true;
  }
  note(fmt::format("{} {} {}", at.name, made.operation, made.outcome));
  if (made.outcome == "internal") found(made.operation + " ended in an internal error");
  std::set<Fault> met = seat.troubles;
  if (cut && at.lost_power()) met.insert(Fault::power_cut);
  outcome_.coverage.met(made.operation, met);
  if (dice_.below(3) == 0) seat.troubles.erase(Fault::restarted);
  at.database.lie_about_syncs(plan_.sabotage == Sabotage::database_forgets_syncs);
  if (made.done && !cut) usual_cost_ = (usual_cost_ * 3 + at.database.operations() - before) / 4;
  if (made.done)
    for (const FactId& receipt : made.receipts)
      ledger_.note_receipt(index, step_, made.operation, receipt);
  if (made.done && !made.receipts.empty()) seat.unsure = false;
  if (made.done) seat.untold.push_back(made.operation);
  if (made.done && made.operation == "nodes.revoke") note_revoked(index);
  try {
    // Where the power is gone the log cannot be read: what was acknowledged before it went is known all the
    // same by its receipts.
    if (!at.lost_power()) ledger_.note_own(index, at, step_, made.operation, made.done);
  } catch (const store::StoreError& failure) {
    note("cannot be read: " + std::string(kind_of(failure.error().code).name));
  }
  if (cut) power_cut(index);
}

// Whoever was taken out of the town works on all the same.
void World::note_revoked(std::size_t by) {
  for (Seat& seat : seats_) {
    const auto known = machine(by).service->nodes().find(seat.machine->node());
    if (known && known->standing == nodes::Standing::revoked) seat.troubles.insert(Fault::revoked);
  }
}

void World::two_exchange(std::size_t one, std::size_t other, Line line) {
  if (plan_.sabotage == Sabotage::stream_left_out) {
    line.streams.erase(journal::Stream::restricted);
    outcome_.sabotaged = true;
  }
  if (plan_.sabotage == Sabotage::others_logs_not_passed_on) {
    outcome_.sabotaged = true;
    line.tamper = [](Bytes& frame) {
      auto read = sync::decode(frame);
      auto* const hello = read ? std::get_if<sync::Hello>(&*read) : nullptr;
      if (hello == nullptr) return;
      std::erase_if(hello->heads, [&](const sync::Head& head) { return head.node != hello->node; });
      frame = sync::encode(*read);
    };
  }
  const Carried carried = exchange(machine(one), machine(other), line, dice_);
  note(fmt::format("{} and {} exchange: {}{} {} facts, {} problems", machine(one).name, machine(other).name,
                   carried.refused ? "refused " : "", carried.finished ? "finished" : "broken off",
                   carried.facts, carried.problems.size()));
  for (const std::string& problem : carried.problems)
    note("  " + problem);
  for (const std::size_t index : {one, other}) {
    for (const std::string& operation : seats_[index].untold)
      outcome_.coverage.met(operation, carried.faults);
    if (carried.finished && !line.one_way) seats_[index].untold.clear();
    seats_[index].unsure = seats_[index].unsure || carried.troubled.contains(&machine(index));
    if (!machine(index).lost_power()) after_exchange(index);
  }
  for (const std::size_t index : {one, other}) {
    if (machine(index).lost_power())
      power_cut(index);
    else if (!seats_[index].troubles.contains(Fault::cloned))
      ledger_.note_given(index, machine(index).node());
  }
}

void World::after_exchange(std::size_t index) {
  try {
    ledger_.note_own(index, machine(index), step_, "exchange", false);
    if (!seats_[index].unsure) ledger_.note_taken(index, machine(index));
    // Of two machines with one key, one may have given what the other never had.
    if (!seats_[index].troubles.contains(Fault::cloned)) ledger_.note_given(index, machine(index).node());
  } catch (const store::StoreError& failure) {
    note("cannot be read: " + std::string(kind_of(failure.error().code).name));
  }
}

Line World::bad_line(bool lean) {
  Line line;
  const auto percent = [&] { return dice_.below(3) == 0 ? dice_.below(30) : 0; };
  line.lost = percent();
  line.delayed = percent();
  line.doubled = percent();
  line.swapped = percent();
  if (dice_.below(5) == 0) line.altered = 1 + dice_.below(10);
  if (dice_.below(4) == 0) line.break_after = static_cast<std::int64_t>(dice_.below(20));
  line.one_way = dice_.below(6) == 0;
  if (!lean) return line;
  // The kind that this history leans towards.
  if (focus_ == Fault::frames_lost) line.lost = 30;
  if (focus_ == Fault::frames_delayed) line.delayed = 40;
  if (focus_ == Fault::frames_doubled) line.doubled = 40;
  if (focus_ == Fault::frames_swapped) line.swapped = 60;
  if (focus_ == Fault::frames_altered) line.altered = 20;
  if (focus_ == Fault::line_broke) line.break_after = static_cast<std::int64_t>(2 + dice_.below(6));
  if (focus_ == Fault::one_way) line.one_way = true;
  return line;
}

bool World::write_stick(std::size_t index, std::size_t to) {
  if (to == index) return false;
  Stick stick;
  stick.from = index;
  stick.to = to;
  stick.made_at = step_;
  KeptOutput output;
  api::Call call;
  const auto actor = machine(index).service->access().actor("root");
  if (!actor) {
    note(machine(index).name + " writes no stick: nobody may");
    return false;
  }
  call.actor = *actor;
  call.output = &output;
  sync::BundleExport request;
  request.to = {machine(stick.to).node().text()};
  if (dice_.below(3) == 0) request.most_bytes = 3000;  // only a first part
  Result<sync::BundleExported> written = fail(ErrorCode::internal, {"", ""});
  try {
    written = sync::export_bundle(*machine(index).service, call, request);
  } catch (const store::StoreError& failure) {
    written = std::unexpected(failure.error());
  }
  note(fmt::format("{} writes a stick for {}: {}", machine(index).name, machine(stick.to).name,
                   written ? "done" : std::string(kind_of(written.error().code).name)));
  after_exchange(index);
  if (!written) return false;
  stick.file = std::move(output.bytes);
  stick.operations = seats_[index].untold;
  sticks_.push_back(std::move(stick));
  if (sticks_.size() > (focus_ == Fault::stick_late ? 60 : 12)) sticks_.erase(sticks_.begin());
  return true;
}

// Whoever finds a stick puts it in, be it old, used or damaged.
void World::read_stick() {
  if (sticks_.empty()) return;
  const bool damaged = dice_.below(focus_ == Fault::stick_damaged ? 2 : 4) == 0;
  if (focus_ != Fault::stick_late) return read_stick(sticks_[dice_.below(sticks_.size())], damaged);
  // Those that lay long enough, all at once.
  for (Stick& stick : sticks_)
    if (!stick.used && step_ - stick.made_at > kLate) read_stick(stick, damaged);
}

void World::read_stick(Stick& stick, bool damaged) {
  std::set<Fault> met;
  Bytes file = stick.file;
  if (stick.used) met.insert(Fault::stick_twice);
  if (step_ - stick.made_at > kLate) met.insert(Fault::stick_late);
  if (damaged && !file.empty()) {
    met.insert(Fault::stick_damaged);
    if (dice_.below(2) == 0) {
      file.resize(dice_.below(file.size()));
    } else {
      char& struck = file[dice_.below(file.size())];
      struck = static_cast<char>(static_cast<unsigned char>(struck) ^ (1U << dice_.below(8)));
    }
  }
  Result<sync::BundleImported> read = fail(ErrorCode::internal, {"", ""});
  try {
    read = sync::import_bundle(*machine(stick.to).service, file);
  } catch (const store::StoreError& failure) {
    read = std::unexpected(failure.error());
  }
  note(fmt::format("{} reads a stick: {}", machine(stick.to).name,
                   read ? fmt::format("{} facts, {} problems", read->facts, read->problems.size())
                        : std::string(kind_of(read.error().code).name)));
  if (!read && read.error().code == ErrorCode::internal) found("reading a stick ended in an internal error");
  stick.used = true;
  Seat& reader = seats_[stick.to];
  reader.unsure = reader.unsure || !read || !read->problems.empty();
  for (const std::string& operation : stick.operations)
    outcome_.coverage.met(operation, met);
  after_exchange(stick.to);
}

void World::hear_of_nodes() {
  const NodeId node = machine(any_machine()).node();
  if (std::ranges::find(people_.nodes, node) == people_.nodes.end()) people_.nodes.push_back(node);
}

void World::step() {
  ++step_;
  const std::int64_t passed = 1'000 + static_cast<std::int64_t>(dice_.below(kStepMs));
  now_.milliseconds += passed;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const bool drifts = seats_[i].troubles.contains(Fault::clock_drifts);
    machine(i).clock.advance_ms(drifts ? passed + passed * (i % 2 == 0 ? 1 : -1) / 3 : passed);
  }
  hear_of_nodes();
  lean();
  if (!outcome_.findings.empty()) return;
  const std::uint64_t what = dice_.below(100);
  if (what < 58) return somebody_acts(dice_.below(4) == 0 ? any_machine() : machine_to_try());
  const std::size_t index = any_machine();
  if (what < 60) return back_up(index);
  if (what < (leans_on_sticks() ? 66 : 78)) {
    const std::size_t other = any_machine();
    if (index == other) return;
    for (const std::size_t one : {index, other})
      if (seats_[one].troubles.contains(Fault::cut_off)) return note(machine(one).name + " is cut off");
    return two_exchange(index, other, bad_line(dice_.below(2) == 0));
  }
  if (what < (leans_on_sticks() ? 76 : 83)) {
    write_stick(index, any_machine());
    return;
  }
  if (what < 89) return read_stick();
  trouble(index);
}

void World::go_through() {
  somebody_acts(0);
  for (std::size_t i = 1; i < seats_.size(); ++i)
    join(i);
  while (step_ < plan_.steps && outcome_.findings.empty())
    step();
  ++step_;
  if (focus_ == Fault::stick_late && outcome_.findings.empty()) read_stick();
  if (outcome_.findings.empty()) disagree();
  if (outcome_.findings.empty()) heal();
  if (outcome_.findings.empty()) {
    const std::vector<std::size_t> all = members();
    outcome_.members = all.size();
    compare(all);
  }
  if (outcome_.findings.empty()) prove();
}

HistoryOutcome World::live() {
  try {
    go_through();
  } catch (const Over&) {
    note("a machine is down for good");
  }
  outcome_.acknowledged = ledger_.promises().size();
  outcome_.gone = ledger_.excused_count();
  return std::move(outcome_);
}

HistoryOutcome live_through(const HistoryPlan& plan, const std::string& data_directory) {
  return World(plan, data_directory).live();
}

}  // namespace sonae::sim
