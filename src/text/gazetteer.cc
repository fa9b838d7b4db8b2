#include "text/gazetteer.h"

#include "text/gazetteer_index.h"

namespace sonae::text {

Gazetteer::Gazetteer() = default;
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Gazetteer Gazetteer::build(const Tables& tables, std::string home, const std::vector<Town>& towns,
                           std::vector<BlockPoint> blocks) {
  Gazetteer gazetteer;
  gazetteer.index_ = std::make_unique<Index>(tables, std::move(home));
  Index& index = *gazetteer.index_;
  for (const Town& town : towns) {
    auto municipality = index.municipality_of_code(town.municipality_code);
    if (!municipality)
      municipality =
          index.add_municipality(town.municipality_code, town.prefecture, town.county, town.municipality, {});
    index.set_kana(index.add_town(*municipality, town.name, town.position), town.kana);
  }
  index.add_names_without_count();
  index.set_blocks(std::move(blocks));
  index.finish();
  return gazetteer;
}

const std::vector<Town>& Gazetteer::home_towns() const {
  return index_->home_towns;
}
const std::vector<BlockPoint>& Gazetteer::blocks() const {
  return index_->blocks;
}
const std::string& Gazetteer::home() const {
  return index_->home_code;
}
std::optional<Gazetteer::Placed> Gazetteer::place(std::string_view town, std::string_view block) const {
  for (const std::uint32_t part : index_->home_parts)
    if (auto placed = index_->place(part, town, block)) return placed;
  return std::nullopt;
}
const Gazetteer::Index& Gazetteer::index() const {
  return *index_;
}

}  // namespace sonae::text
