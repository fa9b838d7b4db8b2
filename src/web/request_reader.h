// Turns the bytes of a connection into requests, one at a time, by Boost.Beast's parser (which alone knows
// what HTTP/1.1 allows). One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "web/message.h"

namespace sonae::web {

class RequestReader {
 public:
  enum class State {
    start,      // nothing of the request is here
    head,       // some of its head is here
    head_done,  // the head is complete: call allow_body before feeding more
    body,       // some of the body is here
    complete,   // take() has it
    bad,        // not HTTP: answer 400 and close
    head_too_large,
    body_too_large,
  };

  explicit RequestReader(std::size_t head_bytes);
  ~RequestReader();

  // Reads on from the front of what has come and not been consumed yet; tells how much it has consumed.
  std::size_t feed(std::string_view bytes);
  State state() const;
  const Request& request() const;
  bool expects_continue() const;           // the sender waits for "100 Continue"
  void allow_body(std::uint64_t at_most);  // after head_done
  Request take();                          // after complete; the reader is at the start of the next one

 private:
  struct Parser;
  std::size_t head_bytes_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace sonae::web
