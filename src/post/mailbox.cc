#include "post/mailbox.h"

#include <algorithm>
#include <vector>

#include "mail/incoming.h"
#include "town/claim/claim.h"
#include "town/message/answer.h"

namespace sonae::post {

namespace {

constexpr std::int64_t kAgainAfter = 30'000;     // ms
constexpr std::int64_t kLongestPause = 900'000;  // between two tries to answer
constexpr int kMostTries = 100;                  // about a day
constexpr std::size_t kAtOnce = 200;             // mails of one look
// Several people may write from one address; a program that writes to itself must come to an end.
constexpr inquiry::Allowance kAnswersToOne{8, 600'000, 600'000, 3'600'000};
constexpr auto kWay = &PostStatus::mail;

Instant later(Instant now, std::int64_t milliseconds) {
  return {now.milliseconds + milliseconds};
}

// The beginning of the file: what people write stands before what they attach.
Result<Bytes> beginning_of(Env& env, const std::string& path) {
  const auto file = TRY(env.disk.open(path, Disk::Open::read));
  Bytes bytes;
  while (bytes.size() < mail::kMostRead) {
    char piece[16384];
    const std::size_t got = TRY(file->read(piece, sizeof piece));
    if (got == 0) break;
    bytes.append(piece, got);
  }
  return bytes;
}

bool says_who(const claim::MakeRequest& said) {
  return !said.name.empty() || !said.birth_date.empty() || !said.phone.empty();
}

claim::MakeRequest read_claim(const reception::Vocabulary& vocabulary, const mail::Incoming& mail,
                              Date today) {
  const bool answers = mail.subject.starts_with("Re") || mail.subject.starts_with("RE");
  const std::string text = (answers ? "" : mail.subject + "\n") + mail.text;
  claim::MakeRequest said = message::read_message(vocabulary, text, today);
  if (!says_who(said) && mail.text_with_quoted.size() > mail.text.size()) {
    said = message::read_message(vocabulary, mail.text_with_quoted, today);
    said.message = text;
  }
  if (said.name.empty() && message::is_name(vocabulary, mail.from_name)) said.name = mail.from_name;
  if (said.message.find_first_not_of(" \r\n\t") == std::string::npos) said.message = "（本文がありません）";
  return said;
}

}  // namespace

Mailbox::Mailbox(service::TownService& service, const reception::Vocabulary& vocabulary,
                 const text::Tongues& tongues, MailSettings settings, mail::Sender* sender,
                 Counters& counters)
    : service_(service),
      vocabulary_(vocabulary),
      tongues_(tongues),
      settings_(std::move(settings)),
      sender_(sender),
      counters_(counters) {}

bool Mailbox::look() {
  Env& env = service_.town().env();
  bool did = false;
  if (!resumed_) {
    // Those that a program before this one took and did not answer.
    if (const auto names = env.disk.list(settings_.maildir + "/cur")) {
      for (const std::string& name : *names)
        if (name.ends_with(":2,")) did = take(name.substr(0, name.size() - 3), true) || did;
      resumed_ = true;
    }
  }
  const auto names = env.disk.list(settings_.maildir + "/new");
  if (!names) {
    counters_.trouble(kWay, env.clock.now(), names.error());
    return did;
  }
  std::size_t seen = 0;
  for (const std::string& name : *names) {
    const auto wait = not_before_.find(name);
    if (wait != not_before_.end() && env.clock.now() < wait->second) continue;
    did = take(name, false) || did;
    if (++seen == kAtOnce) break;
  }
  std::erase_if(not_before_, [&](const auto& one) { return !std::ranges::binary_search(*names, one.first); });
  answer_those_due();
  return did;
}

void Mailbox::settle(const std::string& name, const char* flags) {
  const std::string cur = settings_.maildir + "/cur/" + name + ":2,";
  if (const auto moved = service_.town().env().disk.rename(cur, cur + flags); !moved)
    counters_.trouble(kWay, service_.town().env().clock.now(), moved.error());
}

bool Mailbox::take(const std::string& name, bool moved) {
  town::Town& town = service_.town();
  Env& env = town.env();
  const std::string in_new = settings_.maildir + "/new/" + name,
                    in_cur = settings_.maildir + "/cur/" + name + ":2,";
  const auto later_on = [&](const Error& error) {
    counters_.trouble(kWay, env.clock.now(), error);
    not_before_[name] = later(env.clock.now(), kAgainAfter);
    return false;
  };
  const auto bytes = beginning_of(env, moved ? in_cur : in_new);
  if (!bytes) return later_on(bytes.error());
  const auto mail = mail::read(*bytes, settings_.trusted_server);
  const bool for_nobody = !mail || mail->automatic;
  std::optional<claim::Taken> taken;
  if (!for_nobody) {
    auto done = service_.claims().take(
        {claim::Channel::mail, mail->from, mail->id, read_claim(vocabulary_, *mail, town.today())});
    if (!done) return later_on(done.error());
    taken = std::move(*done);
  }
  if (!moved)
    if (const auto renamed = env.disk.rename(in_new, in_cur); !renamed) return later_on(renamed.error());
  not_before_.erase(name);
  counters_.add(kWay, for_nobody     ? &WayStatus::passed_over
                      : taken->again ? &WayStatus::repeated
                                     : &WayStatus::taken);
  const bool due = taken && (moved || !taken->again) && sender_ != nullptr && !mail->answer_to.empty() &&
                   answers_.ask(mail->answer_to, kAnswersToOne, env.clock.now()).seconds == 0;
  if (!due) {
    settle(name, "S");
    return true;
  }
  const auto missing = message::missing_of(taken->now, town.today());
  mail::Outgoing answer;
  answer.to = mail->answer_to;
  answer.subject = message::answer_subject(town.profile().name);
  answer.text =
      message::answer_words(tongues_, town.profile().name, taken->claim, missing, message::Length::letter,
                            message::tongue_of(tongues_, mail->text, mail->languages));
  if (mail->has_message_id) answer.automatic_answer_to = mail->id;
  counters_.add(kWay, &WayStatus::waiting);
  waiting_[name] = {std::move(answer), env.clock.now(), 0};
  return true;
}

void Mailbox::answer_those_due() {
  Env& env = service_.town().env();
  for (auto one = waiting_.begin(); one != waiting_.end();) {
    Waiting& it = one->second;
    if (env.clock.now() < it.next) {
      ++one;
      continue;
    }
    const auto sent = sender_->send(it.answer);
    const bool for_good =
        !sent && (sent.error().code == ErrorCode::invalid_input || ++it.tries == kMostTries);
    if (!sent) counters_.trouble(kWay, env.clock.now(), sent.error());
    if (!sent && !for_good) {
      it.next = later(env.clock.now(), std::min(kAgainAfter << std::min(it.tries, 6), kLongestPause));
      // One that is not to be reached is not asked for each mail.
      if (sent.error().code == ErrorCode::io_failure) {
        for (auto& [name, other] : waiting_)
          other.next = std::max(other.next, later(env.clock.now(), kAgainAfter));
        return;
      }
      ++one;
      continue;
    }
    settle(one->first, sent ? "RS" : "S");
    if (sent) counters_.add(kWay, &WayStatus::answered);
    counters_.add(kWay, &WayStatus::waiting, -1);
    one = waiting_.erase(one);
  }
}

}  // namespace sonae::post
