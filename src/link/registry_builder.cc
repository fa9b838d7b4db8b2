#include <bit>
#include <unordered_map>
#include <utility>

#include "link/index.h"
#include "link/keys_asked.h"
#include "link/parallel.h"
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
  void drop_repeated_ids();

  Context context;
  WordCache cache;
  BigVector<Features> features;
  BigVector<std::uint64_t> id_ends;
  BigVector<char> id_text;
  std::vector<Head> heads;
  std::unordered_map<std::uint64_t, std::uint32_t> head_numbers;
  std::string last_address;
  SplitAddress last_split;        // its head points into last_address
  std::uint32_t last_number = 0;  // of its head
  bool any_unsplit = false;
};

std::uint32_t RegistryBuilder::State::head_number(std::string_view head, std::string_view postcode) {
  if (head.empty()) return 0;
  const auto [at, is_new] =
      head_numbers.try_emplace(hash_text(head), static_cast<std::uint32_t>(heads.size()) + 1);
  if (is_new) heads.push_back({std::string(head), postcode_digits(postcode), 0});
  return at->second;
}

// The first of each id stands.
void RegistryBuilder::State::drop_repeated_ids() {
  // Exports are mostly in the order of their ids: then nothing can come twice.
  bool rising = true;
  std::string_view before;
  std::uint64_t from = 0;
  for (std::size_t i = 0; i < id_ends.size() && rising; ++i) {
    const std::string_view id(id_text.data() + from, id_ends[i] - from);
    if (!(features[i].flags & Features::alias)) {
      rising = i == 0 || id.size() > before.size() || (id.size() == before.size() && id > before);
      before = id;
    }
    from = id_ends[i];
  }
  if (rising) return;
  std::vector<std::uint64_t> seen(std::bit_ceil(features.size() * 2 + 2));
  const auto is_new = [&](std::uint64_t hash) {
    hash |= 1;  // 0 marks an empty place
    std::size_t at = hash >> 7 & (seen.size() - 1);
    while (seen[at] != 0 && seen[at] != hash)
      at = (at + 1) & (seen.size() - 1);
    return std::exchange(seen[at], hash) == 0;
  };
  std::size_t kept = 0, kept_text = 0;
  std::uint64_t begin = 0;
  bool keep = true;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const std::uint64_t end = id_ends[i];
    if (!(features[i].flags & Features::alias))
      keep = is_new(hash_text({id_text.data() + begin, end - begin}));
    if (keep) {
      if (kept != i) {
        features[kept] = features[i];
        std::copy(id_text.begin() + static_cast<std::ptrdiff_t>(begin),
                  id_text.begin() + static_cast<std::ptrdiff_t>(end),
                  id_text.begin() + static_cast<std::ptrdiff_t>(kept_text));
      }
      kept_text += end - begin;
      id_ends[kept++] = kept_text;
    }
    begin = end;
  }
  features.resize(kept);
  id_ends.resize(kept);
  id_text.resize(kept_text);
}

RegistryBuilder::RegistryBuilder(Context context, std::size_t expected)
    : state_(std::make_unique<State>(std::move(context))) {
  state_->features.reserve(expected);
  state_->id_ends.reserve(expected);
}

RegistryBuilder::RegistryBuilder(RegistryBuilder&&) noexcept = default;
RegistryBuilder& RegistryBuilder::operator=(RegistryBuilder&&) noexcept = default;
RegistryBuilder::~RegistryBuilder() = default;

void RegistryBuilder::append(RegistryBuilder&& other) {
  State& s = *state_;
  State& o = *other.state_;
  std::vector<std::uint32_t> numbers(o.heads.size() + 1);
  for (std::size_t i = 0; i < o.heads.size(); ++i) {
    numbers[i + 1] = s.head_number(o.heads[i].written, o.heads[i].postcode);
    s.heads[numbers[i + 1] - 1].residents += o.heads[i].residents;
  }
  s.features.reserve(s.features.size() + o.features.size());
  for (Features& f : o.features) {
    f.town = numbers[f.town];
    s.features.push_back(f);
  }
  const std::uint64_t before = s.id_text.size();
  s.id_text.insert(s.id_text.end(), o.id_text.begin(), o.id_text.end());
  s.id_ends.reserve(s.id_ends.size() + o.id_ends.size());
  for (const std::uint64_t end : o.id_ends)
    s.id_ends.push_back(before + end);
  s.any_unsplit |= o.any_unsplit;
  other.state_ = std::make_unique<State>(s.context);
}

void RegistryBuilder::add(const Record& resident) {
  State& s = *state_;
  const auto append = [&](const Features& f) {
    s.any_unsplit |= (f.flags & (Features::kanji_unsplit | Features::kana_unsplit)) != 0;
    s.features.push_back(f);
    s.id_text.insert(s.id_text.end(), resident.id.begin(), resident.id.end());
    s.id_ends.push_back(s.id_text.size());
  };
  Features f;
  // People of one household follow each other: the address of before need not be read again.
  if (resident.address != s.last_address) {
    s.last_address = resident.address;
    s.last_split = split_address(s.last_address);
    s.last_number = s.head_number(s.last_split.head, resident.postcode);
  }
  if (s.last_number != 0) ++s.heads[s.last_number - 1].residents;
  f.town = s.last_number;
  read_all_but_town(s.context, resident, s.last_split, s.cache, nullptr, f);
  append(f);
  for (const Features& other : other_names_of(s.context, resident, s.cache, nullptr, f))
    append(other);
}

Registry RegistryBuilder::finish(unsigned threads) {
  return finish_with({}, threads);
}

Registry RegistryBuilder::finish_for(std::span<const Record> rows, Date as_of, unsigned threads) {
  const Context context = state_->context;
  return finish_with(
      [&](const Frequencies& known, const Places& places) {
        constexpr std::size_t kKeysOfRow = 40;
        KeySet asked(rows.size() * kKeysOfRow);
        std::vector<WordCache> caches(std::max(1U, threads));
        in_blocks(rows.size(), 64, threads, [&](unsigned thread, std::size_t from, std::size_t to) {
          for (std::size_t i = from; i < to; ++i)
            for (const Query& query : read_row(context, rows[i], caches[thread], known, places)) {
              for_each_key_asked(query, as_of, [&](Key key, KeyKind) { asked.add(key); });
              for_each_key_counted(query, as_of, [&](Key key) { asked.add(key); });
            }
        });
        return asked;
      },
      threads);
}

Registry RegistryBuilder::finish_with(const Index::Asked& asked, unsigned threads) {
  State& s = *state_;
  s.drop_repeated_ids();
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
  in_blocks(s.features.size(), 1U << 14, threads, [&](unsigned, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      s.features[i].town = towns[s.features[i].town];
  });
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
  registry.index_ = std::make_unique<Index>(Index::build(
      std::move(s.features), std::move(s.id_ends), std::move(s.id_text), std::move(places), threads, asked));
  state_ = std::make_unique<State>(registry.context_);
  return registry;
}

}  // namespace sonae::link
