#include "town/registry/cards.h"

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "base/qr.h"
#include "base/typed_code.h"
#include "town/registry/inside.h"

namespace sonae::registry {

namespace {

constexpr std::size_t kSymbols =
    12;  // 60 bits: of a million households two have one code once in two million towns
constexpr std::int64_t kFew = 50, kMost = 500;
constexpr std::string_view kHead = "世帯主";

struct Household {
  std::string code, name, address, named;  // named: whose name it is
  std::int64_t members = 0;
};

}  // namespace

std::string card_code(BytesView town_key, std::string_view household, std::string_view resident) {
  const Hash key = keyed_hash(town_key, "sonae card key 1");
  Bytes of(household.empty() ? "resident:" : "household:");
  of += household.empty() ? resident : household;
  return typed_code(keyed_hash(key.bytes(), of).bytes(), kSymbols);
}

std::string card_text(std::string_view code) {
  return "SONAE-CARD:" + std::string(code);
}

Result<CardList> Registry::Inside::cards(api::Call& call, const CardsRequest& request) {
  const std::int64_t offset = request.offset.value_or(0), limit = request.limit.value_or(kFew);
  if (offset < 0 || limit < 1 || limit > kMost)
    return fail(ErrorCode::invalid_input, {"一度に 1 枚から 500 枚です", "1 to 500 cards at once"}, "limit");
  const StatePtr now = state();
  const auto connection = town.journal().reader();
  const auto hidden = protected_ids(*now, town.today());
  const std::string part = request.address.value_or("");
  std::map<std::string, Household, std::less<>> households;
  for_each(*connection, *now, [&](const ResidentRow& row) {
    if (!row.lives_here() || hidden->contains(row.id) || !row.address.contains(part)) return;
    const std::string key =
        row.household.empty() ? "r" + std::string(row.id) : "h" + std::string(row.household);
    Household& one = households[key];
    if (++one.members == 1) {
      one.code = card_code(town.journal_options().town_key, row.household, row.id);
      one.address = row.address;
    }
    if (one.members == 1 || row.relation == kHead) {
      one.name = row.name;
      one.named = row.id;
    }
  });
  std::vector<const Household*> all;
  all.reserve(households.size());
  for (const auto& [key, one] : households)
    all.push_back(&one);
  std::ranges::sort(all, {}, [](const Household* one) { return std::tie(one->address, one->code); });
  CardList list;
  list.total = static_cast<std::int64_t>(all.size());
  std::vector<std::string> shown;
  Sha256 digest;
  for (std::int64_t i = offset; i < std::min(list.total, offset + limit); ++i) {
    const Household& one = *all[static_cast<std::size_t>(i)];
    digest.add(one.code + "\n");
    shown.push_back(access::shown(ResidentId(one.named)));
    list.cards.push_back({in_groups(one.code), one.name, one.address, one.members - 1,
                          TRY(qr_for_paper(card_text(one.code)))});
  }
  TRY(access.record_export(call, "registry.cards", static_cast<std::int64_t>(list.cards.size()),
                           digest.finish(), std::move(shown)));
  return list;
}

}  // namespace sonae::registry
