// Folds the subjects that a transaction touched into the views, once each.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "base/progress.h"
#include "journal/view.h"

namespace sonae::journal {

// Which views fold which kinds of subjects. Used by one thread.
class Views {
 public:
  explicit Views(std::vector<View*> views);
  const std::vector<View*>& all() const { return views_; }

  // Derives the subject's rows anew in every view that folds its kind. Throws StoreError that names the view
  // and the subject where one of them fails.
  void fold(store::Connection& connection, const Blobs& blobs, const Subject& subject,
            std::span<const Fact> facts) const;
  bool folds(std::string_view subject_kind) const { return by_kind_.contains(std::string(subject_kind)); }

 private:
  std::vector<View*> views_;
  std::unordered_map<std::string, std::vector<View*>> by_kind_;
};

// Within a write transaction of `target`: throws these views' tables away and derives them again from all
// facts and blobs of `source`, which may be the same connection. Returns how many facts there are, or
// cancelled where the progress asked to stop.
Result<std::uint64_t> rebuild_views(store::Connection& source, store::Connection& target, const Blobs& blobs,
                                    BytesView town_key, const std::vector<View*>& views, Progress& progress);

}  // namespace sonae::journal
