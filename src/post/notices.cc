#include "post/notices.h"

#include "base/json.h"
#include "mail/incoming.h"
#include "town/notice/outgoing.h"

namespace sonae::post {

namespace {

constexpr std::size_t kAtOnce = 500;

}  // namespace

void Notices::send_due() {
  notice::Outgoing outgoing(town_);
  for (const notice::Row& row : outgoing.due(kAtOnce)) {
    const notice::Due& due = row.due;
    const bool by_mail = due.to.channel == notice::Channel::mail;
    const auto way = by_mail ? &PostStatus::mail : &PostStatus::sms;
    Status sent;
    if (by_mail) {
      if (sender_ == nullptr) continue;
      mail::Outgoing mail;
      mail.to = due.to.to;
      mail.subject = due.subject_ja + " / " + due.subject.value_or(due.subject_en);
      mail.text = (due.text ? *due.text + "\n\n" : "") + due.text_ja + "\n\n" + due.text_en + "\n";
      sent = sender_->send(mail);
    } else {
      if (sms_ == nullptr || sms_->send_url.empty()) continue;
      sent = poster_.post(sms_->send_url, sms_->send_token,
                          to_text(json::object{{"to", due.to.to}, {"text", due.text.value_or(due.text_ja)}}));
    }
    if (!sent) counters_.trouble(way, town_.env().clock.now(), sent.error());
    if (sent) counters_.add(way, &WayStatus::told);
    const bool for_good = !sent && sent.error().code == ErrorCode::invalid_input;
    const Status noted =
        sent ? outgoing.mark_sent(due.notice)
             : outgoing.mark_failed(due.notice, std::string(kind_of(sent.error().code).name), for_good);
    // What cannot be noted would be sent again and again: better later, when the disk has room.
    if (!noted) return counters_.trouble(way, town_.env().clock.now(), noted.error());
    // The server is down: the others' turn comes when it is up.
    if (!sent && !for_good) return;
  }
}

}  // namespace sonae::post
