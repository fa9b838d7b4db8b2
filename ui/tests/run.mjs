// usage: node run.mjs SONAE [--slow[=SEED]] [SPEC...]   Makes a demonstration town in a new directory, serves it on a free
// port of 127.0.0.1, runs the specs beside this file in Chromium against it, and ends what it has started.
//
// --slow finds specs and pages that lean on luck: each answer comes up to 400 ms late, in an order drawn from SEED (a new
// one where none is given), and Chromium has a processor four times slower.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Browser } from './browser.mjs'
import { serve } from './served.mjs'
import { slowLine } from './slow.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const [program, ...words] = process.argv.slice(2)
const slowly = words.find((word) => /^--slow(=\d+)?$/.test(word))
const seed = Number(slowly?.split('=')[1] ?? Date.now() % 1_000_000)
const chosen = words.filter((word) => word !== slowly)
const home = mkdtempSync(join(tmpdir(), 'sonae-browser-'))
const town = join(home, 'town')
const env = { ...process.env, SONAE_DATA: resolve(here, '../../data'), SONAE_KEYS: join(home, 'keys'), LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' }
const shots = resolve(here, '../test-results')

const began = Date.now()
const made = JSON.parse(execFileSync(program, ['demo', town, '--residents', '2000', '--seed', '7', '--severity', '1.8', '--json'], { env }))
const { server, address: served } = await serve(program, town, env)
const line = slowly ? await slowLine(served, seed) : undefined
const address = line?.address ?? served
console.log(`a town of 2,000 at ${address}, after ${Date.now() - began} ms${slowly ? `, slowly (--slow=${seed})` : ''}`)
mkdirSync(shots, { recursive: true })
let failures = 0
try {
  const specs = readdirSync(here).filter((name) => name.endsWith('.spec.mjs')).sort()
  for (const name of specs.filter((one) => chosen.length === 0 || chosen.some((part) => one.includes(part)))) {
    const { default: run } = await import(pathToFileURL(join(here, name)))
    const browser = await Browser.launch({ program, address, home, files: join(town, 'files'), made, shots, processor: slowly ? 4 : 1 })
    const test = async (what, body) => {
      const start = Date.now()
      try {
        await body()
        browser.noComplaints()
        console.log(`  ok    ${name.replace('.spec.mjs', '')}: ${what} (${Date.now() - start} ms)`)
      } catch (error) {
        failures += 1
        console.log(`  FAIL  ${name.replace('.spec.mjs', '')}: ${what}\n${error.stack}`)
        await browser.shot(`failed-${name}-${failures}`)
      }
    }
    await run({ browser, test })
    await browser.close()
  }
} finally {
  line?.close()
  server.removeAllListeners('exit')
  const ended = new Promise((done) => server.on('exit', done))
  server.kill('SIGTERM')
  const code = await ended
  if (code !== 0) {
    failures += 1
    console.log(`  FAIL  sonae serve ended with ${code} on SIGTERM`)
  }
  rmSync(home, { recursive: true, force: true })
}
console.log(failures ? `${failures} failed` : `all passed in ${Date.now() - began} ms`)
process.exit(failures ? 1 : 0)
