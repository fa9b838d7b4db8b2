#include "town/reception/name_cell.h"

#include <algorithm>

#include "text/kana.h"
#include "text/script.h"
#include "text/utf8.h"
#include "town/reception/cell.h"
#include "town/reception/ditto.h"
#include "town/reception/name_pieces.h"
#include "town/reception/name_words.h"
#include "town/reception/note_cell.h"
#include "town/reception/remarks.h"

namespace sonae::reception {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words)
    all += (all.empty() ? "" : " ") + word;
  return all;
}

bool in_letters(std::string_view word) {
  return std::ranges::any_of(
      word, [](char byte) { return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'); });
}

bool has_unreadable_characters(std::string_view name) {
  constexpr std::u32string_view marks = U"?？●■□〓◯○＊*…";
  for (std::size_t at = 0; at < name.size();)
    if (marks.find(text::next_character(name, at)) != std::u32string_view::npos) return true;
  return false;
}

// A name written in one word that has both parts: 佐藤一郎.
bool is_whole_name(const Vocabulary& vocabulary, std::string_view word) {
  const std::string_view surname = vocabulary.surname_of(word);
  return !surname.empty() && !vocabulary.is_surname(word) && !vocabulary.is_given_name(word);
}

// Whether the word can only be a given name: one that people bear, or too short for both parts.
bool is_given_alone(const Vocabulary& vocabulary, std::string_view word) {
  if (vocabulary.is_given_name(word)) return true;
  return count_characters(word) <= 2 ? !vocabulary.is_surname(word) : !is_whole_name(vocabulary, word);
}

class NameReader {
 public:
  NameReader(const Vocabulary& vocabulary, const NameContext& context)
      : vocabulary_(vocabulary), context_(context), surname_(context.surname_above) {}

  NameCell read(std::string_view written) {
    const std::string_view cell = trim(written);
    const bool indented = !cell.empty() && cell.data() - written.data() >= 3;  // a full-width space at least
    family_goes_on_ = context_.family_goes_on || indented;
    for (const NamePiece& piece : cut_into_pieces(cell))
      read_piece(piece);
    settle_headcounts();
    if (result_.persons.size() > 1)
      for (NamedPerson& person : result_.persons)
        add_remark(person.remarks, remark::family_on_one_line, "name");
    return std::move(result_);
  }

 private:
  void read_piece(const NamePiece& piece) {
    std::string_view text = piece.text;
    if (is_pet(text)) {
      result_.notes.emplace_back(text);
      return;
    }
    if (is_ditto(text)) {
      text = {};
      result_.same_family_as_above = result_.took_from_above = true;
      add_person({}, piece, "");
      add_remark(result_.persons.back().remarks, remark::name_missing, "name");
      return;
    }
    if (const std::size_t ditto = ditto_before(text)) {
      text = trim(text.substr(ditto));
      after_ditto_ = true;
    }
    std::string_view name;
    if (const auto count = read_headcount(vocabulary_, text, name)) {
      headcounts_.push_back(*count);
      text = name;
      if (text.empty()) {
        note_beside(piece);
        return;
      }
    } else if (text.ends_with("夫妻") || text.ends_with("夫婦")) {
      headcounts_.push_back({2, true, ""});
      text = trim(text.substr(0, text.size() - std::string_view("夫妻").size()));
    }
    read_names(text, piece);
    after_ditto_ = false;
  }

  // What stands beside a headcount: (子2人) 乳児含む
  void note_beside(const NamePiece& piece) {
    for (const std::string& inside : piece.brackets)
      result_.notes.push_back(inside);
    if (!piece.note.empty()) result_.notes.push_back(piece.note);
  }

  void read_names(std::string_view text, const NamePiece& piece) {
    // Brackets may hold a headcount: 山田太郎(他3名), 山田太郎(4人).
    NamePiece rest = piece;
    std::erase_if(rest.brackets, [&](const std::string& inside) {
      std::string_view none;
      const auto count = read_headcount(vocabulary_, inside, none);
      if (count && none.empty()) headcounts_.push_back(*count);
      return count && none.empty();
    });
    if (says_no_name(text)) {
      result_.notes.emplace_back(text);
      add_person({}, rest, "");
      add_remark(result_.persons.back().remarks, remark::name_missing, "name");
      return;
    }
    NameWords words = read_words(vocabulary_, text);
    if (words.names.empty()) {
      nameless(words, rest);
      return;
    }
    // A piece of kana behind a name in kanji is its reading (山田太郎／ヤマダタロウ).
    if (piece.may_be_reading && !result_.persons.empty() && words.readings.empty() &&
        result_.persons.back().kana.empty() && text::is_kana_only(text) && count_characters(text) >= 4 &&
        !text::is_kana_only(result_.persons.back().name)) {
      result_.persons.back().kana = joined(words.names);
      return;
    }
    const std::string& relation = words.beside.relation;
    if (!relation.empty() && relation != "本人" && relation != "世帯主") family_goes_on_ = true;
    for (std::vector<std::string>& one : into_persons(words)) {
      const std::string kana = std::exchange(reading_, {});
      const bool nickname = std::ranges::count(words.beside.remarks, remark::nickname, &Remark::code) > 0;
      add_person(words.beside, rest, nickname && !after_ditto_ ? joined(one) : whole_name(one));
      if (!kana.empty()) result_.persons.back().kana = kana;
      words.beside = {};
      rest = {};
    }
  }

  void nameless(const NameWords& words, const NamePiece& piece) {
    const NamedPerson& beside = words.beside;
    if (beside.relation.empty() && !beside.age) {
      // Nothing but a note: of whoever was named before, or of the row.
      auto& notes = result_.persons.empty() ? result_.notes : result_.persons.back().notes;
      notes.insert(notes.end(), beside.notes.begin(), beside.notes.end());
      note_beside(piece);
      return;
    }
    if (!beside.relation.empty()) result_.same_family_as_above |= result_.persons.empty();
    add_person(beside, piece, "");
    add_remark(result_.persons.back().remarks, remark::name_missing, "name");
  }

  // Several names in one piece: 佐藤 一郎 花子, 山田太郎 花子, 山田太郎 佐藤花子. One name else.
  std::vector<std::vector<std::string>> into_persons(NameWords& words) {
    const auto& names = words.names;
    reading_ = joined(words.readings);
    if (names.size() == 1 || in_letters(names[0]) || text::is_kana_only(names[0])) return {names};
    std::vector<std::vector<std::string>> persons;
    if (is_whole_name(vocabulary_, names[0])) {
      for (const std::string& name : names)
        persons.push_back({name});
      // 長谷川 太郎 with a surname the table lacks: two persons only where the second word can be one.
      const bool second_is_a_name =
          is_whole_name(vocabulary_, names[1]) || vocabulary_.is_given_name(names[1]);
      const std::string_view given =
          std::string_view(names[0]).substr(vocabulary_.surname_of(names[0]).size());
      if (second_is_a_name && vocabulary_.is_given_name(given)) return persons;
      return {names};
    }
    if (names.size() == 2) return {names};
    for (std::size_t i = 1; i < names.size(); ++i)
      persons.push_back({names[0], names[i]});
    return persons;
  }

  std::string whole_name(const std::vector<std::string>& words) {
    std::string name = joined(words);
    pending_.clear();
    const bool first = result_.persons.empty();
    const bool one_word = words.size() == 1;
    const bool goes_on = after_ditto_ || !first || family_goes_on_;
    if (one_word && after_ditto_) {
      result_.same_family_as_above = true;
      return with_surname(name, remark::surname_from_above);
    }
    const bool has_surname = !surname_.empty() && name.size() > surname_.size() && name.starts_with(surname_);
    if (one_word && goes_on && !has_surname && !in_letters(name) && is_given_alone(vocabulary_, name)) {
      if (first) result_.same_family_as_above = true;
      return with_surname(name, first ? remark::surname_from_above : remark::surname_from_line);
    }
    bool guessed = false;
    const std::string_view surname = surname_of_written(vocabulary_, name, &guessed);
    if (!surname_here_) {  // the first of the line gives the family its name
      surname_ = surname;
      surname_guessed_ = guessed;
    }
    surname_here_ = true;
    if (one_word && count_characters(name) <= 2 && !in_letters(name)) pending_ = remark::name_in_part;
    return name;
  }

  std::string with_surname(const std::string& given, const char* why) {
    if (surname_.empty()) {
      pending_ = after_ditto_ ? remark::ditto_without_row : remark::name_in_part;
      return given;
    }
    pending_ = why;
    if (!surname_here_) result_.took_from_above = true;
    return surname_ + " " + given;
  }

  void add_person(const NamedPerson& beside, const NamePiece& piece, std::string name) {
    NamedPerson person = beside;
    person.name = std::move(name);
    if (!pending_.empty()) {
      add_remark(person.remarks, pending_, "name");
      if (pending_ == remark::surname_from_line && surname_guessed_)
        add_remark(person.remarks, remark::surname_guessed, "name");
    }
    pending_.clear();
    for (const std::string& inside : piece.brackets)
      read_bracket(vocabulary_, inside, person);
    if (!piece.note.empty()) {
      person.notes.push_back(piece.note);
      add_remark(person.remarks, remark::note_in_name, "name");
    }
    // A relation alone says nothing about the row above; with a surname from there it does.
    if (!person.relation.empty() && result_.persons.empty() && person.relation != "本人" &&
        person.relation != "世帯主" && !surname_here_)
      result_.same_family_as_above = true;
    if (has_lost_characters(person.name))
      add_remark(person.remarks, remark::characters_lost, "name");
    else if (has_unreadable_characters(person.name))
      add_remark(person.remarks, remark::name_uncertain, "name");
    result_.persons.push_back(std::move(person));
  }

  void settle_headcounts() {
    for (const Headcount& count : headcounts_) {
      const int named = static_cast<int>(result_.persons.size());
      int more = count.people;
      if (count.total) more = count.people - named;
      if (more < 0 && named > 0) add_remark(result_.persons[0].remarks, remark::count_differs, "name");
      const int room = static_cast<int>(kMostOnOneLine) - named;
      if (more > room) {
        result_.companions_refused = static_cast<std::size_t>(more - room);
        return;
      }
      for (int i = 0; i < more; ++i) {
        NamedPerson companion;
        companion.relation = count.relation;
        add_remark(companion.remarks, remark::companions_counted, "name");
        result_.persons.push_back(std::move(companion));
      }
    }
  }

  const Vocabulary& vocabulary_;
  const NameContext& context_;
  NameCell result_;
  std::vector<Headcount> headcounts_;
  std::string surname_;        // that given names alone are put behind
  bool surname_here_ = false;  // it was written in this cell
  bool surname_guessed_ = false;
  bool family_goes_on_ = false;
  bool after_ditto_ = false;
  std::string reading_;
  std::string pending_;  // the remark on the person about to be added
};

}  // namespace

NameCell read_name_cell(const Vocabulary& vocabulary, std::string_view written, const NameContext& context) {
  return NameReader(vocabulary, context).read(written);
}

std::string_view surname_of_written(const Vocabulary& vocabulary, std::string_view name, bool* guessed) {
  const auto words = split_at_spaces(name);
  if (words.empty()) return {};
  if (words.size() > 1 || vocabulary.is_surname(words[0])) return words[0];
  if (const std::string_view known = vocabulary.surname_of(words[0]); !known.empty()) return known;
  if (guessed != nullptr) *guessed = true;
  if (count_characters(words[0]) < 3 || in_letters(words[0])) return words[0];
  std::size_t at = 0;
  text::next_character(words[0], at);
  text::next_character(words[0], at);
  return words[0].substr(0, at);
}

}  // namespace sonae::reception
