// The linkage index over the current residents, and search as you type through it.
#include <algorithm>

#include "town/registry/inside.h"

namespace sonae::registry {
namespace {

constexpr std::string_view kPrefix = "people-";
constexpr std::string_view kSuffix = ".link";

// The index is derived and named by the version it shows: others are of the past.
void remove_old(Env& env, const std::string& directory, const std::string& keep) {
  const auto names = env.disk.list(directory);
  if (!names) return;
  for (const std::string& name : *names)
    if (name.starts_with(kPrefix) && name.ends_with(kSuffix) && name != keep)
      // One that stays behind costs space and nothing else.
      if (const auto removed = env.disk.remove(directory + "/" + name); !removed) return;
}

}  // namespace

Result<link::Registry> Registry::Inside::build_people(store::Connection& connection, const State& now,
                                                      Progress& progress) {
  const Phrase step{"検索の準備をしています", "Preparing the search"};
  // The town outlives the index: the gazetteer is only borrowed.
  const std::shared_ptr<const text::Gazetteer> gazetteer(std::shared_ptr<void>(), &town.gazetteer());
  const std::shared_ptr<const text::Tables> tables(std::shared_ptr<void>(), &town.tables());
  const link::Context context{tables, gazetteer, town.today()};
  const std::string directory = town.directory() + "/index";
  const std::string name = std::string(kPrefix) + now.version + std::string(kSuffix);
  if (auto saved = link::Registry::open(town.env(), directory + "/" + name, context))
    return std::move(*saved);

  const auto total = static_cast<std::uint64_t>(now.current()->body.counts.people);
  link::RegistryBuilder builder(context, total);
  std::vector<std::string_view> other_names;
  std::uint64_t done = 0;
  for_each(connection, now, [&](const ResidentRow& row) {
    if (row.lives_here()) builder.add(to_link_record(row, other_names));
    if ((++done & 0x3FFF) == 0) progress.report(step, done, total);
  });
  link::Registry people = builder.finish();
  // Without the saved file the next start builds again: no reason to fail.
  if (people.save(town.env(), directory + "/" + name)) remove_old(town.env(), directory, name);
  return people;
}

Result<std::shared_ptr<const PeopleIndex>> Registry::Inside::people(Progress& progress) {
  const std::lock_guard one_builds(people_mutex);
  const StatePtr now = state();
  if (!now->current()) return nullptr;
  if (people_ && people_->version == now->version) return people_;
  const auto connection = town.journal().reader();
  people_.reset();  // two of a million at once would be too many
  people_ = std::make_shared<const PeopleIndex>(now->version, TRY(build_people(*connection, *now, progress)));
  const std::lock_guard lock(mutex);
  people_version_ = people_->version;
  return people_;
}

std::string Registry::Inside::people_version() {
  const std::lock_guard lock(mutex);
  return people_version_;
}

Result<ResidentList> Registry::search(api::Call& call, const SearchRequest& request) {
  const auto people = TRY(inside_->people(call.progress));
  const StatePtr now = inside_->state();
  const Date today = inside_->town.today();
  ResidentList list;
  std::vector<std::string> shown;
  if (people) {
    const OutputFilter shown_to = inside_->filter(*now, call.actor, today);
    link::SearchOptions options;
    options.limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit.value_or(20), 0, 1000));
    options.allowed = [&](std::string_view id) { return shown_to.may_show(id); };
    const auto connection = inside_->town.journal().reader();
    const std::vector<link::Found> all_found = people->search.find(request.text, options);
    list.residents.reserve(all_found.size());
    shown.reserve(all_found.size());
    for (const link::Found& found : all_found)
      inside_->find(*connection, *now, found.resident, [&](const ResidentRow& row) {
        list.residents.push_back(to_resident(row, today));
        list.residents.back().protected_person = shown_to.shows_as_protected(row.id);
        shown.push_back(access::shown(list.residents.back().id));
      });
  }
  TRY(inside_->access.record_look(call, "registry.search", std::move(shown)));
  return list;
}

}  // namespace sonae::registry
