#include "vault/plan.h"

#include <algorithm>
#include <set>

#include "base/toml_keys.h"
#include "vault/manifest.h"

namespace sonae::vault {

namespace {

constexpr const char* kDocument = "docs/backup.md";

std::unexpected<Error> wrong(const std::string& where, const Phrase& what) {
  return fail(ErrorCode::invalid_input, what, where,
              {std::string(kDocument) + " を見て直してください", std::string("See ") + kDocument});
}

// The values that a plan knows beside TOML's own.
class Keys : public TomlKeys {
 public:
  Keys(const toml::table& table, std::string where) : TomlKeys(table, std::move(where), kDocument) {}

  Result<std::optional<std::int64_t>> duration(std::string_view key) {
    const std::string text = TRY(this->text(key));
    if (text.empty()) return std::optional<std::int64_t>{};
    const auto value = parse_duration(text);
    if (!value) return wrong(at(key), value.error().what);
    return std::optional(*value);
  }
  Result<Schedule> schedule() {
    const auto period = TRY(duration("every"));
    const std::string time = TRY(text("at"));
    const auto late = TRY(duration("late_after"));
    if (period.has_value() != time.empty())
      return wrong_here({"every か at のどちらか一つが必要です", "either every or at is needed"});
    Schedule made;
    if (period) {
      made = every(*period);
    } else {
      const auto minutes = parse_time_of_day(time);
      if (!minutes) return wrong(at("at"), minutes.error().what);
      made = daily_at(*minutes);
    }
    if (late) made.late_after_ms = *late;
    return made;
  }
  Result<Reach> reach() {
    const std::string word = TRY(text("reach"));
    if (word.empty() || word == "near") return Reach::near;
    if (word == "remote") return Reach::remote;
    return wrong(at("reach"), {"near か remote です", "near or remote is expected"});
  }
};

Result<PlannedTarget> read_target(Keys& keys) {
  PlannedTarget target;
  target.name = TRY(keys.text("name", true));
  target.to = TRY(keys.text("to", true));
  target.reach = TRY(keys.reach());
  target.when = TRY(keys.schedule());
  target.priority = TRY(keys.number("priority", 0)).value_or(target.priority);
  target.keep = TRY(keys.number("keep", 1));
  target.provers = TRY(keys.texts("provers"));
  target.proven_within_ms = TRY(keys.duration("proven_within"));
  for (const std::string& part : TRY(keys.texts("without"))) {
    if (part != kLooks)
      return wrong(keys.at("without"),
                   {"除けるのは looks（閲覧の記録）だけです。ほかを除くと、町を正しく戻せません",
                    "only \"looks\" can be left out: without anything else the town could not be restored"});
    target.looks = false;
  }
  return target;
}

Result<PlannedSystem> read_system(Keys& keys) {
  PlannedSystem system;
  system.name = TRY(keys.text("name", true));
  system.repository = TRY(keys.text("repository", true));
  system.password_file = TRY(keys.text("password_file", true));
  system.paths = TRY(keys.texts("paths"));
  system.exclude = TRY(keys.texts("exclude"));
  system.dump = TRY(keys.text("dump"));
  system.image = TRY(keys.text("image"));
  system.reach = TRY(keys.reach());
  system.when = TRY(keys.schedule());
  system.priority = TRY(keys.number("priority", 0)).value_or(system.priority);
  system.keep = TRY(keys.number("keep", 1));
  if (int{!system.paths.empty()} + int{!system.dump.empty()} + int{!system.image.empty()} != 1)
    return wrong(keys.at("paths"),
                 {"paths、dump、image のどれか一つが必要です", "one of paths, dump and image is needed"});
  // restic takes what begins with a dash for an option.
  for (const std::string& path : system.paths)
    if (!path.starts_with('/'))
      return wrong(keys.at("paths"), {"/ で始まる道が必要です", "absolute paths are expected"});
  return system;
}

Result<PlannedProof> read_proof(Keys& keys) {
  PlannedProof proof;
  proof.of = TRY(keys.text("of", true));
  proof.identity_file = TRY(keys.text("identity_file", true));
  proof.reports = TRY(keys.text("reports"));
  proof.when = TRY(keys.schedule());
  proof.systems = TRY(keys.truth("systems"));
  return proof;
}

Result<Guest> read_guest(Keys& keys) {
  Guest guest;
  guest.name = TRY(keys.text("name", true));
  const auto town = TownId::parse(TRY(keys.text("town", true)));
  if (!town) return wrong(keys.at("town"), {"町の番号ではありません", "this is no id of a town"});
  guest.town = *town;
  guest.nodes = TRY(keys.texts("nodes"));
  if (guest.nodes.empty()) return wrong(keys.at("nodes"), {"この項目が必要です", "this key is needed"});
  guest.provers = TRY(keys.texts("provers"));
  guest.folder = TRY(keys.text("folder", true));
  if (!guest.folder.starts_with('/'))
    return wrong(keys.at("folder"), {"/ で始まる道が必要です", "an absolute path is expected"});
  const auto limit = TRY(keys.number("limit_gb", 1));
  if (!limit) return wrong(keys.at("limit_gb"), {"この項目が必要です", "this key is needed"});
  guest.limit_bytes = static_cast<std::uint64_t>(*limit) * 1'000'000'000;
  return guest;
}

// [[kind]] tables, each read by `read`.
template <class One>
Status read_all(const toml::table& root, const std::string& where, const char* kind,
                Result<One> (*read)(Keys&), std::vector<One>& into) {
  const toml::node* const node = root.get(kind);
  if (node == nullptr) return {};
  const std::string at = where + " " + kind;
  if (node->as_array() == nullptr)
    return wrong(
        at, {"[[" + std::string(kind) + "]] と書いてください", "write it as [[" + std::string(kind) + "]]"});
  for (const toml::node& one : *node->as_array()) {
    const toml::table* const table = one.as_table();
    if (table == nullptr) return wrong(at, {"表が必要です", "a table is expected"});
    Keys keys(*table, at + " " + std::to_string(into.size() + 1));
    into.push_back(TRY(read(keys)));
    TRY(keys.no_others());
  }
  return {};
}

Status each_once(const Plan& plan, const std::string& where) {
  std::set<std::string> seen;
  for (const PlannedTarget& one : plan.targets)
    if (!seen.insert(one.to).second || !seen.insert("name " + one.name).second)
      return wrong(where + " target " + one.name,
                   {"同じ場所か名前が二つあります", "this place or name stands twice"});
  for (const PlannedSystem& one : plan.systems)
    if (!seen.insert(one.label()).second)
      return wrong(where + " system " + one.name, {"同じものが二つあります", "this one stands twice"});
  for (const PlannedProof& one : plan.proofs)
    if (!seen.insert("proof " + one.of).second)
      return wrong(where + " proof " + one.of, {"同じものが二つあります", "this one stands twice"});
  return {};
}

}  // namespace

Result<Plan> parse_plan(std::string_view toml, const std::string& where) {
  const toml::table root = TRY(parse_toml(toml, where, kDocument));
  Plan plan;
  Keys keys(root, where);
  for (const char* const kind : {"target", "system", "proof", "guest"})
    keys.find(kind);
  plan.tell = TRY(keys.texts("tell"));
  for (const std::string& address : plan.tell)
    if (address.find('@') == std::string::npos || address.find_first_of(" \r\n<>,") != std::string::npos)
      return wrong(keys.at("tell"), {"メールの宛先が必要です", "addresses of mail are expected"});
  TRY(read_all(root, where, "target", read_target, plan.targets));
  TRY(read_all(root, where, "system", read_system, plan.systems));
  TRY(read_all(root, where, "proof", read_proof, plan.proofs));
  TRY(read_all(root, where, "guest", read_guest, plan.guests));
  TRY(keys.no_others());
  TRY(each_once(plan, where));
  return plan;
}

Result<Plan> read_plan(Env& env, const std::string& directory) {
  const std::string path = directory + "/backup.toml";
  if (!env.disk.status(path)) return Plan{};
  return parse_plan(TRY(env.disk.read_all(path)), path);
}

}  // namespace sonae::vault
