#include "post/post.h"

#include "post/signature.h"
#include "store/caught.h"
#include "town/claim/claim.h"
#include "town/message/answer.h"

namespace sonae::post {

namespace {

constexpr std::chrono::seconds kBetweenLooks{2};
constexpr std::size_t kMostAnswers = 10'000;  // that wait; more are not given

constexpr int kTaken = 200, kNotUnderstood = 400, kNotTheirs = 401, kNoSuchChannel = 404, kComeAgain = 503;

}  // namespace

Result<std::unique_ptr<Post>> Post::open(service::TownService& service) {
  Env& env = service.town().env();
  Settings settings = TRY(read_settings(env, service.town().directory(), service.town().profile().name));
  std::unique_ptr<mail::Sender> sender;
  if (settings.mail && settings.mail->smtp) sender = TRY(mail::make_smtp_sender(env, *settings.mail->smtp));
  const town::Town& town = service.town();
  auto vocabulary =
      TRY(reception::Vocabulary::open(env, town.places().data, town.directory() + "/tables", &town.tables()));
  return std::make_unique<Post>(service, std::move(vocabulary), std::move(settings), std::move(sender),
                                make_poster());
}

Post::Post(service::TownService& service, std::shared_ptr<const reception::Vocabulary> vocabulary,
           Settings settings, std::unique_ptr<mail::Sender> sender, std::unique_ptr<Poster> poster)
    : service_(service),
      vocabulary_(std::move(vocabulary)),
      tongues_(
          text::Tongues::open(service.town().env(), service.town().places().data).value_or(text::Tongues())),
      settings_(std::move(settings)),
      sender_(std::move(sender)),
      poster_(std::move(poster)) {
  if (settings_.mail) {
    counters_.configured(&PostStatus::mail);
    mailbox_ = std::make_unique<Mailbox>(service_, *vocabulary_, tongues_, *settings_.mail, sender_.get(),
                                         counters_);
  }
  if (settings_.line) counters_.configured(&PostStatus::line);
  if (settings_.sms) counters_.configured(&PostStatus::sms);
  if (sender_ || (settings_.sms && !settings_.sms->send_url.empty()))
    notices_ = std::make_unique<Notices>(service_.town(), sender_.get(),
                                         settings_.sms ? &*settings_.sms : nullptr, *poster_, counters_);
}

Post::~Post() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread* const one : {&watching_, &sending_, &telling_})
    if (one->joinable()) one->join();
}

void Post::start() {
  if (mailbox_) watching_ = std::thread([this] { watch_mail(); });
  if (settings_.line || settings_.sms) sending_ = std::thread([this] { send_answers(); });
  if (notices_) telling_ = std::thread([this] { send_notices(); });
}

void Post::watch_mail() {
  for (;;) {
    const Result<bool> more = store::caught([&]() -> Result<bool> { return mailbox_->look(); });
    if (!more) counters_.trouble(&PostStatus::mail, service_.town().env().clock.now(), more.error());
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, more.value_or(false) ? std::chrono::seconds(0) : kBetweenLooks,
                       [this] { return ending_; }))
      return;
  }
}

bool Post::work_once() {
  const bool did = mailbox_ && mailbox_->look();
  while (send_one()) {
  }
  if (notices_) notices_->send_due();
  return did;
}

int Post::take(WayStatus PostStatus::* way, claim::Channel channel, const Came& came, Answer answer,
               std::string_view answer_form) {
  town::Town& town = service_.town();
  claim::MakeRequest said = message::read_message(*vocabulary_, came.text, town.today());
  // The network says from which number an SMS came; it proves as much as a number that somebody types.
  if (channel == claim::Channel::sms && said.phone.empty()) said.phone = came.sender;
  const auto taken =
      store::caught([&] { return service_.claims().take({channel, came.sender, came.id, std::move(said)}); });
  if (!taken) {
    counters_.trouble(way, town.env().clock.now(), taken.error());
    return kComeAgain;
  }
  counters_.add(way, taken->again ? &WayStatus::repeated : &WayStatus::taken);
  if (taken->again || answer.url.empty()) return kTaken;
  const auto missing = message::missing_of(taken->now, town.today());
  const std::string words =
      message::answer_words(tongues_, town.profile().name, taken->claim, missing, message::Length::note,
                            message::tongue_of(tongues_, came.text, came.language));
  answer.way = way;
  answer.json =
      answer_form == "line"
          ? to_text(json::object{{"replyToken", came.answer_token},
                                 {"messages", json::array{json::object{{"type", "text"}, {"text", words}}}}})
          : to_text(json::object{{"to", came.sender}, {"text", words}, {"in_reply_to", came.id}});
  answer_later(std::move(answer));
  return kTaken;
}

int Post::line_called(std::string_view body, std::string_view signature) {
  constexpr auto kWay = &PostStatus::line;
  if (!settings_.line) return kNoSuchChannel;
  if (!line_signed(settings_.line->channel_secret, body, signature)) {
    counters_.add(kWay, &WayStatus::passed_over);
    return kNotTheirs;
  }
  const auto came = read_line(body);
  if (!came) return kNotUnderstood;
  for (const Came& one : *came) {
    Answer answer;
    if (!settings_.line->access_token.empty() && !one.answer_token.empty())
      answer = {kWay, settings_.line->api + "/v2/bot/message/reply", settings_.line->access_token, {}};
    // Those that were taken are known again when the whole call comes once more.
    if (const int status = take(kWay, claim::Channel::line, one, std::move(answer), "line"); status != kTaken)
      return status;
  }
  return kTaken;
}

int Post::sms_called(std::string_view body, std::string_view authorization) {
  constexpr auto kWay = &PostStatus::sms;
  if (!settings_.sms) return kNoSuchChannel;
  if (!bears(settings_.sms->secret, authorization)) {
    counters_.add(kWay, &WayStatus::passed_over);
    return kNotTheirs;
  }
  const auto came = read_sms(body);
  if (!came) return kNotUnderstood;
  return take(kWay, claim::Channel::sms, *came,
              {kWay, settings_.sms->send_url, settings_.sms->send_token, {}}, "sms");
}

void Post::answer_later(Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (answers_.size() >= kMostAnswers) return;
    counters_.add(answer.way, &WayStatus::waiting);
    answers_.push_back(std::move(answer));
  }
  wake_.notify_all();
}

// An answer that did not go is not sent again: LINE's token holds once, and the message is safe.
bool Post::send_one() {
  Answer answer;
  {
    const std::lock_guard lock(mutex_);
    if (answers_.empty() || ending_) return false;
    answer = std::move(answers_.front());
    answers_.pop_front();
  }
  const auto sent = poster_->post(answer.url, answer.token, answer.json);
  counters_.add(answer.way, &WayStatus::waiting, -1);
  if (sent)
    counters_.add(answer.way, &WayStatus::answered);
  else
    counters_.trouble(answer.way, service_.town().env().clock.now(), sent.error());
  return true;
}

void Post::send_answers() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !answers_.empty(); });
      if (ending_) return;
    }
    send_one();
  }
}

void Post::send_notices() {
  for (;;) {
    const Status sent = store::caught([&]() -> Status {
      notices_->send_due();
      return {};
    });
    if (!sent) counters_.trouble(&PostStatus::mail, service_.town().env().clock.now(), sent.error());
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, kBetweenLooks, [this] { return ending_; })) return;
  }
}

void Post::add_operations(api::Catalogue& catalogue) {
  catalogue.add(api::operation<api::Nothing, PostStatus>(
                    "post.status", {"メール・LINE・SMS の様子", "Mail, LINE and SMS"},
                    api::Permission::maintain,
                    [this](api::Call&, const api::Nothing&) -> Result<PostStatus> { return status(); })
                    .openly());
}

}  // namespace sonae::post
