#include "vault/erasures.h"

#include <algorithm>
#include <set>

#include "journal/entries.h"
#include "journal/erasing.h"
#include "town/erasure/facts.h"
#include "vault/signed_text.h"

namespace sonae::vault {

namespace {

constexpr std::size_t kFactsInOrder = 200;
// Clocks of several nodes may disagree by some days.
constexpr std::int64_t kWeek = std::int64_t{7} * 24 * 3'600'000;

struct NamedList {
  std::string name;
  ErasureList list;
};

Result<std::vector<NamedList>> read_lists(Target& target, const TownId& town,
                                          std::vector<std::string>& problems) {
  std::vector<NamedList> all;
  for (const std::string& file : TRY(target.list(std::string(kErasures)))) {
    const std::string name = std::string(kErasures) + "/" + file;
    const auto note = target.read(name);
    auto list = note ? read_document<ErasureList>(*note) : std::unexpected(note.error());
    if (!list)
      problems.push_back(name + ": " + list.error().in(Language::english));
    else if (list->town == town)
      all.push_back({name, std::move(*list)});
  }
  return all;
}

}  // namespace

Status write_erasures(Env& env, Target& target, const TownId& town, const SigningKey& key,
                      store::Connection& connection) {
  std::set<FactId> erased;
  for (const journal::Fact& fact : journal::facts_about(connection, journal::kErasureOrders))
    if (journal::orders_erasure(fact.header))
      erased.insert(fact.header.supersedes.begin(), fact.header.supersedes.end());
  if (erased.empty()) return {};
  std::vector<std::string> unreadable;  // as if they were not there: what they name is listed once more
  for (const NamedList& one : TRY(read_lists(target, town, unreadable)))
    for (const FactId& fact : one.list.facts)
      erased.erase(fact);
  if (erased.empty()) return {};
  ErasureList list;
  list.town = town;
  list.node = node_id_of(key.public_key());
  list.key = to_base64(key.public_key().bytes());
  list.made = env.clock.now();
  list.facts.assign(erased.begin(), erased.end());
  return target.write(
      std::string(kErasures) + "/" + compact_time(list.made) + "-" + list.node.text() + ".json",
      sign_text(to_text(to_json(list)), town, key));
}

Result<std::vector<FactId>> erase_again(town::Town& town, Target& target, const Manifest& manifest,
                                        std::vector<std::string>& problems) {
  std::set<FactId> named;
  for (const NamedList& one : TRY(read_lists(target, manifest.town, problems))) {
    const bool belongs =
        one.list.node == manifest.node ||
        std::ranges::find(manifest.heads, one.list.node, &BackupHead::node) != manifest.heads.end();
    if (!belongs)
      problems.push_back(one.name + " is of a node that the backup does not know; it was not followed");
    else
      named.insert(one.list.facts.begin(), one.list.facts.end());
  }
  {
    // A restore that was cut off has ordered them before.
    const auto connection = town.journal().reader();
    std::erase_if(named, [&](const FactId& id) {
      journal::Header header;
      header.id = id;
      return journal::is_ordered_erased(*connection, header);
    });
  }
  const std::vector<FactId> all(named.begin(), named.end());
  for (std::size_t at = 0; at < all.size(); at += kFactsInOrder) {
    journal::Draft draft;
    const auto some = std::span(all).subspan(at, std::min(kFactsInOrder, all.size() - at));
    draft.stream = journal::Stream::urgent;
    draft.kind = journal::kErasureOrdered;
    draft.subjects = {journal::kErasureOrders};
    draft.supersedes = {some.begin(), some.end()};
    draft.body = to_text(to_json(erasure::Ordered{"消去の一覧", "控えを戻すとき", {}, {}}));
    journal::Batch batch;
    batch.drafts.push_back(std::move(draft));
    TRY(town.journal().append(std::move(batch)));
  }
  return all;
}

std::uint64_t count_here(store::Connection& connection, const std::vector<FactId>& facts) {
  std::set<FactId> by_the_backup;
  for (const journal::Fact& fact : journal::facts_about(connection, journal::kErasureOrders))
    if (fact.header.subjects.size() > 1)
      by_the_backup.insert(fact.header.supersedes.begin(), fact.header.supersedes.end());
  return static_cast<std::uint64_t>(std::ranges::count_if(facts, [&](const FactId& id) {
    return !by_the_backup.contains(id) && journal::fact(connection, id).has_value();
  }));
}

Status retain_erasures(Target& target, const TownId& town) {
  std::vector<std::string> problems;
  const auto manifests = TRY(read_manifests(target, problems));
  if (!problems.empty() || manifests.empty()) return {};
  const auto oldest = std::ranges::min(manifests, {}, [](const NamedManifest& one) {
                        return one.manifest.made;
                      }).manifest.made;
  for (const NamedList& one : TRY(read_lists(target, town, problems)))
    if (one.list.made.milliseconds + kWeek < oldest.milliseconds) TRY(target.remove(one.name));
  return {};
}

}  // namespace sonae::vault
