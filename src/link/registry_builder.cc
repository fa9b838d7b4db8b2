#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "link/index.h"
#include "link/keys.h"
#include "link/reader.h"
#include "link/registry.h"

namespace sonae::link {

// Towns are known only when all addresses have been seen: until then a resident's town is the number of its
// head (the address before its first number) in `heads`, plus one.
struct RegistryBuilder::State {
  struct Head {
    std::string written;
    std::string postcode;  // of the first resident there
    std::uint32_t residents = 0;
  };

  explicit State(Context with) : context(std::move(with)) {}
  std::uint32_t head_number(std::string_view head, std::string_view postcode);

  Context context;
  WordCache cache;
  std::vector<Features> features;
  std::vector<std::uint64_t> id_ends;
  std::string id_text;
  std::vector<Head> heads;
  std::unordered_map<std::uint64_t, std::uint32_t> head_numbers;
  std::unordered_set<std::uint64_t> ids;
  bool any_unsplit = false;
};

std::uint32_t RegistryBuilder::State::head_number(std::string_view head, std::string_view postcode) {
  if (head.empty()) return 0;
  const auto [at, is_new] =
      head_numbers.try_emplace(hash_text(head), static_cast<std::uint32_t>(heads.size()) + 1);
  if (is_new) heads.push_back({std::string(head), postcode_digits(postcode), 0});
  ++heads[at->second - 1].residents;
  return at->second;
}

RegistryBuilder::RegistryBuilder(Context context, std::size_t expected)
    : state_(std::make_unique<State>(std::move(context))) {
  state_->features.reserve(expected);
  state_->id_ends.reserve(expected);
  state_->ids.reserve(expected);
}

RegistryBuilder::~RegistryBuilder() = default;

void RegistryBuilder::add(const Record& resident) {
  State& s = *state_;
  if (!s.ids.insert(hash_text(resident.id)).second) return;
  const auto append = [&](const Features& f) {
    s.any_unsplit |= (f.flags & (Features::kanji_unsplit | Features::kana_unsplit)) != 0;
    s.features.push_back(f);
    s.id_text += resident.id;
    s.id_ends.push_back(s.id_text.size());
  };
  Features f;
  read_all_but_town(s.context, resident, s.cache, nullptr, f);
  f.town = s.head_number(split_address(resident.address).head, resident.postcode);
  append(f);
  for (const std::string_view name : resident.other_names) {
    if (name.empty()) continue;
    Features other = f;
    read_other_name(s.context, name, s.cache, nullptr, other);
    other.flags |= Features::alias;
    append(other);
  }
}

Registry RegistryBuilder::finish(unsigned threads) {
  State& s = *state_;
  Places places;
  for (const State::Head& head : s.heads)
    places.learn(s.context, head.written, head.residents);
  places.finish();
  std::vector<std::uint32_t> towns(s.heads.size() + 1);
  for (std::size_t i = 0; i < s.heads.size(); ++i) {
    towns[i + 1] = places.find(s.context, s.heads[i].written).town;
    places.learn_postcode(s.heads[i].postcode, towns[i + 1], s.heads[i].residents);
  }
  places.finish();
  for (Features& f : s.features)
    f.town = towns[f.town];
  if (s.any_unsplit) {
    // The names that were written with a space tell where to part the others.
    Frequencies known(s.features.size());
    for (const Features& f : s.features) {
      if (f.flags & (Features::kanji_unsplit | Features::kana_unsplit)) continue;
      for_each_value(f, [&](Key key) { known.add(key, 1); });
    }
    for (Features& f : s.features)
      split_names(known, f);
  }
  Registry registry;
  registry.context_ = s.context;
  registry.index_ = std::make_unique<Index>(Index::build(std::move(s.features), std::move(s.id_ends),
                                                         std::move(s.id_text), std::move(places), threads));
  state_ = std::make_unique<State>(registry.context_);
  return registry;
}

}  // namespace sonae::link
