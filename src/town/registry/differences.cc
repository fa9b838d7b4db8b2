#include "town/registry/differences.h"

#include <algorithm>
#include <unordered_set>

namespace sonae::registry {
namespace {

// The residents of those chunks of a snapshot that the other does not have, one after another.
class Walk {
 public:
  Walk(const journal::Blobs& blobs, const Snapshot& snapshot, const Snapshot& other)
      : blobs_(blobs),
        snapshot_(snapshot),
        reader_(snapshot.reader()),
        shared_(other.body.chunks.begin(), other.body.chunks.end()) {
    next();
  }

  bool at_end() const { return row_ == nullptr; }
  const ResidentRow& row() const { return *row_; }
  const std::vector<std::string_view>& cells() const { return chunk_->cells(); }

  void next() {
    row_ = nullptr;
    while (!chunk_ || !chunk_->next()) {
      while (at_ < snapshot_.body.chunks.size() && shared_.contains(snapshot_.body.chunks[at_]))
        ++at_;
      if (at_ == snapshot_.body.chunks.size()) return;
      content_ = read_chunk(blobs_, snapshot_.body.chunks[at_++]);
      auto opened = ChunkReader::open(content_);
      if (!opened) throw store::StoreError(opened.error());
      chunk_ = std::move(*opened);
    }
    row_ = &reader_->row(chunk_->cells());
  }

 private:
  const journal::Blobs& blobs_;
  const Snapshot& snapshot_;
  RowReaders::Lent reader_;
  std::unordered_set<Hash> shared_;
  std::size_t at_ = 0;
  Bytes content_;
  std::optional<ChunkReader> chunk_;
  const ResidentRow* row_ = nullptr;
};

bool was_born_meanwhile(const ResidentRow& row, Date before) {
  const auto birth = row.birth.whole();
  return birth && days_since_epoch(*birth) > days_since_epoch(before) - 31;
}

std::optional<Change> change_of_status(const ResidentRow& before, const ResidentRow& after) {
  if (before.status == after.status) return std::nullopt;
  switch (after.status) {
    case ResidentStatus::resident:
      return Change::returned;
    case ResidentStatus::moved_out:
      return Change::moved_out;
    case ResidentStatus::died:
      return Change::died;
    case ResidentStatus::removed:
      return Change::removed;
  }
  return std::nullopt;
}

// Whether two fields mean the same item in the report.
bool is_name_of_item(const Column* column) {
  return column == nullptr || !column->ignore_changes;
}

// Compares cells one by one where both files have the same columns.
bool cells_differ(const Snapshot& snapshot, const std::vector<const Column*>& columns,
                  const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
  for (std::size_t i = 0; i < snapshot.body.columns.size(); ++i)
    if (before[i] != after[i] && is_name_of_item(columns[i])) return true;
  return false;
}

bool fields_differ(const Fields& before, const Fields& after) {
  for (std::size_t i = 0; i < kFields; ++i)
    if (!before[i].empty() && !after[i].empty() && before[i] != after[i] &&
        static_cast<Field>(i) != Field::age)
      return true;
  return false;
}

}  // namespace

PairDifferences compare(const journal::Blobs& blobs, const Snapshot& before, const Snapshot& after) {
  PairDifferences found;
  const bool same_columns = before.body.columns == after.body.columns;
  std::vector<const Column*> columns;
  for (const std::string& name : after.body.columns)
    columns.push_back(after.layout->column(name));
  const auto fields_before = before.reader();
  const auto fields_after = after.reader();

  Walk old(blobs, before, after);
  Walk now(blobs, after, before);
  while (!old.at_end() || !now.at_end()) {
    const auto order = old.at_end()   ? std::strong_ordering::greater
                       : now.at_end() ? std::strong_ordering::less
                                      : compare_ids(old.row().id, now.row().id);
    if (order < 0) {
      if (old.row().lives_here()) found.all.push_back({std::string(old.row().id), Change::vanished});
      old.next();
    } else if (order > 0) {
      const ResidentRow& row = now.row();
      found.fresh.emplace_back(row.id);
      if (row.lives_here())
        found.all.push_back({std::string(row.id),
                             was_born_meanwhile(row, before.body.as_of) ? Change::born : Change::moved_in});
      now.next();
    } else {
      const auto status = change_of_status(old.row(), now.row());
      const auto differs = [&] {
        return same_columns
                   ? cells_differ(after, columns, old.cells(), now.cells())
                   : fields_differ(fields_before->fields(old.cells()), fields_after->fields(now.cells()));
      };
      if (status)
        found.all.push_back({std::string(now.row().id), *status});
      else if (differs())
        found.all.push_back({std::string(now.row().id), Change::changed});
      old.next();
      now.next();
    }
  }
  return found;
}

DifferenceCounts count(const std::vector<PairDifferences::One>& changes) {
  DifferenceCounts counts;
  for (const PairDifferences::One& one : changes) {
    switch (one.change) {
      case Change::moved_in:
        ++counts.moved_in;
        break;
      case Change::born:
        ++counts.born;
        break;
      case Change::moved_out:
        ++counts.moved_out;
        break;
      case Change::died:
        ++counts.died;
        break;
      case Change::removed:
        ++counts.removed;
        break;
      case Change::returned:
        ++counts.returned;
        break;
      case Change::changed:
        ++counts.changed;
        break;
      case Change::vanished:
        ++counts.vanished;
        break;
    }
  }
  return counts;
}

std::vector<ChangedItem> changed_items(const Snapshot& before, const std::vector<std::string>& cells_before,
                                       const Snapshot& after, const std::vector<std::string>& cells_after) {
  std::vector<ChangedItem> items;
  if (before.body.columns == after.body.columns) {
    for (std::size_t i = 0; i < after.body.columns.size(); ++i)
      if (cells_before[i] != cells_after[i] && is_name_of_item(after.layout->column(after.body.columns[i])))
        items.push_back({after.body.columns[i], cells_before[i], cells_after[i]});
    return items;
  }
  const auto views = [](const std::vector<std::string>& cells) {
    return std::vector<std::string_view>(cells.begin(), cells.end());
  };
  const auto reader_before = before.reader();
  const auto reader_after = after.reader();
  const auto old_cells = views(cells_before), new_cells = views(cells_after);
  const Fields& old = reader_before->fields(old_cells);
  const Fields& now = reader_after->fields(new_cells);
  for (std::size_t i = 0; i < kFields; ++i)
    if (!old[i].empty() && !now[i].empty() && old[i] != now[i] && static_cast<Field>(i) != Field::age)
      items.push_back(
          {std::string(name_of(static_cast<Field>(i))), std::string(old[i]), std::string(now[i])});
  return items;
}

}  // namespace sonae::registry
