#include "sync/http_words.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace sonae::sync {

namespace {

constexpr std::size_t kLongestHead = 8 * 1024;

std::string lower(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return made;
}

std::unexpected<Error> not_understood() {
  return fail(ErrorCode::invalid_input,
              {"相手は同期の約束を話しません", "The other side does not speak sync"});
}

Result<HttpHead> read_head(std::string_view text) {
  HttpHead head;
  head.first_line = text.substr(0, text.find("\r\n"));
  constexpr std::string_view kLength = "\r\ncontent-length:";
  const std::string lowered = lower(text);
  if (const std::size_t at = lowered.find(kLength); at != std::string::npos) {
    std::size_t begin = at + kLength.size();
    while (begin < lowered.size() && lowered[begin] == ' ')
      ++begin;
    const auto [end, error] =
        std::from_chars(lowered.data() + begin, lowered.data() + lowered.size(), head.body_bytes);
    if (error != std::errc{}) return not_understood();
  }
  return head;
}

}  // namespace

Result<HttpMessage> read_message(TlsStream& stream, int timeout_ms, std::size_t largest_body, Bytes early) {
  const std::chrono::milliseconds patience(timeout_ms);
  auto until = std::chrono::steady_clock::now() + patience;
  Bytes got = std::move(early);
  std::size_t end = Bytes::npos;
  HttpMessage message;
  for (;;) {
    if (end == Bytes::npos) {
      end = got.find("\r\n\r\n");
      if (end != Bytes::npos) message.head = TRY(read_head(std::string_view(got).substr(0, end + 2)));
      if (end == Bytes::npos && got.size() > kLongestHead) return not_understood();
      if (message.head.body_bytes > largest_body) return fail(ErrorCode::too_large, {});
    }
    if (end != Bytes::npos && got.size() >= end + 4 + message.head.body_bytes) {
      message.body = got.substr(end + 4, message.head.body_bytes);
      message.rest = got.substr(end + 4 + message.head.body_bytes);
      return message;
    }
    char piece[16384];
    const std::size_t count = TRY(stream.read(piece, sizeof piece));
    got.append(piece, count);
    if (count > 0 && message.head.body_bytes > kSmallBody)
      until = std::chrono::steady_clock::now() + patience;
    if (count > 0) continue;
    if (stream.closed() || std::chrono::steady_clock::now() > until)
      return fail(ErrorCode::io_failure, {"相手が応えません", "The other side does not answer"},
                  stream.peer_address());
    stream.wait(false, 100);
  }
}

Status write_all(TlsStream& stream, BytesView bytes, int timeout_ms) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  while (!bytes.empty()) {
    const std::size_t count = TRY(stream.write(bytes));
    bytes.remove_prefix(count);
    if (count > 0) continue;
    if (stream.closed() || std::chrono::steady_clock::now() > until)
      return fail(ErrorCode::io_failure, {"相手が受け取りません", "The other side takes nothing"},
                  stream.peer_address());
    stream.wait(true, 100);
  }
  return {};
}

std::string request_to_sync() {
  return "GET /sonae/sync HTTP/1.1\r\nHost: sonae\r\nConnection: Upgrade\r\nUpgrade: sonae-sync/1\r\n\r\n";
}
std::string request_to_join(BytesView body) {
  return "POST /sonae/join HTTP/1.1\r\nHost: sonae\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + Bytes(body);
}
std::string answer_upgraded() {
  return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: sonae-sync/1\r\n\r\n";
}
std::string answer(int status, std::string_view reason, BytesView body) {
  return "HTTP/1.1 " + std::to_string(status) + " " + std::string(reason) +
         "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + Bytes(body);
}

std::string request_of(std::string_view method, std::string_view path, BytesView body) {
  return std::string(method) + " " + std::string(path) +
         " HTTP/1.1\r\nHost: sonae\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         Bytes(body);
}
std::string answer_kept(int status, std::string_view reason, BytesView body) {
  return "HTTP/1.1 " + std::to_string(status) + " " + std::string(reason) +
         "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + Bytes(body);
}

}  // namespace sonae::sync
