#include "web/response_head.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/time.h"

namespace sonae::web {

namespace {

bool ends_line(char letter) {
  return letter == '\r' || letter == '\n' || letter == '\0';
}

}  // namespace

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "Status";
  }
}

std::string response_head(const Response& response, std::optional<std::uint64_t> body_bytes, bool keep_alive,
                          std::string_view date) {
  std::string head;
  head.reserve(768);
  head += "HTTP/1.1 ";
  head += fmt::format_int(response.status).c_str();
  head += ' ';
  head += reason_of(response.status);
  head += "\r\nDate: ";
  head += date;
  for (const auto& [name, value] : response.fields) {
    head += "\r\n";
    head += name;
    head += ": ";
    const std::size_t start = head.size();
    head += value;
    // A line end in a value would start a field of the sender's choosing.
    std::replace_if(head.begin() + static_cast<std::ptrdiff_t>(start), head.end(), ends_line, ' ');
  }
  if (body_bytes) {
    if (response.status != 204 && response.status != 304) {
      head += "\r\nContent-Length: ";
      head += fmt::format_int(*body_bytes).c_str();
    }
  } else {
    head += "\r\nTransfer-Encoding: chunked";
  }
  if (!keep_alive) head += "\r\nConnection: close";
  head += "\r\n\r\n";
  return head;
}

std::string http_date(std::int64_t seconds_since_1970) {
  static constexpr const char* kDays[] = {"Thu", "Fri", "Sat", "Sun",
                                          "Mon", "Tue", "Wed"};  // 1970-01-01 first
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::int64_t day = seconds_since_1970 / 86400;
  const std::int64_t second = seconds_since_1970 % 86400;
  const Date date = date_of_days(static_cast<std::int32_t>(day));
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[day % 7], date.day,
                     kMonths[date.month - 1], date.year, second / 3600, second / 60 % 60, second % 60);
}

}  // namespace sonae::web
