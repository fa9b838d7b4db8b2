#include "vault/s3_target.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/hash.h"

namespace sonae::vault {

namespace {

constexpr std::string_view kPrefix = "s3+";
constexpr long kConnectSeconds = 20, kSilentSeconds = 60;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// RFC 3986 unreserved letters stay, as the signature asks for.
std::string encoded(std::string_view text, std::string_view also = "") {
  std::string out;
  for (const unsigned char letter : text) {
    const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= 'a' && letter <= 'z') || std::strchr("-_.~", letter) != nullptr ||
                       also.find(static_cast<char>(letter)) != std::string_view::npos;
    constexpr char kDigits[] = "0123456789ABCDEF";
    if (plain)
      out += static_cast<char>(letter);
    else
      out.append({'%', kDigits[letter >> 4], kDigits[letter & 15]});
  }
  return out;
}

std::size_t take(char* bytes, std::size_t, std::size_t count, void* into) {
  static_cast<Bytes*>(into)->append(bytes, count);
  return count;
}

struct Answer {
  long status = 0;
  Bytes body;
};

class S3Target final : public Target {
 public:
  S3Target(std::string host, std::string bucket, std::string prefix)
      : host_(std::move(host)),
        bucket_(std::move(bucket)),
        prefix_(std::move(prefix)),
        user_(variable("AWS_ACCESS_KEY_ID") + ":" + variable("AWS_SECRET_ACCESS_KEY")),
        region_(variable("AWS_REGION")),
        curl_(curl_easy_init(), curl_easy_cleanup) {
    if (region_.empty()) region_ = "us-east-1";
  }

  Result<std::vector<std::string>> list(const std::string& folder) override {
    const std::string below = prefix_ + folder + "/";
    std::vector<std::string> names;
    for (std::string marker;;) {
      // In the order of the letters, as the signature asks for.
      const Answer answer =
          TRY(ask("GET", "", "?marker=" + encoded(marker) + "&prefix=" + encoded(below), {}));
      S3Listing listing = read_s3_listing(answer.body);
      for (std::string& key : listing.keys)
        if (key.starts_with(below)) names.push_back(key.substr(below.size()));
      if (!listing.truncated || listing.keys.empty()) break;
      marker = std::move(listing.keys.back());
    }
    std::ranges::sort(names);
    return names;
  }
  Result<Bytes> read(const std::string& name) override {
    return std::move(TRY(ask("GET", "/" + prefix_ + name, "", {})).body);
  }
  // The storage answers only when the whole object stands there.
  Status write(const std::string& name, BytesView content) override {
    TRY(ask("PUT", "/" + prefix_ + name, "", content));
    return {};
  }
  Status remove(const std::string& name) override {
    const auto done = ask("DELETE", "/" + prefix_ + name, "", {});
    if (done || done.error().code == ErrorCode::not_found) return {};
    return std::unexpected(done.error());
  }

 private:
  std::string place() const { return host_ + "/" + bucket_; }

  Result<Answer> ask(const char* method, const std::string& path, const std::string& query,
                     BytesView content) {
    if (!curl_) return fail(ErrorCode::io_failure, {"通信の用意ができません", "libcurl cannot be set up"});
    CURL* const curl = curl_.get();
    curl_easy_reset(curl);
    const std::string url = host_ + "/" + encoded(bucket_) + encoded(path, "/") + query;
    const std::string signing = "aws:amz:" + region_ + ":s3";
    Answer answer;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, signing.c_str());
    curl_easy_setopt(curl, CURLOPT_USERPWD, user_.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);  // a line that is silent so long is gone
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
    // Debian 12's libcurl signs this header but does not write it; S3 asks for it with every request.
    const std::string digest = "x-amz-content-sha256: " + sha256(content).hex();
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> fields(
        curl_slist_append(curl_slist_append(curl_slist_append(nullptr, digest.c_str()), "Expect:"),
                          "Content-Type: application/octet-stream"),
        curl_slist_free_all);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields.get());
    if (std::strcmp(method, "PUT") == 0) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(content.size()));
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, content.data());
    }
    const CURLcode done = curl_easy_perform(curl);
    if (done != CURLE_OK)
      return fail(ErrorCode::io_failure,
                  {"控えの場所とつながりません", "The backup target cannot be reached"},
                  place() + ": " + curl_easy_strerror(done),
                  {"回線と場所の名前を確かめてください", "See whether the line is up and the name is right"});
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    if (answer.status / 100 != 2) return refused(answer);
    return answer;
  }

  std::unexpected<Error> refused(const Answer& answer) const {
    // The storage's own word for it: <Code>SignatureDoesNotMatch</Code>
    const std::string_view body(answer.body);
    const std::size_t code = body.find("<Code>"), end = body.find("</Code>");
    const std::string told = code == std::string_view::npos || end < code
                                 ? std::to_string(answer.status)
                                 : std::string(body.substr(code + 6, end - code - 6));
    if (answer.status == 404)
      return fail(ErrorCode::not_found, {"控えの場所にありません", "It is not there at the target"},
                  place() + ": " + told,
                  {"バケットの名前を確かめてください", "See whether the bucket is there"});
    if (answer.status == 401 || answer.status == 403)
      return fail(ErrorCode::forbidden,
                  {"控えの場所が鍵を受け付けません", "The backup target does not accept the key"},
                  place() + ": " + told,
                  {"AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY と時計を確かめてください",
                   "See whether AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the clock are right"});
    if (answer.status == 507)
      return fail(ErrorCode::disk_full, {"控えの場所に空きがありません", "The backup target is full"},
                  place() + ": " + told);
    return fail(ErrorCode::io_failure, {"控えの場所で失敗しました", "The backup target failed"},
                place() + ": " + told,
                {"空きと様子を確かめてください", "See whether it has space and works"});
  }

  std::string host_, bucket_, prefix_, user_, region_;
  std::unique_ptr<CURL, void (*)(CURL*)> curl_;
};

}  // namespace

bool is_s3(const std::string& where) {
  return where.starts_with("s3+https://") || where.starts_with("s3+http://");
}

S3Listing read_s3_listing(std::string_view xml) {
  constexpr std::string_view kOpen = "<Key>", kClose = "</Key>";
  S3Listing listing;
  listing.truncated = xml.find("<IsTruncated>true</IsTruncated>") != std::string_view::npos;
  for (std::size_t at = xml.find(kOpen); at != std::string_view::npos; at = xml.find(kOpen, at)) {
    at += kOpen.size();
    const std::size_t end = xml.find(kClose, at);
    if (end == std::string_view::npos) break;
    listing.keys.emplace_back(xml.substr(at, end - at));
  }
  return listing;
}

Result<std::unique_ptr<Target>> open_s3_target(const std::string& where) {
  const auto unreadable = [&] {
    return fail(ErrorCode::invalid_input,
                {"s3+https://相手:ポート/バケット/接頭辞 と書いてください",
                 "Write s3+https://host:port/bucket/prefix"},
                where);
  };
  const std::string url = where.substr(kPrefix.size());
  const std::size_t host_end = url.find('/', url.find("://") + 3);
  if (host_end == std::string::npos || url.find_first_of("@?#") != std::string::npos) return unreadable();
  const std::string path = url.substr(host_end + 1);
  const std::size_t slash = path.find('/');
  const std::string bucket = path.substr(0, slash);
  std::string prefix = slash == std::string::npos ? "" : path.substr(slash + 1);
  while (prefix.ends_with('/'))
    prefix.pop_back();
  if (bucket.empty()) return unreadable();
  if (!prefix.empty()) prefix += '/';
  if (variable("AWS_ACCESS_KEY_ID").empty() || variable("AWS_SECRET_ACCESS_KEY").empty())
    return fail(ErrorCode::invalid_input,
                {"控えの場所の鍵がありません", "There is no key for the backup target"}, where,
                {"AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を環境変数に入れてください",
                 "Put AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY into the environment"});
  return std::make_unique<S3Target>(url.substr(0, host_end), bucket, prefix);
}

}  // namespace sonae::vault
