// Other towns: they ask us with their key, and we ask all of them at once.
#include <atomic>
#include <thread>

#include "town/exchange/http_post.h"
#include "town/exchange/inside.h"

namespace sonae::exchange {

namespace {

constexpr std::size_t kLongestText = 200;
constexpr int kTimeoutMs = 10'000;
constexpr std::size_t kAskedAtOnce = 8;

Status check(std::initializer_list<std::pair<const std::string*, const char*>> texts) {
  for (const auto& [text, member] : texts) {
    if (text->empty())
      return fail(ErrorCode::invalid_input, {"すべての欄に入れてください", "Fill in every field"}, member);
    if (text->size() > kLongestText)
      return fail(ErrorCode::too_large, {"長すぎます", "This is too long"}, member);
  }
  return {};
}

TownReply ask_one(const ReachableTown& town, const AskTownsRequest& request, Language language) {
  TownReply reply{town.partner, town.name, Reply::away, {}};
  const AskAsTownRequest question{town.key, request.asker, request.purpose,
                                  request.name + " " + request.birth_date};
  const auto answer =
      post_json(town.url + "/api/exchange.ask_as_town", to_text(to_json(question)), kTimeoutMs);
  if (!answer) {
    reply.words = answer.error().what.in(language);
    return reply;
  }
  if (answer->status != 200) {
    static const Phrase refused{"相手の町が問い合わせを受け付けません",
                                "The other town refuses the question"};
    static const Phrase away{"相手の町がいま答えられません", "The other town cannot answer now"};
    const bool theirs = answer->status >= 500 || answer->status == 429;
    reply.reply = theirs ? Reply::away : Reply::refused;
    reply.words = (theirs ? away : refused).in(language);
    return reply;
  }
  const auto told = from_json_text<AskAsTownAnswer>(answer->body);
  if (!told) return reply;
  reply.reply = told->told ? Reply::told : Reply::nothing;
  reply.words = told->words;
  return reply;
}

}  // namespace

Result<AskAsTownAnswer> Exchange::ask_as_town(api::Call& call, const AskAsTownRequest& request) {
  Inside& in = *inside_;
  const KnownPartner partner = TRY(in.partner(call, request.key, Right::ask));
  TRY(check({{&request.asker, "asker"}, {&request.purpose, "purpose"}, {&request.line, "line"}}));
  // The key is their proof: only that town has it.
  const inquiry::PublicAnswer answer =
      TRY(in.inquiries.ask_by_town(call,
                                   {partner.enrolled.name + "（" + request.asker + "）",
                                    {},
                                    {},
                                    inquiry::Relation::municipality,
                                    inquiry::Proof::document},
                                   request.purpose, request.line));
  return AskAsTownAnswer{answer.told, answer.words};
}

Result<AskTownsAnswer> Exchange::ask_towns(api::Call& call, const AskTownsRequest& request) {
  Inside& in = *inside_;
  TRY(check({{&request.asker, "asker"},
             {&request.purpose, "purpose"},
             {&request.name, "name"},
             {&request.birth_date, "birth_date"}}));
  const std::vector<ReachableTown> towns = TRY(in.reachable_towns());
  AskTownsAnswer answer;
  answer.inquiry = in.town.env().random.id<WideId>();
  answer.replies.resize(towns.size());
  {
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(kAskedAtOnce, towns.size()); ++i)
      threads.emplace_back([&] {
        for (std::size_t one = next++; one < towns.size(); one = next++)
          answer.replies[one] = ask_one(towns[one], request, call.language);
      });
  }
  journal::Batch batch;
  batch.drafts.push_back(journal::draft(journal::Stream::ordinary, "exchange.towns_asked",
                                        {{"wide_inquiry", answer.inquiry.text()}}, call.actor.grant,
                                        TownsAsked{answer.inquiry, request.asker, request.purpose,
                                                   request.name + " " + request.birth_date, answer.replies}));
  TRY(in.town.journal().append(std::move(batch)));
  return answer;
}

}  // namespace sonae::exchange
