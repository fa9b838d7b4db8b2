// One HTTP request and its response as plain structs: what the server reads and writes, and what a handler
// sees. No HTTP library stands behind this header.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace sonae::web {

struct Field {
  std::string name;  // as it was sent; compared without regard to case
  std::string value;
};

struct Request {
  std::string method;  // "GET"
  std::string path;    // before the "?", still percent-encoded: "/api/registry.search"
  std::string query;   // after it
  std::vector<Field> fields;
  std::string body;
  std::string peer;  // the address of the other side, without port
  bool keep_alive = true;
  std::shared_ptr<void> held;  // what the handler's admission lent to it, given back with the request

  // The value of the first field of this name; empty where there is none.
  std::string_view field(std::string_view name) const;
};

// A body that is read in pieces while it is sent.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual std::uint64_t length() const = 0;
  virtual Result<std::size_t> read(char* into, std::size_t at_most) = 0;  // 0 at the end
};

// Server-sent events to one browser (https://html.spec.whatwg.org/multipage/server-sent-events.html). Any
// thread.
class EventStream {
 public:
  virtual ~EventStream() = default;
  // One event; false where the other side is gone or does not keep up: forget the stream then.
  virtual bool send(std::string_view event, std::string_view one_line_of_data) = 0;
  virtual void close() = 0;  // after what was sent before
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string_view, std::string>> fields;  // names are literals
  std::string body;
  std::string_view fixed_body;         // instead of body: content that outlives the server (embedded pages)
  std::unique_ptr<BodySource> source;  // instead of body
  std::function<void(std::shared_ptr<EventStream>)>
      events;          // instead of body: takes the stream once it is open
  bool close = false;  // end the connection afterwards
};

// Where the answer to one request goes: called once, from any thread. One that is dropped unanswered sends
// 500, so that no browser waits for ever.
class Reply {
 public:
  class Sink {
   public:
    virtual ~Sink() = default;
    virtual void answer(Response response) = 0;
  };
  explicit Reply(std::shared_ptr<Sink> sink) : sink_(std::move(sink)) {}
  Reply(Reply&&) = default;
  Reply& operator=(Reply&&) = default;
  ~Reply();
  void operator()(Response response);

 private:
  std::shared_ptr<Sink> sink_;
};

// Whether two names of fields are the same (ASCII, without regard to case).
bool same_name(std::string_view one, std::string_view other);

}  // namespace sonae::web
