// The pages that are built into the program (ui/), as answers to GET and HEAD.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "web/message.h"

namespace sonae::web {

// One file of ui/dist. `tag` is the entity tag of its content, quoted; `gzip` is empty where it does not pay.
struct Page {
  std::string_view path;  // "/index.html"
  std::string_view content_type;
  std::string_view content;
  std::string_view gzip;
  std::string_view tag;
};

// All files of ui/dist; defined by the library sonae_ui, which the build makes from them.
std::span<const Page> embedded_pages();

// The page at this path ("/" is /index.html), or 304, or 404 with a text. Other methods are 405.
Response page_answer(std::span<const Page> pages, const Request& request);

}  // namespace sonae::web
