// Lists of people written down with errors: who stands on which sheet, families together, guests and
// strangers among them. How they are written is each model's own (list_writer.h).
#pragma once

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/confusion_writer.h"
#include "bench/haste_writer.h"
#include "bench/hearsay_writer.h"

namespace sonae::bench {

inline ListOptions::Model error_model(std::string_view name) {
  if (name == "haste") return ListOptions::Model::haste;
  if (name == "confusion") return ListOptions::Model::confusion;
  if (name == "hearsay") return ListOptions::Model::hearsay;
  throw std::runtime_error("no such error model: " + std::string(name));
}

inline std::unique_ptr<ListWriter> writer_of(World& world, Dice& dice, const ListOptions& options) {
  switch (options.model) {
    case ListOptions::Model::haste:
      return std::make_unique<HasteWriter>(world, dice, options);
    case ListOptions::Model::confusion:
      return std::make_unique<ConfusionWriter>(world, dice, options);
    case ListOptions::Model::hearsay:
      break;
  }
  return std::make_unique<HearsayWriter>(world, dice, options);
}

// Somebody who is no resident: a third stay with relatives (their family name, their address), half are from
// elsewhere, the rest give a town that residents live in. Names are as frequent as the residents' own.
inline Person made_stranger(World& world, const std::vector<Person>& residents, Dice& dice) {
  Person p = residents[dice.next() % residents.size()];
  const double kind = dice.unit();
  if (kind > .33) {
    const Person& named_alike = residents[dice.next() % residents.size()];
    p.family = named_alike.family;
    p.family_kana = named_alike.family_kana;
    p.origin = named_alike.origin;
    if (kind < .83) p.town = kElsewhere;
    p.banchi = 1 + dice.upto(3000);
    p.phone.clear();
  }
  p.sex = 1 + dice.upto(2);
  p.year = 1935 + dice.upto(90);
  p.month = 1 + dice.upto(12);
  p.day = 1 + dice.upto(28);
  const Person of_family = p;
  world.give_name(p, dice);
  if (kind <= .33) {  // a foreign name is given whole
    p.family = of_family.family;
    p.family_kana = of_family.family_kana;
    p.family_also = of_family.family_also;
  }
  p.alias.clear();
  return p;
}

inline std::vector<ListRow> made_list(World& world, const std::vector<Person>& residents,
                                      const ListOptions& options) {
  Dice dice(options.seed * 7919 + 13);
  const auto writer = writer_of(world, dice, options);
  std::vector<ListRow> rows;
  std::set<std::uint32_t> listed;
  while (rows.size() < options.rows) {
    writer->turn_sheet();
    for (int on_sheet = 30 + dice.upto(60); on_sheet > 0 && rows.size() < options.rows; --on_sheet) {
      if (dice.chance(options.strangers)) {
        rows.push_back(writer->write(made_stranger(world, residents, dice), 0));
        continue;
      }
      std::size_t at = dice.next() % residents.size();
      const std::uint32_t household = residents[at].household;
      while (at > 0 && residents[at - 1].household == household)
        --at;
      const bool family = dice.chance(.6);
      for (; at < residents.size() && residents[at].household == household && rows.size() < options.rows;
           ++at) {
        if (!listed.insert(residents[at].id).second && !dice.chance(.3)) continue;
        if (!family && dice.chance(.5)) continue;
        rows.push_back(writer->write(residents[at], residents[at].id));
        if (dice.chance(.01)) rows.push_back(writer->write(residents[at], residents[at].id));
        if (!family) break;
      }
    }
  }
  if (options.shuffled)
    for (std::size_t i = rows.size(); i > 1; --i)
      std::swap(rows[i - 1], rows[dice.next() % i]);
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i].entry = "e" + std::to_string(i + 1);
  return rows;
}

}  // namespace sonae::bench
