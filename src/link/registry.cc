#include "link/registry.h"

#include <array>

#include "link/index.h"
#include "link/index_file.h"
#include "link/keys.h"
#include "link/reader.h"

namespace sonae::link {

Registry::Registry() = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;
Registry::~Registry() = default;

Result<Registry> Registry::open(Env& env, const std::string& path, Context context) {
  Registry registry;
  registry.index_ = std::make_unique<Index>(TRY(open_index(env, path)));
  registry.context_ = std::move(context);
  return registry;
}

Status Registry::save(Env& env, const std::string& path, std::uint64_t source) const {
  if (index_->base().for_some_rows)
    return fail(ErrorCode::unsupported,
                {"一部の行のための索引は保存できません", "An index for some rows cannot be saved"}, path);
  if (index_->changed()) return save_index(env, path, index_->compacted(2), source);
  return save_index(env, path, *index_, source);
}

std::uint64_t Registry::source() const {
  return index_->base().source;
}

std::size_t Registry::size() const {
  return index_->residents();
}
std::size_t Registry::memory() const {
  return index_->memory();
}

void Registry::put(const Record& resident) {
  index_->remove(resident.id);
  const SplitAddress address = split_address(resident.address);
  Places& places = index_->places();
  if (!address.head.empty()) {
    const Places::Found found = places.find(context_, address.head);
    if (found.town == 0 || index_->count(key_of(KeyKind::town, found.town)) == 0) {
      places.learn(context_, address.head, 1);
      places.finish();
    }
  }
  WordCache cache;
  const auto all = read_resident(context_, resident, cache, index_->frequencies(), places);
  index_->add(resident.id, all);
}

bool Registry::remove(std::string_view id) {
  return index_->remove(id);
}

std::optional<Slot> Registry::find(std::string_view id) const {
  const auto found = index_->find(id);
  if (!found) return std::nullopt;
  return Slot{*found};
}

std::string_view Registry::id_of(Slot slot) const {
  return index_->id(static_cast<std::uint32_t>(slot));
}

}  // namespace sonae::link
