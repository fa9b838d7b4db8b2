// The entries in memory, for lists that are sorted and searched as one types: kept current as facts arrive.
// Any thread.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "town/reception/requests.h"
#include "town/reception/vocabulary.h"

namespace sonae::reception {

class Roster : public std::enable_shared_from_this<Roster> {
 public:
  Roster(town::Town& town, std::shared_ptr<const Vocabulary> vocabulary);
  void follow();  // once, before the first question: from then on it follows the journal

  // The entries that answer the request, in its order, none of `hidden`; the page is cut by the caller.
  std::vector<EntryId> find(const EntriesRequest& request, const std::set<EntryId>& hidden);

 private:
  struct Item {
    EntryId entry;
    std::optional<SheetId> sheet;
    std::uint64_t line = 0;
    std::uint32_t index = 0;
    std::string shelter;
    bool withdrawn = false;
    HybridTime written;
    std::string name_key;             // by which names are sorted: the reading, else the name
    int age_key = 0;                  // by which ages are sorted; -1: not known
    std::vector<std::string> begins;  // folded: words are met by their beginning
    std::string holds;                // folded: words are met anywhere
    std::vector<std::string> needs;
  };
  Item item_of(const Entry& entry) const;
  void catch_up();
  bool meets(const Item& item, const std::vector<std::vector<std::string>>& words) const;
  std::vector<std::vector<std::string>> words_of(std::string_view typed) const;

  town::Town& town_;
  std::shared_ptr<const Vocabulary> vocabulary_;
  std::mutex mutex_;
  std::map<EntryId, Item> items_;

  std::mutex touched_mutex_;  // never held while the other is awaited
  bool all_touched_ = true;
  std::set<std::string> touched_;
};

}  // namespace sonae::reception
