// POST of JSON to another program's address, with a bearer token; the network of LINE and SMS. Any thread.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"

namespace sonae::post {

class Poster {
 public:
  virtual ~Poster() = default;
  // Ends when the other side has answered; io_failure unless it answered 2xx.
  virtual Status post(const std::string& url, const std::string& token, const std::string& json) = 0;
};

std::unique_ptr<Poster> make_poster();  // libcurl: http and https only, no redirects, 20 s

}  // namespace sonae::post
