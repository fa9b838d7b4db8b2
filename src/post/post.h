// The post (受信): messages that residents send by mail, LINE and SMS become claims exactly as the form on
// the web does, and are answered. What the town reads and when is in DIR/messages.toml (post/settings.h). Any
// thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "post/mailbox.h"
#include "post/notices.h"
#include "post/poster.h"
#include "post/settings.h"
#include "post/web_calls.h"
#include "text/tongues.h"
#include "town/claim/facts.h"

namespace sonae::post {

class Post {
 public:
  // The town's settings; the way out by SMTP and HTTP is made from them. The service outlives it.
  static Result<std::unique_ptr<Post>> open(service::TownService& service);
  // With words and ways out of one's own. `sender` may be null.
  Post(service::TownService& service, std::shared_ptr<const reception::Vocabulary> vocabulary,
       Settings settings, std::unique_ptr<mail::Sender> sender, std::unique_ptr<Poster> poster);
  ~Post();  // what is durable stays; answers that were not sent by LINE and SMS are not sent

  // Looks into the mailbox from now on, sends answers, and the notices that are due.
  void start();

  // What a channel's webhook brings, and the HTTP status for it: 200 once its messages are durable, 401 where
  // it is not the channel's, 404 where the town has no such channel, 503 where it should come again.
  int line_called(std::string_view body, std::string_view signature);
  int sms_called(std::string_view body, std::string_view authorization);

  // The way out by mail for other parts of the town; null where there is none.
  mail::Sender* sender() { return sender_.get(); }
  PostStatus status() const { return counters_.now(); }
  void add_operations(api::Catalogue& catalogue);
  // For tests, in place of start(): one look into the mailbox, all answers that wait, all notices due.
  bool work_once();

 private:
  struct Answer {
    WayStatus PostStatus::* way;
    std::string url;
    std::string token;
    std::string json;
  };

  int take(WayStatus PostStatus::* way, claim::Channel channel, const Came& came, Answer answer,
           std::string_view answer_form);
  void answer_later(Answer answer);
  bool send_one();
  void watch_mail();
  void send_answers();
  void send_notices();

  service::TownService& service_;
  const std::shared_ptr<const reception::Vocabulary> vocabulary_;  // the words by which lists are read
  const text::Tongues tongues_;
  const Settings settings_;
  std::unique_ptr<mail::Sender> sender_;
  std::unique_ptr<Poster> poster_;
  Counters counters_;
  std::unique_ptr<Mailbox> mailbox_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;               // guarded by mutex_
  std::deque<Answer> answers_;        // guarded by mutex_
  std::unique_ptr<Notices> notices_;  // null where nothing can go out
  std::thread watching_, sending_, telling_;
};

}  // namespace sonae::post
