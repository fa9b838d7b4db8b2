// The registry of the next day: some moved in, moved out, were born, died, changed, and a few are simply not
// there any more; with the truth about each. More happens in that night than in a real one, so that there is
// something to see.
//
//   NextDay day(town);
//   while (const Household* household = day.next()) ...   // those who moved out or died are there with their
//   state day.differences()
//
// Used by one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "demo/town.h"

namespace sonae::demo {

enum class Change { moved_in, born, moved_out, died, changed, vanished };
std::string_view name_of(Change change);

struct Difference {
  Change change = Change::changed;
  std::string resident_id;
  std::string item;  // what changed: name, kana, address, phone; empty otherwise
};

class NextDay {
 public:
  explicit NextDay(Town& town) : town_(town) {}  // a town of which nothing was taken yet

  const Household* next();  // null at the end; valid until the next call
  // Of the households so far, in their order.
  const std::vector<Difference>& differences() const { return differences_; }

 private:
  void happen(Household& household);
  void leave(Dice& dice, Household& household);
  void change(Dice& dice, Resident& resident);
  void bear(Household& household);
  const Household* newcomers();

  Town& town_;
  Household household_;
  std::vector<Difference> differences_;
  std::uint64_t people_ = 0, born_ = 0, arrived_ = 0;
};

}  // namespace sonae::demo
