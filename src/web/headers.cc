#include "web/headers.h"

namespace sonae::web {

namespace {

void add_common(Response& response) {
  response.fields.emplace_back("X-Content-Type-Options", "nosniff");
  response.fields.emplace_back("Referrer-Policy", "no-referrer");
  response.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace

void add_page_headers(Response& response) {
  add_common(response);
  // The door reads evacuee cards and photographs forms.
  response.fields.emplace_back("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
  response.fields.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
      "'self'; "
      "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
}

void add_api_headers(Response& response) {
  add_common(response);
  response.fields.emplace_back("Cache-Control", "no-store");
  response.fields.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

}  // namespace sonae::web
