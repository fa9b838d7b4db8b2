// usage: node embed.mjs DIST OUT.cc   Turns every file of DIST into a page of web::embedded_pages(), beside it its
// gzip form where that is smaller, and an entity tag made of its content.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

const [dist, out] = process.argv.slice(2)
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort()

// Octal escapes have three digits at most, so what follows one is never swallowed by it.
const literal = (bytes) => {
  let lines = ''
  for (let at = 0; at < bytes.length; at += 64) {
    let line = ''
    for (const byte of bytes.subarray(at, at + 64)) {
      const letter = String.fromCharCode(byte)
      line += /[A-Za-z0-9 .,;:_=(){}<>/*+-]/.test(letter) ? letter : '\\' + byte.toString(8).padStart(3, '0')
    }
    lines += `\n    "${line}"`
  }
  return `std::string_view(${lines || '""'}, ${bytes.length})`
}

let pages = ''
for (const file of files) {
  const type = types[extname(file)]
  if (!type) throw new Error(`${file}: no content type is known for it`)
  const content = readFileSync(file)
  const zipped = gzipSync(content, { level: 9 })
  const tag = createHash('sha256').update(content).digest('hex').slice(0, 20)
  pages += `  {"/${relative(dist, file).replaceAll('\\', '/')}", "${type}",\n   ${literal(content)},\n   ${
    zipped.length < content.length * 0.9 ? literal(zipped) : 'std::string_view()'},\n   "\\"${tag}\\""},\n`
}
writeFileSync(out, `// Made by ui/tools/embed.mjs from the built pages.
#include "web/static_pages.h"

namespace sonae::web {

namespace {

constexpr Page kPages[] = {
${pages}};

}  // namespace

std::span<const Page> embedded_pages() {
  return kPages;
}

}  // namespace sonae::web
`)
console.log(`${files.length} pages embedded`)
