// The journal against a model that is a list of notes: random histories of appends, corrections, repeated
// deliveries, stale decisions, restarts and rebuilds.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "journal/testing.h"
#include "journal/testing_view.h"
#include "journal/verify.h"

using namespace sonae;
using namespace sonae::journal;

namespace {

struct ModelNote {
  FactId id;
  std::string page;
  std::string text;
  std::vector<FactId> supersedes;
};

class Model {
 public:
  bool is_superseded(const FactId& id) const {
    return std::ranges::any_of(notes_, [&](const ModelNote& later) {
      return std::ranges::find(later.supersedes, id) != later.supersedes.end();
    });
  }
  const ModelNote* find(const FactId& id) const {
    const auto found = std::ranges::find(notes_, id, &ModelNote::id);
    return found == notes_.end() ? nullptr : &*found;
  }
  void add(ModelNote note) { notes_.push_back(std::move(note)); }
  const std::vector<ModelNote>& notes() const { return notes_; }

  std::string dump() const {
    std::map<std::string, std::pair<int, std::string>> pages;
    for (const ModelNote& note : notes_) {
      auto& [count, standing] = pages[note.page];
      ++count;
      if (!is_superseded(note.id)) standing += note.text + "|";
    }
    std::string text;
    for (const auto& [page, row] : pages)
      text +=
          to_text(json::array{"notes_page",
                              json::object{{"page", page}, {"facts", row.first}, {"standing", row.second}}}) +
          "\n";
    return text;
  }

 private:
  std::vector<ModelNote> notes_;
};

class History {
 public:
  History() : town_({&view_}) {}

  void step() {
    switch (*rc::gen::weightedElement<int>({{12, 0}, {6, 1}, {3, 2}, {3, 3}, {1, 4}, {1, 5}})) {
      case 0:
        append(false);
        break;
      case 1:
        append(true);
        break;
      case 2:
        deliver_again();
        break;
      case 3:
        decide_on_stale();
        break;
      case 4:
        town_.reopen();
        break;
      default:
        RC_ASSERT(town_.journal().rebuild(no_progress()).has_value());
    }
    town_.clock().advance_ms(*rc::gen::inRange(-3, 5));  // wall clocks go back, too
  }

  void check() {
    RC_ASSERT(town_.dump() == model_.dump());
    const auto reader = town_.journal().reader();
    for (const ModelNote& note : model_.notes()) {
      const auto found = fact(*reader, note.id);
      RC_ASSERT(found.has_value());
      RC_ASSERT(found->superseded == model_.is_superseded(note.id));
    }
    const auto report =
        verify(town_.env(), town_.database(), town_.options(), town_.views(), {}, no_progress());
    RC_ASSERT(report->sound());
    RC_ASSERT(report->facts == model_.notes().size());
    RC_ASSERT(!check_order_does_not_matter(town_, 5, 1));
  }

 private:
  std::string some_page() { return "page " + std::to_string(*rc::gen::inRange(0, 4)); }
  const ModelNote& some_note() {
    return model_.notes()[*rc::gen::inRange<std::size_t>(0, model_.notes().size())];
  }

  void append(bool corrects) {
    if (corrects && model_.notes().empty()) return;
    Batch batch;
    std::vector<ModelNote> expected;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      ModelNote made{{}, some_page(), "text " + std::to_string(*rc::gen::inRange(0, 1000)), {}};
      if (corrects) {
        made.supersedes = {some_note().id};
        made.page = model_.find(made.supersedes[0])->page;
      }
      batch.drafts.push_back(note(made.page, made.text, made.supersedes));
      if (*rc::gen::inRange(0, 2) == 0) batch.drafts.back().stream = Stream::urgent;
      expected.push_back(std::move(made));
    }
    const auto receipts = town_.journal().append(std::move(batch));
    RC_ASSERT(receipts.has_value());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      expected[i].id = (*receipts)[i].fact;
      model_.add(expected[i]);
    }
  }

  void deliver_again() {
    if (model_.notes().empty()) return;
    const ModelNote& earlier = some_note();
    Draft again = note(earlier.page, earlier.text, earlier.supersedes);
    again.id = earlier.id;
    RC_ASSERT(town_.journal().append({{again}, {}, {}}).has_value());
    again.body = R"({"text":"another"})";
    RC_ASSERT(town_.journal().append({{again}, {}, {}}).error().code == ErrorCode::conflict);
  }

  void decide_on_stale() {
    if (model_.notes().empty()) return;
    const ModelNote base = some_note();
    const bool stale = model_.is_superseded(base.id);
    const auto receipts = town_.journal().append({{note(base.page, "decided", {base.id})}, {}, {base.id}});
    RC_ASSERT(receipts.has_value() == !stale);
    if (receipts) model_.add({receipts->front().fact, base.page, "decided", {base.id}});
  }

  NotesView view_;
  TestTown town_;
  Model model_;
};

}  // namespace

TEST_CASE("random histories agree with the model") {
  CHECK(rc::check("journal and model", [] {
    History history;
    for (int steps = *rc::gen::inRange(1, 25); steps > 0; --steps)
      history.step();
    history.check();
  }));
}
