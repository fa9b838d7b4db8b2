#include "web/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <optional>

namespace sonae::web {

namespace http = boost::beast::http;
using BeastError = boost::beast::error_code;
using BeastView = boost::beast::string_view;

namespace {

constexpr std::size_t kUsualFields = 16;  // of a browser

std::string_view plain(BeastView text) {
  return {text.data(), text.size()};
}

}  // namespace

struct RequestReader::Parser : http::basic_parser<true> {
  explicit Parser(std::size_t head_bytes) {
    header_limit(static_cast<std::uint32_t>(head_bytes));
    body_limit(boost::none);
    request.fields.reserve(kUsualFields);
  }

  Request request;
  State state = State::start;
  std::uint64_t body_at_most = 0;
  bool expects_continue = false;
  std::size_t head_bytes_read = 0;

  void on_request_impl(http::verb, BeastView method, BeastView target, int, BeastError&) override {
    const std::string_view whole = plain(target);
    const std::size_t mark = std::min(whole.find('?'), whole.size());
    request.method = plain(method);
    request.path = whole.substr(0, mark);
    if (mark < whole.size()) request.query = whole.substr(mark + 1);
  }
  void on_response_impl(int, BeastView, int, BeastError&) override {}
  void on_field_impl(http::field, BeastView name, BeastView value, BeastError&) override {
    if (state == State::body) return;  // a trailer after the body may not add to what was admitted
    request.fields.push_back({std::string(plain(name)), std::string(plain(value))});
  }
  void on_header_impl(BeastError&) override {
    request.keep_alive = keep_alive();
    expects_continue = same_name(request.field("Expect"), "100-continue");
    state = State::head_done;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}
  std::size_t on_body_impl(BeastView piece, BeastError& error) override { return take_piece(piece, error); }
  void on_chunk_header_impl(std::uint64_t, BeastView, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView piece, BeastError& error) override {
    return take_piece(piece, error);
  }
  void on_finish_impl(BeastError&) override {}

  std::size_t take_piece(BeastView piece, BeastError& error) {
    if (request.body.size() + piece.size() > body_at_most) {
      error = http::error::body_limit;
      return 0;
    }
    request.body.append(piece.data(), piece.size());
    return piece.size();
  }
};

RequestReader::RequestReader(std::size_t head_bytes)
    : head_bytes_(head_bytes), parser_(std::make_unique<Parser>(head_bytes)) {}
RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::state() const {
  return parser_->state;
}
const Request& RequestReader::request() const {
  return parser_->request;
}
bool RequestReader::expects_continue() const {
  return parser_->expects_continue;
}

std::size_t RequestReader::feed(std::string_view bytes) {
  std::size_t consumed = 0;
  Parser& parser = *parser_;
  while (parser.state == State::start || parser.state == State::head || parser.state == State::body) {
    if (consumed == bytes.size()) break;
    if (parser.state == State::start) parser.state = State::head;
    BeastError error;
    const bool in_head = parser.state == State::head;
    const std::size_t taken =
        parser.put(boost::asio::const_buffer(bytes.data() + consumed, bytes.size() - consumed), error);
    consumed += taken;
    // Beast limits what it is given at once; the limit here is for the whole head, and for what it leaves
    // unread (the extensions of a chunk).
    if (in_head) parser.head_bytes_read += taken;
    if (in_head && parser.head_bytes_read > head_bytes_) {
      parser.state = State::head_too_large;
      break;
    }
    if (error == http::error::need_more) {
      if (bytes.size() - consumed >= head_bytes_) parser.state = State::head_too_large;
      break;
    }
    if (error == http::error::header_limit) {
      parser.state = State::head_too_large;
    } else if (error == http::error::body_limit) {
      parser.state = State::body_too_large;
    } else if (error) {
      parser.state = State::bad;
    } else if (parser.state == State::body && parser.is_done()) {
      parser.state = State::complete;
    }
  }
  return consumed;
}

void RequestReader::allow_body(std::uint64_t at_most) {
  Parser& parser = *parser_;
  parser.body_at_most = at_most;
  if (parser.is_done()) {
    parser.state = State::complete;
    return;
  }
  parser.state = State::body;
  if (const auto length = parser.content_length()) {
    if (*length > at_most)
      parser.state = State::body_too_large;
    else
      parser.request.body.reserve(*length);
  }
}

Request RequestReader::take() {
  Request taken = std::move(parser_->request);
  parser_ = std::make_unique<Parser>(head_bytes_);
  return taken;
}

}  // namespace sonae::web
