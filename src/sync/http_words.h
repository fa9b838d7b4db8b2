// The little of HTTP/1.1 that opens a connection of sync: one request and one answer. `POST /sonae/join` asks
// to be let in; `GET /sonae/sync` with `Upgrade: sonae-sync/1` turns the connection into a stream of frames,
// each with its length before it (RFC 9110, 7.8). So sync passes where HTTPS passes, and frames still flow
// both ways without a round trip each, which a line of 600 ms would not forgive.
#pragma once

#include <string>

#include "sync/tls.h"

namespace sonae::sync {

struct HttpHead {
  std::string first_line;  // "GET /sonae/sync HTTP/1.1", "HTTP/1.1 200 OK"
  std::size_t body_bytes = 0;
};

// A head, and the body that it announces; too_large over `largest_body`.
struct HttpMessage {
  HttpHead head;
  Bytes body;
  Bytes rest;  // what came after it
};
inline constexpr std::size_t kSmallBody = std::size_t{1} << 20;
// All of it within the time; of a larger body than a small one each part within the time. `early`: bytes that
// were read already.
Result<HttpMessage> read_message(TlsStream& stream, int timeout_ms, std::size_t largest_body = kSmallBody,
                                 Bytes early = {});
Status write_all(TlsStream& stream, BytesView bytes, int timeout_ms);

std::string request_to_sync();
std::string request_to_join(BytesView body);
std::string answer_upgraded();
std::string answer(int status, std::string_view reason, BytesView body);

// Requests that follow one another on one connection (vault/node_target.h).
std::string request_of(std::string_view method, std::string_view path, BytesView body);
std::string answer_kept(int status, std::string_view reason, BytesView body);

}  // namespace sonae::sync
