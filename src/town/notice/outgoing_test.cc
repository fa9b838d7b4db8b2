// Notices in a town: due, failed and tried again, sent, given up.
#include "town/notice/outgoing.h"

#include <doctest/doctest.h>

#include "base/fake_env.h"
#include "journal/testing.h"

namespace sonae::notice {

TEST_CASE("waits double and end") {
  CHECK(wait_after_ms(1) == 60'000);
  CHECK(wait_after_ms(2) == 120'000);
  CHECK(wait_after_ms(30) == 6 * 3'600'000);
}

TEST_CASE("a notice is due, fails, waits, and is sent once") {
  journal::TemporaryDirectory directory;
  const auto view = make_view();
  REQUIRE(town::Town::init(real_env(), directory.path() + "/town", "304280", "串本町", true));
  const auto town = town::Town::open(real_env(), {SONAE_DATA_DIR, directory.path() + "/keys"},
                                     directory.path() + "/town", {view.get()})
                        .value();
  Outgoing outgoing(*town);
  const auto add = [&] {
    Due due;
    due.notice = real_env().random.id<NoticeId>();
    due.to = {Channel::mail, "daughter@example.jp"};
    due.about = "subscription:x";
    due.text_ja = "お知らせ";
    journal::Batch batch;
    batch.drafts.push_back(draft_of(due, {}));
    REQUIRE(town->journal().append(std::move(batch)));
    return due.notice;
  };
  const NoticeId first = add();
  REQUIRE(outgoing.due(10).size() == 1);
  CHECK(outgoing.due(10)[0].due.to.to == "daughter@example.jp");

  REQUIRE(outgoing.mark_failed(first, "connection", false));
  CHECK(outgoing.due(10).empty());  // in a minute
  Row row = outgoing.about("subscription:x").at(0);
  CHECK(row.state == State::due);
  CHECK(row.failures == 1);
  CHECK(row.because == "connection");

  REQUIRE(outgoing.mark_sent(first));
  REQUIRE(outgoing.mark_failed(first, "late", true));
  CHECK(outgoing.about("subscription:x").at(0).state == State::sent);

  const NoticeId second = add();
  REQUIRE(outgoing.mark_failed(second, "no_such_address", true));
  CHECK(outgoing.due(10).empty());
  CHECK(outgoing.about("subscription:x").at(0).state == State::given_up);
  const NoticeId third = add();
  for (int i = 0; i < kMostTries; ++i)
    REQUIRE(outgoing.mark_failed(third, "connection", false));
  CHECK(outgoing.about("subscription:x").at(0).state == State::given_up);
}

}  // namespace sonae::notice
