#include "post/poster.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <mutex>

namespace sonae::post {

namespace {

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

class CurlPoster final : public Poster {
 public:
  CurlPoster() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  }

  Status post(const std::string& url, const std::string& token, const std::string& json) override {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    curl_slist* fields = curl_slist_append(nullptr, "Content-Type: application/json");
    fields = curl_slist_append(fields, ("Authorization: Bearer " + token).c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> held(fields, &curl_slist_free_all);
    if (!curl) return fail(ErrorCode::internal, {"送れません", "Cannot send"});
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTPHEADER, fields);
    set(CURLOPT_POSTFIELDS, json.c_str());
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(json.size()));
    set(CURLOPT_WRITEFUNCTION, &ignore);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, 10L);
    set(CURLOPT_TIMEOUT, 20L);
    const CURLcode code = curl_easy_perform(curl.get());
    long answer = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
    if (code == CURLE_OK && answer >= 200 && answer < 300) return {};
    return fail(ErrorCode::io_failure,
                {fmt::format("送れませんでした（{} {}）", curl_easy_strerror(code), answer),
                 fmt::format("it was not taken ({}, {})", curl_easy_strerror(code), answer)},
                url);
  }
};

}  // namespace

std::unique_ptr<Poster> make_poster() {
  return std::make_unique<CurlPoster>();
}

}  // namespace sonae::post
