// What a note says about a person, by the words of words.tsv. Pure, any thread.
#pragma once

#include <string_view>
#include <vector>

#include "town/reception/vocabulary.h"

namespace sonae::reception {

// Adds needs, condition, stay and the mark of a visitor to the person, as far as the note says so; the note
// itself is not touched. Words behind a relation (妻は透析) are about somebody else: they are only remarked.
void read_note(const Vocabulary& vocabulary, std::string_view note, Person& person,
               std::vector<Remark>& remarks);

// Whether the note begins with a word that read_note knows (in a cell for names).
bool begins_with_known_word(const Vocabulary& vocabulary, std::string_view text);

void add_remark(std::vector<Remark>& remarks, std::string_view code, std::string_view item = {});

}  // namespace sonae::reception
