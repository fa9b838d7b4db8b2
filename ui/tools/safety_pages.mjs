// usage: node safety_pages.mjs DIST   Writes /safety in each language of the tables, for browsers that run no script:
// DIST/safety/vi/index.html is DIST/safety/index.html with the table's words beside the Japanese, and its forms say
// in which language they are to be answered (their member `tongue`).
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [dist] = process.argv.slice(2)
const page = readFileSync(join(dist, 'safety/index.html'), 'utf8')
const tagOf = (tongue) => (tongue === 'easy' ? 'ja' : tongue === 'zh' ? 'zh-Hans' : tongue)
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

for (const file of readdirSync(join(dist, 'words')).filter((name) => name.endsWith('.json'))) {
  const tongue = file.replace('.json', '')
  if (tongue === 'ja') continue // stands in all of them
  const table = JSON.parse(readFileSync(join(dist, 'words', file), 'utf8'))
  const said = (key, written) => (table[key] ? escaped(table[key]) : written)
  const made = page
    .replace('<html lang="ja">', `<html lang="ja" data-tongue="${tongue}">`)
    .replace(/<(\w+) lang="en" data-w="([^"]+)">([^<]*)</g, (_, element, key, written) => `<${element} lang="${tagOf(tongue)}" data-w="${key}">${said(key, written)}<`)
    .replace(/(<option value="[^"]+" data-w="([^"]+)">)([^<]*?) \/ ([^<]*)</g, (_, begin, key, japanese, written) => `${begin}${japanese} / ${said(key, written)}<`)
    .replace(`<option value="${tongue}"`, `<option value="${tongue}" selected`)
    .replaceAll(/(<form [^>]*>)/g, `$1\n        <input type="hidden" name="tongue" value="${tongue}" />`)
  mkdirSync(join(dist, 'safety', tongue), { recursive: true })
  writeFileSync(join(dist, 'safety', tongue, 'index.html'), made)
}
