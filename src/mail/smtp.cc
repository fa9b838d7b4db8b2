#include "mail/smtp.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstring>
#include <mutex>

#include "mail/incoming.h"

namespace sonae::mail {

namespace {

constexpr long kConnectSeconds = 10, kWholeSeconds = 60;

struct Unread {
  std::string_view left;
};

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& unread = *static_cast<Unread*>(from);
  const std::size_t bytes = std::min(size * count, unread.left.size());
  std::memcpy(into, unread.left.data(), bytes);
  unread.left.remove_prefix(bytes);
  return bytes;
}

class SmtpSender final : public Sender {
 public:
  SmtpSender(Env& env, SmtpSettings settings) : env_(env), settings_(std::move(settings)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  }

  Status send(const Outgoing& mail) override {
    if (!is_address(mail.to))
      return fail(ErrorCode::invalid_input, {"宛先が正しくありません", "The address cannot be written to"});
    const std::string bytes = write(env_, mail, settings_.from_name, settings_.from);
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    curl_slist* const receivers = curl_slist_append(nullptr, ("<" + mail.to + ">").c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> held(receivers, &curl_slist_free_all);
    if (!curl || receivers == nullptr) return fail(ErrorCode::internal, {"送れません", "Cannot send"});
    Unread unread{bytes};
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
    set(CURLOPT_URL, settings_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    // An answer by machine has no return path (RFC 3834): its bounce would be answered in turn.
    set(CURLOPT_MAIL_FROM, mail.automatic ? "<>" : settings_.from.c_str());
    set(CURLOPT_MAIL_RCPT, receivers);
    set(CURLOPT_READFUNCTION, &give);
    set(CURLOPT_READDATA, static_cast<void*>(&unread));
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_TIMEOUT, kWholeSeconds);
    if (settings_.require_tls) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    if (!settings_.user.empty()) {
      set(CURLOPT_USERNAME, settings_.user.c_str());
      set(CURLOPT_PASSWORD, settings_.password.c_str());
    }
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) return {};
    long answer = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
    const bool refused = answer >= 500 && answer < 600;
    return fail(refused ? ErrorCode::invalid_input : ErrorCode::io_failure,
                {fmt::format("メールサーバーに渡せません（{} {}）", curl_easy_strerror(code), answer),
                 fmt::format("the mail server did not take it ({}, {})", curl_easy_strerror(code), answer)},
                settings_.url);
  }

 private:
  Env& env_;
  const SmtpSettings settings_;
};

}  // namespace

Result<std::unique_ptr<Sender>> make_smtp_sender(Env& env, SmtpSettings settings) {
  if (!is_address(settings.from))
    return fail(ErrorCode::invalid_input, {"町のメールアドレスが要ります", "The town's address is needed"},
                "mail.address");
  if (!settings.url.starts_with("smtp://") && !settings.url.starts_with("smtps://"))
    return fail(ErrorCode::invalid_input,
                {"smtp:// か smtps:// で始めてください", "Begin with smtp:// or smtps://"}, "mail.smtp");
  return std::make_unique<SmtpSender>(env, std::move(settings));
}

}  // namespace sonae::mail
