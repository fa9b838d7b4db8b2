// The fields that every response carries for the safety of those who read it.
#pragma once

#include "web/message.h"

namespace sonae::web {

// For pages: scripts, styles, pictures and calls from this server only, nothing inline, in nobody's frame.
void add_page_headers(Response& response);
// For the API: kept by nobody, interpreted as nothing else.
void add_api_headers(Response& response);

}  // namespace sonae::web
