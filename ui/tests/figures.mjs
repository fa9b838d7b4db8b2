// usage: node figures.mjs SONAE [RESIDENTS]   Prints what the door costs: the first load, taps and seconds of a family of
// four in each way in, and the search among RESIDENTS (100,000 where not given) on the device. Asserts nothing.
//
// Seconds of a person follow the keystroke-level model (Card, Moran, Newell 1983): 0.28 s a key, 1.1 s a tap. A kana
// counts as two keys (Roman letters). What people say and think takes longer than either.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Browser, cameraOf } from './browser.mjs'
import { householdsOf, prepareDevice, showToCamera } from './door.mjs'
import { serve } from './served.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const [program, residents = '100000'] = process.argv.slice(2)
const home = mkdtempSync(join(tmpdir(), 'sonae-figures-'))
const env = { ...process.env, SONAE_DATA: resolve(here, '../../data'), SONAE_KEYS: join(home, 'keys'), LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' }
const town = join(home, 'town')
const made = JSON.parse(execFileSync(program, ['demo', town, '--residents', residents, '--seed', '7', '--json'], { env, maxBuffer: 1 << 28 }))
const { server, address } = await serve(program, town, env)
const browser = await Browser.launch({ address, home, made, shots: home })
const [key, tap] = [0.28, 1.1]
const slowPhone = { latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8, offline: false } // Chromium's "Slow 3G", processor 4 times slower
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`

async function firstLoad(name, throttle, place, ready) {
  await browser.fresh({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  const { page } = browser
  const inspector = await browser.context.newCDPSession(page)
  await inspector.send('Network.enable')
  if (throttle) {
    await inspector.send('Network.emulateNetworkConditions', slowPhone)
    await inspector.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  }
  let bytes = 0
  inspector.on('Network.loadingFinished', (one) => (bytes += one.encodedDataLength))
  const start = Date.now()
  page.setDefaultTimeout(120_000)
  await page.goto(place)
  await ready(page)
  const seconds = (Date.now() - start) / 1000
  console.log(`${name.padEnd(46)} ${kb(bytes).padStart(10)}  ${seconds.toFixed(1)} s`)
}

try {
  console.log(`\nFirst load over the line, compressed, until it can be used`)
  const signInShown = (page) => page.getByLabel('利用者名').waitFor()
  await firstLoad('the app, to its sign-in', false, '/', signInShown)
  await firstLoad('the same, slow phone', true, '/', signInShown)
  const doorShown = async (page) => {
    await signInShown(page)
    await page.getByLabel('利用者名').fill(made.login)
    await page.getByLabel('パスワード').fill(made.password)
    await page.getByLabel('利用の目的').fill('計測')
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.getByRole('heading', { name: 'この端末を受付に使う' }).waitFor()
  }
  await firstLoad('the door, with sign-in and answers', false, '/#/door', doorShown)
  await firstLoad('the same, slow phone', true, '/#/door', doorShown)
  await firstLoad('/safety, slow phone', true, '/safety', (page) => page.locator('#s-name').waitFor())
  const kept = await (await fetch(`${address}/sw.js`)).text()
  const files = [...new Set([...kept.matchAll(/url:"([^"]+)"/g)].map((one) => one[1]))]
  const sizes = await Promise.all(files.map(async (file) => [file, Number((await fetch(`${address}/${file}`, { headers: { 'Accept-Encoding': 'gzip' } })).headers.get('content-length'))]))
  console.log(`${'all that the service worker keeps'.padEnd(46)} ${kb(sizes.reduce((sum, [, size]) => sum + size, 0)).padStart(10)}  (${files.length} files, in the background)`)

  // --- A family of four.
  await browser.fresh({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const { page } = browser
  await browser.signIn()
  await prepareDevice(browser, { shelter: '計測場', room: '' })
  const extract = (await browser.call('registry.door_extract')).body
  const families = householdsOf(browser, extract, 4)
  const cards = (await browser.call('registry.cards', { limit: 500 })).body.cards.filter((one) => one.others === 3)
  await browser.context.setOffline(true)
  await page.evaluate(() => {
    globalThis.done = { taps: 0 }
    addEventListener('pointerdown', () => (done.taps += 1), true)
  })
  console.log(`\nA family of four, no network${' '.repeat(20)} taps  keys  machine  a person`)
  const hit = (locator) => locator.tap()
  const button = (name) => page.getByRole('button', { name })
  const way = (name) => page.getByRole('button', { name, exact: true })
  let keys = 0
  const write = (locator, text) => {
    for (const letter of text) keys += letter < '\x80' ? 1 : 2
    return locator.pressSequentially(text)
  }
  async function figure(name, run, scanned = 0) {
    await page.evaluate(() => (done.taps = 0))
    keys = 0
    const before = await page.getByText('この端末だけにある受付').innerText().catch(() => '')
    const start = Date.now()
    await run()
    await page.waitForFunction((was) => [...document.querySelectorAll('.badge')].some((one) => one.textContent.includes('この端末だけにある受付') && one.textContent !== was), before)
    const machine = (Date.now() - start) / 1000
    const taps = await page.evaluate(() => done.taps)
    const person = (keys - scanned) * key + taps * tap
    console.log(`${name.padEnd(48)} ${String(taps).padStart(4)} ${String(keys - scanned).padStart(5)}  ${machine.toFixed(1).padStart(5)} s ${person.toFixed(1).padStart(7)} s`)
  }
  const box = page.locator('#d-find')
  const all = async () => {
    await hit(button('全員います'))
    await hit(button('4 人を受け付ける'))
  }
  await figure('found by kana and birthday', async () => {
    const [head] = families[0]
    await write(box, `${head[5].split('　')[0]} ${head[7].slice(5).replace('-', '')}`)
    await hit(page.locator('.household').first())
    await all()
  })
  await figure('card, its number typed', async () => {
    await write(box, cards[0].code.replaceAll('-', ''))
    await hit(page.locator('.household').first())
    await all()
  })
  const scan = `SONAE-CARD:${cards[1].code.replaceAll('-', '')}`
  await figure('card, a scanner that types', async () => {
    await write(box, scan)
    await page.keyboard.press('Enter')
    await all()
  }, scan.length)
  showToCamera(cameraOf(home), cards[2].svg)
  await figure('card, the camera', async () => {
    await hit(button('カードをカメラで読む'))
    await page.getByRole('heading', { name: 'ここにいる人' }).waitFor()
    await all()
  })
  const press = (name) => {
    keys += 1
    return page.keyboard.press(name)
  }
  const count = (kind, number) => page.getByRole('group', { name: kind, exact: true }).getByRole('button', { name: number, exact: true })
  const given = ['いちろう', 'はなこ', 'たろう', 'よしこ']
  await figure('one for all and three others: touch', async () => {
    await hit(way('代表者と人数'))
    await write(page.locator('#l-name'), `たびの ${given[0]}`)
    await press('Enter')
    await write(page.locator('#l-place'), 'お')
    await press('Enter') // the keyboard's own, on the screen
    await hit(count('大人', '1'))
    await hit(count('子ども', '2'))
    await hit(button('4 人を受け付ける'))
  })
  await figure('the next of the same town: touch', async () => {
    await write(page.locator('#l-name'), `となの ${given[0]}`)
    await hit(count('大人', '1'))
    await hit(count('子ども', '2'))
    await hit(button('4 人を受け付ける'))
  })
  await figure('one for all and three others: keys', async () => {
    await write(page.locator('#l-name'), `みさき ${given[0]}`)
    await press('Enter')
    await write(page.locator('#l-place'), 'く')
    await press('Enter')
    for (const digit of '102') await press(digit)
    keys += 1 // Control
    await press('Control+Enter')
  })
  // Enter goes from the name to the town, from there to the next of the family, and after the last one it keeps.
  // Where a neighbour's town was copied, Enter passes it.
  const four = async (family, town, copied) => {
    for (const [i, name] of given.entries()) {
      await write(page.getByLabel('氏名').nth(i), i === 0 ? `${family} ${name}` : name)
      await press('Enter')
      if (i > 0 || copied) continue
      if (town) await write(page.locator('#t-address-0'), town)
      if (town) await press('Enter')
      await press('Enter')
    }
    await press('Enter')
  }
  await figure('typed, four names and a town', async () => {
    await hit(way('名簿にない人'))
    await four('たびの', 'お')
  })
  await figure('the next of the same town', () => four('となの'))
  await figure('beside a neighbour’s entry, four names', async () => {
    await hit(button(/隣の家族.*全員の名前/))
    await four('みなの', '', true)
  })
  await figure('the same by keyboard alone', async () => {
    keys += 1 // Shift
    await press('Shift+F2')
    await four('きたの', '', true)
  })
  await figure('beside a neighbour, one for all: touch', async () => {
    await hit(button(/隣の家族.*代表者と人数/))
    await write(page.locator('#l-name'), `みなの ${given[0]}`)
    await hit(count('大人', '1'))
    await hit(count('子ども', '2'))
    await hit(button('4 人を受け付ける'))
  })
  await figure('the same by keyboard alone', async () => {
    await press('F2')
    await write(page.locator('#l-name'), `きたの ${given[0]}`)
    await press('Enter')
    await press('Enter')
    for (const digit of '102') await press(digit)
    keys += 1 // Control
    await press('Control+Enter')
  })
  const jpeg = await page.screenshot({ type: 'jpeg' })
  await figure('paper form, photographed (typed later)', async () => {
    await hit(way('紙の受付票'))
    await page.evaluate(() => (done.taps += 2)) // the button, and the camera's own
    await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await page.getByAltText('撮った受付票').waitFor()
    await hit(page.getByLabel(/書かれた人数/))
    await write(page.getByLabel(/書かれた人数/), '4')
    await hit(button('この写真を保存する'))
  })
  await figure('a number only', async () => {
    await hit(way('人数だけ'))
    await hit(page.getByLabel(/^人数/))
    await write(page.getByLabel(/^人数/), '4')
    await hit(page.getByLabel('どこから'))
    await write(page.getByLabel('どこから'), '大島')
    await hit(button('4 人を受け付ける'))
  })

  // --- The search, in the browser, on the device's own code.
  const bundle = await build({ entryPoints: [join(here, '../src/door/search.ts')], bundle: true, format: 'iife', globalName: 'Door', write: false, target: 'es2022' })
  const blank = await browser.context.newPage()
  await blank.addScriptTag({ content: bundle.outputFiles[0].text })
  console.log(`\nSearch on the device, ${extract.rows.length.toLocaleString('en')} residents (milliseconds)`)
  for (const rate of [1, 4]) {
    const inspector = await browser.context.newCDPSession(blank)
    await inspector.send('Emulation.setCPUThrottlingRate', { rate })
    const figures = await blank.evaluate((carried) => {
      const began = performance.now()
      const search = new Door.Search(carried)
      const ready = performance.now() - began
      const at = (row, name) => row[carried.columns.indexOf(name)]
      const shapes = [
        (row) => `${at(row, 'kana').split('　')[0]} ${at(row, 'birth').replaceAll('-', '')}`,
        (row) => `${at(row, 'name').split('　')[0]} ${at(row, 'birth').slice(5).replace('-', '')}`,
        (row) => `${at(row, 'kana').split('　')[1] ?? ''} ${at(row, 'address').slice(-6, -3)}`,
        (row) => at(row, 'kana').slice(0, 2),
        (row) => `${at(row, 'name').slice(0, 1)} ${at(row, 'phone').slice(-4)}`,
      ]
      const times = []
      for (let i = 0; i < 500; ++i) {
        const typed = shapes[i % shapes.length](carried.rows[(i * 7919) % carried.rows.length])
        const start = performance.now()
        search.find(typed)
        times.push(performance.now() - start)
      }
      times.sort((one, other) => one - other)
      return { ready, p50: times[250], p99: times[495], most: times[499] }
    }, extract)
    console.log(`processor ${rate === 1 ? 'as it is    ' : '4 times slower'}  p50 ${figures.p50.toFixed(1)}  p99 ${figures.p99.toFixed(1)}  longest ${figures.most.toFixed(1)}  opening ${figures.ready.toFixed(0)}`)
  }
} finally {
  await browser.close()
  server.removeAllListeners('exit')
  server.kill('SIGTERM')
  rmSync(home, { recursive: true, force: true })
}
