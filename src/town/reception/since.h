// Folding what was learnt since somebody was received.
#pragma once

#include <span>

#include "journal/fact.h"
#include "town/reception/reception.h"

namespace sonae::reception {

// From the facts about one entry, in the order of (time, id).
Since since_of(std::span<const journal::Fact> facts);

// What holds now of what the person said when they were written down.
void bring_up_to_date(Person& person, const Since& since);
// Puts it into the entry: its shelter, and its person's stay, condition and needs, are those of now.
void bring_up_to_date(Entry& entry, Since since);

}  // namespace sonae::reception
