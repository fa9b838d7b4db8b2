// usage: node words.mjs   Every table of what evacuees read has every key, and no sentence that lost its placeholders.
import { strict as assert } from 'node:assert'
import { readFileSync, readdirSync } from 'node:fs'

const folder = new URL('../../data/words/', import.meta.url)
const read = (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const japanese = read('ja.json')
const source = readFileSync(new URL('../src/lib/evacuee.svelte.ts', import.meta.url), 'utf8')
const offered = /languages = \[(.*?)\]/.exec(source)[1].match(/\w+/g)
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort()

assert.deepEqual(files.map((name) => name.replace('.json', '')).sort(), [...offered].sort(), 'the languages offered are those there are')
for (const file of files) {
  const table = read(file)
  assert.deepEqual(Object.keys(table).sort(), Object.keys(japanese).sort(), `${file}: other keys than ja.json`)
  for (const [key, text] of Object.entries(table)) {
    assert.ok(typeof text === 'string' && text.trim() !== '', `${file}: ${key} is empty`)
    assert.deepEqual(placeholders(text), placeholders(japanese[key]), `${file}: ${key} has other placeholders`)
  }
}
for (const page of ['../public/safety/index.html'])
  for (const [, key] of readFileSync(new URL(page, import.meta.url), 'utf8').matchAll(/data-w="([^"]+)"/g)) assert.ok(key in japanese, `${page}: ${key} is in no table`)
console.log(`${files.length} languages, ${Object.keys(japanese).length} keys each`)
