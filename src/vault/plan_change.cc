#include "vault/plan_change.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "base/toml_keys.h"
#include "vault/backup_state.h"
#include "vault/plan.h"

namespace sonae::vault {

namespace {

constexpr const char* kFile = "backup.toml";
constexpr const char* kNext = ".next";  // behind its name: the new file, before it takes the place of the old
constexpr const char* kDocument = "docs/backup.md";

std::string path_in(const std::string& directory) {
  return directory + "/" + kFile;
}

Result<std::string> read_file(Env& env, const std::string& directory) {
  if (!env.disk.status(path_in(directory))) return std::string();
  return env.disk.read_all(path_in(directory));
}

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}
std::optional<std::int64_t> number_of(const toml::table& table, std::string_view key) {
  return table[key].value<std::int64_t>();
}
std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
  std::vector<std::string> all;
  if (const toml::array* const list = table[key].as_array())
    for (const toml::node& one : *list)
      all.push_back(one.value_or(std::string()));
  return all;
}

TargetForm target_of(const toml::table& table) {
  return {text_of(table, "name"),       text_of(table, "to"),      text_of(table, "reach"),
          text_of(table, "every"),      text_of(table, "at"),      text_of(table, "late_after"),
          number_of(table, "priority"), number_of(table, "keep"),  text_of(table, "proven_within"),
          texts_of(table, "provers"),   texts_of(table, "without")};
}
ProofForm proof_of(const toml::table& table) {
  return {text_of(table, "of"),
          text_of(table, "identity_file"),
          text_of(table, "reports"),
          text_of(table, "every"),
          text_of(table, "at"),
          text_of(table, "late_after"),
          table["systems"].value_or(false)};
}

std::vector<const toml::table*> tables_of(const toml::table& root, std::string_view kind) {
  std::vector<const toml::table*> all;
  if (const toml::array* const list = root[kind].as_array())
    for (const toml::node& one : *list)
      if (const toml::table* const table = one.as_table()) all.push_back(table);
  return all;
}

// A basic string of TOML is written as one of JSON (RFC 8259 section 7; toml.io, "String"), control
// characters apart.
Status add(std::string& text, const char* key, const std::string& value, const std::string& where) {
  if (value.empty()) return {};
  if (std::ranges::any_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return fail(ErrorCode::invalid_input,
                {"使えない文字があります", "There is a character that cannot stand here"}, where + "." + key);
  text += std::string(key) + " = " + to_text(json::value(value)) + "\n";
  return {};
}
Status add(std::string& text, const char* key, const std::vector<std::string>& values,
           const std::string& where) {
  if (values.empty()) return {};
  std::string list;
  for (const std::string& value : values) {
    std::string one;
    TRY(add(one, "", value, where + "." + key));
    if (one.empty()) continue;  // an empty line of the form
    list += (list.empty() ? "" : ", ") + one.substr(3, one.size() - 4);
  }
  if (!list.empty()) text += std::string(key) + " = [" + list + "]\n";
  return {};
}
void add(std::string& text, const char* key, const std::optional<std::int64_t>& number) {
  if (number) text += std::string(key) + " = " + std::to_string(*number) + "\n";
}

Result<std::string> written(const TargetForm& form) {
  const std::string where = std::string(kFile) + " target";
  std::string text = "[[target]]\n";
  TRY(add(text, "name", form.name, where));
  TRY(add(text, "to", form.to, where));
  TRY(add(text, "reach", form.reach, where));
  TRY(add(text, "every", form.every, where));
  TRY(add(text, "at", form.at, where));
  TRY(add(text, "late_after", form.late_after, where));
  add(text, "priority", form.priority);
  add(text, "keep", form.keep);
  TRY(add(text, "proven_within", form.proven_within, where));
  TRY(add(text, "provers", form.provers, where));
  TRY(add(text, "without", form.without, where));
  return text;
}
Result<std::string> written(const ProofForm& form) {
  const std::string where = std::string(kFile) + " proof";
  std::string text = "[[proof]]\n";
  TRY(add(text, "of", form.of, where));
  TRY(add(text, "identity_file", form.identity_file, where));
  TRY(add(text, "reports", form.reports, where));
  TRY(add(text, "every", form.every, where));
  TRY(add(text, "at", form.at, where));
  TRY(add(text, "late_after", form.late_after, where));
  if (form.systems) text += "systems = true\n";
  return text;
}

// The file by its lines. A table lasts from its header up to the next header; lines of comment right above a
// header belong to that header's table.
class Lines {
 public:
  Lines(std::string_view text, const toml::table& root) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      lines_.emplace_back(text.substr(at, end - at));
      at = end;
    }
    if (!lines_.empty() && !lines_.back().ends_with('\n')) lines_.back() += '\n';
    for (const auto& [name, node] : root) {
      if (node.is_table()) headers_.push_back(node.source().begin.line - 1);
      for (const toml::table* const one : tables_of(root, name.str()))
        headers_.push_back(one->source().begin.line - 1);
    }
    std::ranges::sort(headers_);
  }

  // Puts `block` in the place of the table; empty: the table goes, with the comments above it.
  void replace(const toml::table& table, const std::string& block) {
    const std::size_t header = table.source().begin.line - 1;
    const auto next = std::ranges::upper_bound(headers_, header);
    const std::size_t end = next == headers_.end() ? lines_.size() : begin_of(*next);
    if (block.empty()) return cut(begin_of(header), end, "");
    std::string comments, rest;
    for (std::size_t i = header + 1; i < end; ++i) {
      if (is_comment(i)) comments += lines_[i];
      rest = is_blank(i) ? rest + lines_[i] : "";  // the empty lines at its end
    }
    cut(header, end, block + comments + rest);
  }
  void append(const std::string& block) { lines_.push_back((lines_.empty() ? "" : "\n") + block); }
  std::string text() const {
    std::string all;
    for (const std::string& line : lines_)
      all += line;
    return all;
  }

 private:
  std::string_view trimmed(std::size_t line) const {
    const std::string_view text = lines_[line];
    return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  }
  bool is_comment(std::size_t line) const { return trimmed(line).starts_with('#'); }
  bool is_blank(std::size_t line) const { return trimmed(line).empty(); }
  std::size_t begin_of(std::size_t header) const {
    while (header > 0 && is_comment(header - 1))
      --header;
    return header;
  }
  void cut(std::size_t begin, std::size_t end, const std::string& with) {
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                 lines_.begin() + static_cast<std::ptrdiff_t>(end));
    if (!with.empty()) lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(begin), with);
  }

  std::vector<std::string> lines_;
  std::vector<std::size_t> headers_;  // their lines, from 0
};

// A form's values as they are told; what is left out of the file is empty, false or absent in it.
std::string told(const json::value& value) {
  const bool left_out = value.is_null() || (value.is_string() && value.as_string().empty()) ||
                        (value.is_array() && value.as_array().empty()) ||
                        (value.is_bool() && !value.as_bool());
  return left_out ? "" : to_text(value);
}

template <class Form>
PlanDifference difference(const std::string& before_name, const Form& before, const std::string& after_name,
                          const Form& after) {
  PlanDifference made{before_name, after_name, {}};
  const json::value was = to_json(before), is = to_json(after);
  for (const auto& [key, value] : is.as_object()) {
    const json::value* const earlier = was.as_object().if_contains(key);
    const std::string one = earlier == nullptr ? "" : told(*earlier), other = told(value);
    if (one != other) made.keys.push_back({std::string(key), one, other});
  }
  for (const auto& [key, value] : was.as_object())
    if (!is.as_object().contains(key) && !told(value).empty())
      made.keys.push_back({std::string(key), told(value), ""});
  return made;
}

Status forget_runs(Env& env, const std::string& directory, Kind kind, const std::string& target) {
  if (!env.disk.status(directory + "/backups.json")) return {};
  return change_backup_state(env, directory, [&](BackupState& state) {
    std::erase_if(state.targets, [&](const TargetState& one) {
      return one.target == target && one.kind.value_or(Kind::town) == kind;
    });
  });
}

}  // namespace

Result<std::string> plan_seen(Env& env, const std::string& directory) {
  return sha256(TRY(read_file(env, directory))).hex();
}

Result<PlanForm> plan_form(Env& env, const std::string& directory) {
  const std::string text = TRY(read_file(env, directory));
  const Plan plan = TRY(parse_plan(text, kFile));
  const toml::table root = TRY(parse_toml(text, kFile, kDocument));
  PlanForm form{sha256(text).hex(), {}, {}, {}};
  for (const toml::table* const one : tables_of(root, "target"))
    form.targets.push_back(target_of(*one));
  for (const toml::table* const one : tables_of(root, "proof"))
    form.proofs.push_back(proof_of(*one));
  for (const PlannedSystem& one : plan.systems)
    form.in_file_only.push_back(one.name);
  for (const Guest& one : plan.guests)
    form.in_file_only.push_back(one.name);
  return form;
}

Status change_plan(Env& env, const std::string& directory, PlanTable table, const PlanChange& change,
                   const RecordOfPlan& record) {
  const std::string text = TRY(read_file(env, directory));
  TRY(parse_plan(text, kFile));
  if (sha256(text).hex() != change.seen)
    return fail(ErrorCode::conflict, {"予定が、その間に変えられています", "The plan was changed meanwhile"},
                kFile, {"読み直してから、もう一度変えてください", "Read it again, then change it"});
  const bool of_target = table == PlanTable::target;
  const toml::table root = TRY(parse_toml(text, kFile, kDocument));
  std::string block, now;
  if (of_target && change.target) {
    block = TRY(written(*change.target));
    now = change.target->to;
  } else if (!of_target && change.proof) {
    block = TRY(written(*change.proof));
    now = change.proof->of;
  }
  Lines lines(text, root);
  TargetForm target_before;
  ProofForm proof_before;
  if (change.before.empty()) {
    if (block.empty())
      return fail(ErrorCode::invalid_input, {"何も変わりません", "Nothing is changed"}, "before");
    lines.append(block);
  } else {
    const auto tables = tables_of(root, of_target ? "target" : "proof");
    const auto found = std::ranges::find_if(tables, [&](const toml::table* one) {
      return text_of(*one, of_target ? "to" : "of") == change.before;
    });
    if (found == tables.end())
      return fail(ErrorCode::not_found, {"予定にありません", "The plan has no such entry"}, change.before);
    if (of_target)
      target_before = target_of(**found);
    else
      proof_before = proof_of(**found);
    lines.replace(**found, block);
  }
  TRY(parse_plan(lines.text(), kFile));
  const PlanDifference what =
      of_target ? difference(change.before, target_before, now, change.target.value_or(TargetForm{}))
                : difference(change.before, proof_before, now, change.proof.value_or(ProofForm{}));
  const std::string next = path_in(directory) + kNext;
  const bool forgets = !change.before.empty() && change.before != now;
  const auto put_in_place = [&]() -> Status {
    TRY(env.disk.write_whole(next, lines.text(), true));
    TRY(record(what));
    if (forgets) TRY(forget_runs(env, directory, of_target ? Kind::town : Kind::proof, change.before));
    // What takes room has been done: a full disk cannot strike any more.
    return env.disk.rename(next, path_in(directory));
  };
  Status changed = put_in_place();
  if (!changed) static_cast<void>(env.disk.remove(next));
  return changed;
}

}  // namespace sonae::vault
