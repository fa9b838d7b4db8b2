#include "web/static_pages.h"

#include "web/headers.h"

namespace sonae::web {

namespace {

const Page* find(std::span<const Page> pages, std::string_view path) {
  for (const Page& page : pages)
    if (page.path == path) return &page;
  return nullptr;
}

Response plain(int status, std::string_view text) {
  Response response;
  response.status = status;
  response.fields.emplace_back("Content-Type", "text/plain; charset=utf-8");
  response.fields.emplace_back("Cache-Control", "no-store");
  response.fixed_body = text;
  add_page_headers(response);
  return response;
}

// Names of built files hold a hash of their content: what is there never changes.
bool never_changes(std::string_view path) {
  return path.starts_with("/assets/");
}

}  // namespace

Response page_answer(std::span<const Page> pages, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = plain(405, "405: GET / HEAD\n");
    refused.fields.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  const Page* const page = find(pages, request.path == "/" ? "/index.html" : std::string_view(request.path));
  if (page == nullptr) return plain(404, "404: このページはありません / There is no such page\n");

  Response response;
  response.fields.emplace_back("ETag", page->tag);
  response.fields.emplace_back(
      "Cache-Control", never_changes(page->path) ? "public, max-age=31536000, immutable" : "no-cache");
  response.fields.emplace_back("Vary", "Accept-Encoding");
  if (request.field("If-None-Match").find(page->tag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.fields.emplace_back("Content-Type", page->content_type);
  add_page_headers(response);
  const bool zipped =
      !page->gzip.empty() && request.field("Accept-Encoding").find("gzip") != std::string_view::npos;
  if (zipped) response.fields.emplace_back("Content-Encoding", "gzip");
  response.fixed_body = zipped ? page->gzip : page->content;
  return response;
}

}  // namespace sonae::web
