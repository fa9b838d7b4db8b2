#include "town/subscription/subscription.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "text/fold.h"
#include "text/tongues.h"
#include "town/inquiry/limits.h"
#include "town/inquiry/stands_in.h"

namespace sonae::subscription {

namespace {

constexpr std::size_t kLongest = 200, kLongestTongue = 16;
// Nobody is made to get mail by others: few for one address.
constexpr inquiry::Allowance kOfAnAddress{5, 3'600'000, 60'000, 3'600'000};

journal::Subject subject_of(const SubscriptionId& id) {
  return {"subscription", id.text()};
}

Status check(const notice::Address& to) {
  const std::string& text = to.to;
  const std::size_t at = text.find('@');
  const bool blank = text.find_first_of(" \t\r\n,;<>\"") != std::string::npos;
  const bool mail = !blank && at != std::string::npos && at > 0 && text.find('.', at) != std::string::npos &&
                    text.find('@', at + 1) == std::string::npos;
  const auto digits = std::ranges::count_if(text, [](char one) { return one >= '0' && one <= '9'; });
  const bool number =
      digits >= 10 && digits <= 15 && text.find_first_not_of("0123456789+- ()") == std::string::npos;
  if (text.size() <= kLongest && (to.channel == notice::Channel::mail ? mail : number)) return {};
  return fail(ErrorCode::invalid_input,
              {"知らせの送り先（メールアドレスか携帯電話の番号）を確かめてください",
               "Check the address to be told at: mail or a mobile number"},
              "to");
}

Status check(const Made& made) {
  for (const auto& [text, member] : {std::pair(&made.asker.name, "asker_name"),
                                     std::pair(&made.purpose, "purpose"), std::pair(&made.line, "line")})
    if (text->empty())
      return fail(ErrorCode::invalid_input, {"すべての欄に入れてください", "Fill in every field"}, member);
  for (const std::string* const text :
       {&made.asker.name, &made.asker.address, &made.asker.phone, &made.purpose, &made.line})
    if (text->size() > 2 * kLongest) return fail(ErrorCode::too_large, {"長すぎます", "This is too long"});
  if (made.language && made.language->size() > kLongestTongue)
    return fail(ErrorCode::invalid_input, {"ことばが分かりません", "This language is not known"}, "language");
  return check(made.to);
}

// The same in the tongue that they chose; Japanese and English stand in every notice.
void add_tongue(const text::Tongues& tongues, const Made& made, const inquiry::News& news, notice::Due& due) {
  const std::string tongue = made.language.value_or("");
  if (tongue == "ja" || tongue == "en" || !tongues.has(tongue)) return;
  std::string said;
  for (const inquiry::Sentence& one : news.said)
    text::add_sentence(said, tongue, tongues.say(tongue, one.key, one.value));
  due.language = tongue;
  due.subject = tongues.say(tongue, "notice.subject");
  due.text = tongues.say(tongue, "notice.about", made.line) + "\n" + said + "\n\n" +
             tongues.say(tongue, "notice.number", made.subscription.text()) + "\n";
}

notice::Due notice_of(const town::Town& town, const Made& made, const inquiry::News& news) {
  const std::string& name = town.profile().name;
  notice::Due due;
  due.notice = town.env().random.id<notice::NoticeId>();
  due.to = made.to;
  due.about = "subscription:" + made.subscription.text();
  due.subject_ja = "【" + name + "】お尋ねの方についてのお知らせ";
  due.subject_en = "[" + name + "] News of the person you asked for";
  due.text_ja =
      fmt::format("お申し込みのありました「{}」の方についてお知らせします。\n{}\n\n申し込みの番号: {}\n",
                  made.line, news.words.japanese, made.subscription.text());
  due.text_en =
      fmt::format("News of \"{}\", of whom you asked to be told.\n{}\n\nNumber of your request: {}\n",
                  made.line, news.words.english, made.subscription.text());
  return due;
}

std::vector<Row> rows(const std::unique_ptr<store::Cursor>& cursor) {
  std::vector<Row> all;
  while (cursor->next())
    if (auto row = from_json_text<Row>(cursor->text(0))) all.push_back(std::move(*row));
  return all;
}

}  // namespace

struct Subscriptions::Inside {
  town::Town& town;
  access::Access& access;
  inquiry::Inquiries& inquiries;
  text::Tongues tongues;
  inquiry::Limits limits{};
  std::shared_ptr<std::atomic<bool>> touched = std::make_shared<std::atomic<bool>>(true);
  std::mutex telling{};  // one makes notices due at a time

  Result<MakeAnswer> keep(api::Call& call, const Made& made) {
    TRY(check(made));
    const Instant now = town.env().clock.now();
    auto verdict = limits.ask("address " + made.to.to, kOfAnAddress, now);
    if (verdict.seconds == 0 && !call.source.empty())
      verdict = limits.ask("source " + call.source, inquiry::kOfASource, now);
    if (verdict.seconds != 0)
      return fail(ErrorCode::too_many,
                  {fmt::format("続けての申し込みが多いため、あと {} 秒お待ちください", verdict.seconds),
                   fmt::format("Too many requests: wait {} seconds", verdict.seconds)});
    journal::Batch batch;
    batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "subscription.made",
                                          {subject_of(made.subscription)}, call.actor.grant, made));
    TRY(town.journal().append(std::move(batch)));
    return MakeAnswer{made.subscription};
  }
};

Subscriptions::Subscriptions(town::Town& town, access::Access& access, inquiry::Inquiries& inquiries)
    : inside_(new Inside{town, access, inquiries,
                         text::Tongues::open(town.env(), town.places().data).value_or(text::Tongues())}) {
  town.journal().listen([touched = inside_->touched](std::span<const journal::Subject> subjects) {
    for (const journal::Subject& subject : subjects)
      if (subject.kind == "entry" || subject.kind == "resident" || subject.kind == "subscription")
        *touched = true;
  });
}
Subscriptions::~Subscriptions() = default;

Result<MakeAnswer> Subscriptions::make(api::Call& call, const MakeRequest& request) {
  if (request.name.empty() || request.birth_date.empty())
    return fail(ErrorCode::invalid_input, {"すべての欄に入れてください", "Fill in every field"}, "name");
  // Nobody has shown who they are: whatever relation they give, the rows of Proof::none hold.
  return inside_->keep(
      call, Made{inside_->town.env().random.id<SubscriptionId>(),
                 {request.asker_name, {}, request.asker_phone, request.relation, inquiry::Proof::none},
                 request.purpose,
                 request.name + " " + request.birth_date,
                 inquiry::Desk::web,
                 request.to,
                 request.language});
}

Result<MakeAnswer> Subscriptions::make_at_desk(api::Call& call, const MakeAtDeskRequest& request) {
  return inside_->keep(call, Made{inside_->town.env().random.id<SubscriptionId>(), request.asker,
                                  request.purpose, request.line, request.desk, request.to, request.language});
}

Status Subscriptions::end(api::Call& call, const EndRequest& request) {
  Inside& in = *inside_;
  {
    const auto row = in.town.journal().reader()->query(
        "SELECT 1 FROM subscription_made WHERE subscription = $1 AND ended = 0", request.subscription);
    if (!row->next()) return {};
  }
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "subscription.ended",
                                        {subject_of(request.subscription)}, call.actor.grant,
                                        Ended{request.subscription, request.because.value_or(call.purpose)}));
  TRY(in.town.journal().append(std::move(batch)));
  return {};
}

Result<SubscriptionList> Subscriptions::list(api::Call& call, const ListRequest& request) {
  Inside& in = *inside_;
  const auto connection = in.town.journal().reader();
  const notice::Outgoing outgoing(in.town);
  const std::int64_t offset = std::max<std::int64_t>(request.offset.value_or(0), 0);
  const std::int64_t limit = std::clamp<std::int64_t>(request.limit.value_or(50), 1, 500);
  const std::string text = text::fold_name(in.town.tables(), request.text.value_or(""));
  const std::string ended = !request.state ? "" : request.state == State::ended ? "1" : "0";
  SubscriptionList list;
  {
    const auto cursor = connection->query("SELECT row FROM subscription_made " +
                                          (ended.empty() ? "" : "WHERE ended = " + ended) +
                                          " ORDER BY made DESC, subscription");
    while (cursor->next()) {
      const bool on_page = list.total >= offset && list.total < offset + limit;
      if (on_page || !text.empty()) {
        Row row = TRY(from_json_text<Row>(cursor->text(0)));
        if (!text.empty() && !inquiry::stands_in(in.town.tables(), row.made, text)) continue;
        if (on_page) list.subscriptions.push_back({std::move(row), {}});
      }
      ++list.total;
    }
  }
  std::vector<std::string> shown;
  for (Listed& one : list.subscriptions) {
    shown.push_back("subscription:" + one.subscription.made.subscription.text());
    one.notices = outgoing.about(shown.back());
  }
  TRY(in.access.record_look(call, "subscription.list", std::move(shown)));
  return list;
}

Result<UpkeepReport> Subscriptions::upkeep(Progress& progress) {
  Inside& in = *inside_;
  UpkeepReport report;
  const std::lock_guard lock(in.telling);
  if (!in.touched->exchange(false)) return report;
  const std::vector<Row> waiting = rows(
      in.town.journal().reader()->query("SELECT row FROM subscription_made WHERE ended = 0 ORDER BY made"));
  for (const Row& row : waiting) {
    const Made& made = row.made;
    auto news = in.inquiries.news(made.asker, made.line, progress);
    if (!news) {
      *in.touched = true;  // the next time tries again
      return std::unexpected(news.error());
    }
    if (!*news) continue;
    const Hash digest = sha256((*news)->words.japanese);
    if (row.last_told == digest) continue;
    notice::Due due = notice_of(in.town, made, **news);
    add_tongue(in.tongues, made, **news, due);
    journal::Batch batch;
    batch.drafts.push_back(journal::draft(
        journal::Stream::ordinary, "subscription.told", {subject_of(made.subscription)}, GrantId{},
        Told{made.subscription, due.notice, (*news)->entry, (*news)->told, digest}));
    batch.drafts.push_back(notice::draft_of(due, GrantId{}));
    TRY(in.town.journal().append(std::move(batch)));
    ++report.due;
  }
  if (in.inquiries.behind()) *in.touched = true;
  return report;
}

void Subscriptions::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::Nothing;
  using enum api::Permission;
  const auto done = [](const Status& status) -> Result<Nothing> {
    if (!status) return std::unexpected(status.error());
    return Nothing{};
  };
  catalogue.add(api::operation<MakeRequest, MakeAnswer>(
                    "subscription.make", {"知らせの申し込み", "Ask to be told"}, none,
                    [this](Call& call, const MakeRequest& request) { return make(call, request); })
                    .writing());
  catalogue.add(
      api::operation<MakeAtDeskRequest, MakeAnswer>(
          "subscription.make_at_desk", {"窓口での知らせの申し込み", "Ask to be told, at the desk"},
          see_people,
          [this](Call& call, const MakeAtDeskRequest& request) { return make_at_desk(call, request); })
          .writing());
  catalogue.add(api::operation<EndRequest, Nothing>(
                    "subscription.end", {"申し込みの取りやめ", "Ask to be told no more"}, none,
                    [this, done](Call& call, const EndRequest& request) { return done(end(call, request)); })
                    .writing());
  catalogue.add(api::operation<ListRequest, SubscriptionList>(
      "subscription.list", {"申し込みの一覧", "List who asked to be told"}, decide_matches,
      [this](Call& call, const ListRequest& request) { return list(call, request); }));
  catalogue.add(api::operation<Nothing, UpkeepReport>(
                    "subscription.upkeep", {"知らせの用意", "Make notices due"}, maintain,
                    [this](Call& call, const Nothing&) { return upkeep(call.progress); })
                    .writing());
}

}  // namespace sonae::subscription
