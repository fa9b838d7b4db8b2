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

// /safety, and /safety/vi for those whose browser runs no script that would change the language.
bool is_safety_page(std::string_view path) {
  return path == "/safety" || (path.starts_with("/safety/") && path.find('.') == std::string_view::npos);
}

std::string file_of(std::string_view path) {
  if (path == "/") return "/index.html";
  if (!is_safety_page(path)) return std::string(path);
  return std::string(path) + (path.ends_with('/') ? "" : "/") + "index.html";
}

std::string_view kept_for(std::string_view path) {
  // Names of built files hold a hash of their content: what is there never changes.
  if (path.starts_with("/assets/")) return "public, max-age=31536000, immutable";
  // What a million people open on the first evening may be kept by whatever stands between.
  if (path.starts_with("/safety/")) return "public, max-age=600, stale-if-error=86400";
  return "no-cache";
}

}  // namespace

Response page_answer(std::span<const Page> pages, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = plain(405, "405: GET / HEAD\n");
    refused.fields.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  const Page* const page = find(pages, file_of(request.path));
  if (page == nullptr) return plain(404, "404: このページはありません / There is no such page\n");

  Response response;
  response.fields.emplace_back("ETag", page->tag);
  response.fields.emplace_back("Cache-Control", std::string(kept_for(page->path)));
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
