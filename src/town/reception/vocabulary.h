// The words by which shelter lists are read: headers of columns, what notes say, relations and surnames.
// From the tables of data/reception/ and data/names/, and a town's own additions. Immutable after opening;
// any thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/phrase.h"
#include "town/reception/facts.h"
#include "town/reception/name_tables.h"

namespace sonae::reception {

// What a column of a list holds.
enum class Column : std::uint8_t {
  unknown,
  entry_id,
  name,
  family_name,
  given_name,
  kana,
  family_kana,
  given_kana,
  sex,
  male,    // a mark in this column says so
  female,  // likewise
  birth,
  age,
  address,
  phone,
  note,
  relation,
  stay,
  shelter,
  family,  // the household's number on the list
  people,  // how many came
  date,    // when the row was written
};
BOOST_DESCRIBE_ENUM(Column, unknown, entry_id, name, family_name, given_name, kana, family_kana, given_kana,
                    sex, male, female, birth, age, address, phone, note, relation, stay, shelter, family,
                    people, date)

// What a word in a note means.
struct Meaning {
  std::string kind;  // "need", "condition", "stay", "visitor", "struck"
  std::string code;
};

class Vocabulary {
 public:
  explicit Vocabulary(std::shared_ptr<const NameTables> names) : names_of_people_(std::move(names)) {}

  // `data_directory` is the program's data/, `town_tables` the town's own tables/ (may be missing). `tables`
  // are for names in other characters (髙橋); they may be null, else must outlive this.
  static Result<std::shared_ptr<const Vocabulary>> open(Env& env, const std::string& data_directory,
                                                        const std::string& town_tables = {},
                                                        const text::Tables* tables = nullptr);

  // The column that a header cell names; unknown where it is none.
  Column column_of(std::string_view header_cell) const;

  // The longest word of words.tsv at the beginning of the text, and what it means; 0 where there is none.
  std::size_t word_at(std::string_view text, const std::vector<Meaning>*& meanings) const;
  // The names of a need, a condition or a stay, for people; empty where the code is unknown.
  Phrase name_of(std::string_view kind, std::string_view code) const;

  // Whether the word is a relation (妻, 長男); tells the sex where the word does.
  bool is_relation(std::string_view word, Sex* sex = nullptr) const;
  // The longest relation at the beginning of the text; 0 where there is none.
  std::size_t relation_at(std::string_view text, Sex& sex) const;

  // Surnames and given names: see NameTables.
  std::string_view surname_of(std::string_view name) const { return names_of_people_->surname_of(name); }
  bool is_surname(std::string_view word) const { return names_of_people_->is_surname(word); }
  bool is_given_name(std::string_view word) const { return names_of_people_->is_given_name(word); }
  const std::vector<std::string>& readings_of(std::string_view name) const {
    return names_of_people_->readings_of(name);
  }
  // Codes of words.tsv that name a need, sorted.
  std::vector<std::string> needs() const;

 private:
  Status read_columns(std::string_view table, const std::string& file);
  Status read_words(std::string_view table, const std::string& file);
  Status read_relations(std::string_view table, const std::string& file);

  std::map<std::string, Column, std::less<>> columns_;
  std::map<std::string, std::vector<Meaning>, std::less<>> words_;
  std::map<std::string, Phrase, std::less<>> names_;  // "need wheelchair"
  std::map<std::string, Sex, std::less<>> relations_;
  std::shared_ptr<const NameTables> names_of_people_;
  std::size_t longest_word_ = 0;  // bytes
  std::size_t longest_relation_ = 0;
};

}  // namespace sonae::reception
