#include "town/exchange/http_post.h"

#include <curl/curl.h>

#include <memory>

namespace sonae::exchange {

namespace {

constexpr std::size_t kLongestAnswer = 1 << 20;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > kLongestAnswer) return 0;  // ends the transfer
  body.append(bytes, size * count);
  return size * count;
}

}  // namespace

Status check_town_url(const std::string& url) {
  const auto is = [&](std::string_view begin) {
    if (!url.starts_with(begin) || url.size() == begin.size()) return false;
    const char next = url[begin.size()];
    return begin.ends_with('/') || next == ':' || next == '/';
  };
  const bool plain = url.find_first_of(" ?#@\t\r\n") == std::string::npos && url.size() <= 200;
  if (plain && (is("https://") || is("http://127.0.0.1") || is("http://localhost"))) return {};
  return fail(ErrorCode::invalid_input,
              {"https:// で始まるアドレスを指定してください", "Give an address that begins with https://"},
              "url", {"例 https://sonae.town.example.jp", "For instance https://sonae.town.example.jp"});
}

Result<HttpAnswer> post_json(const std::string& url, const std::string& body, int timeout_ms) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (ready != CURLE_OK || !curl) return fail(ErrorCode::internal, {});
  curl_slist* fields = nullptr;
  for (const char* const field : {"Content-Type: application/json", "X-Sonae: 1", "Expect:"})
    fields = curl_slist_append(fields, field);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> kept(fields, curl_slist_free_all);
  HttpAnswer answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);  // several threads ask at once
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  if (curl_easy_perform(curl.get()) != CURLE_OK)
    return fail(ErrorCode::io_failure, {"相手の町が応答しません", "The other town does not answer"});
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

}  // namespace sonae::exchange
