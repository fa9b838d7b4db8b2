// The decision table of disclosure: who may be told what (災害対策基本法 86条の15). Loaded from
// data/inquiry/disclosure.tsv or the town's own tables/disclosure.tsv. Immutable; any thread.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/env.h"
#include "town/inquiry/facts.h"
#include "town/reception/reception.h"

namespace sonae::inquiry {

enum class Rule : std::uint8_t { never, consent, told };
BOOST_DESCRIBE_ENUM(Rule, never, consent, told)

// What the person said to one audience at the door or later.
enum class Say : std::uint8_t { nothing, allowed, refused };
Say said_to(const reception::Entry& entry, reception::Audience audience);

class Disclosure {
 public:
  // invalid_input, with file and line, where a row cannot be read, comes twice or is missing: a table with a
  // hole decides nothing.
  static Result<Disclosure> parse(std::string_view table, const std::string& file);
  static Result<Disclosure> open(Env& env, const std::string& data_directory, const std::string& town_tables);

  // The relation whose rows hold: the asker's own, or that of an acquaintance where the proof falls short.
  Relation row_of(const Asker& asker) const;
  // What may be told. Empty, as if nobody were known, where the person refused this audience, or
  // where two wrote down different answers.
  std::vector<Item> told(const Asker& asker, const reception::Entry& entry) const;

 private:
  struct Row {
    Rule rule = Rule::never;
    std::optional<reception::Audience> audience;
    Proof proof = Proof::document;
    bool given = false;
  };
  static constexpr std::size_t kRelations = 6, kItems = 5;
  const Row& row(Relation relation, Item item) const {
    return rows_[static_cast<std::size_t>(relation)][static_cast<std::size_t>(item)];
  }
  std::array<std::array<Row, kItems>, kRelations> rows_{};
};

}  // namespace sonae::inquiry
