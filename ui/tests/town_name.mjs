// usage: node town_name.mjs SONAE   An evening at the door under the town's own name, off localhost: network namespaces, a
// small authority of the town, a tablet that trusts it. Fifteen families are received in every way with the network
// down, the tablet reloaded and killed in between, the laptop at the door replaced by another node under the same
// name, and everything arrives at headquarters.
//
// Runs in namespaces of its own (unshare, as root or with user namespaces); ends with 77 where they are not to be had.
import { strict as assert } from 'node:assert'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { Browser } from './browser.mjs'
import { householdsOf, openDevice, prepareDevice, said } from './door.mjs'

const program = resolve(process.argv[2])
const entered = 'SONAE_TOWN_NAME'
const [door, headquarters] = ['sonae.kushimoto.example', 'honbu.kushimoto.example']
const [hallAddress, tabletAddress] = ['10.77.0.2', '10.77.0.1'] // RFC 1918, in a network of their own

if (!process.env[entered]) {
  const unshare = ['--mount', '--net', ...(process.getuid() === 0 ? [] : ['--map-root-user'])]
  const missing = ['ip', 'openssl', 'certutil', 'nsenter'].filter((tool) => spawnSync('which', [tool]).status !== 0)
  if (spawnSync('unshare', [...unshare, 'true']).status !== 0 || missing.length > 0) {
    console.log(missing.length > 0 ? `skipped: ${missing.join(', ')} missing` : 'skipped: no namespaces here')
    process.exit(77)
  }
  const { status } = spawnSync('unshare', [...unshare, process.execPath, fileURLToPath(import.meta.url), program], { stdio: 'inherit', env: { ...process.env, [entered]: 'yes' } })
  process.exit(status ?? 1)
}

const home = mkdtempSync(join(tmpdir(), 'sonae-town-name-'))
const run = (command, ...words) => execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: home })
const started = []
const start = (command, words, options) => {
  const child = spawn(command, words, { cwd: home, ...options })
  started.push(child)
  return child
}
const began = Date.now()
const step = (what) => console.log(`  ok    ${what} (${Math.round((Date.now() - began) / 1000)} s)`)

// --- The hall's network, and a line from it to the tablet.
const hall = start('unshare', ['--net', 'sleep', '600'], { stdio: 'ignore' })
const inHall = (...words) => ['nsenter', [`--net=/proc/${hall.pid}/ns/net`, ...words]]
for (let tries = 0; readFileSync(`/proc/${hall.pid}/comm`, 'utf8').trim() !== 'sleep' && tries < 500; ++tries) await new Promise((next) => setTimeout(next, 10))
run('ip', 'link', 'add', 'tablet', 'type', 'veth', 'peer', 'name', 'hall', 'netns', String(hall.pid))
const line = (state) => {
  run('ip', 'link', 'set', 'tablet', state)
}
run('ip', 'link', 'set', 'lo', 'up')
run('ip', 'address', 'add', `${tabletAddress}/24`, 'dev', 'tablet')
line('up')
for (const words of [['link', 'set', 'lo', 'up'], ['address', 'add', `${hallAddress}/24`, 'dev', 'hall'], ['link', 'set', 'hall', 'up']]) run(...inHall('ip', ...words).flat())
writeFileSync(join(home, 'hosts'), `127.0.0.1 localhost\n${hallAddress} ${door} ${headquarters}\n`)
run('mount', '--bind', join(home, 'hosts'), '/etc/hosts')

// --- The town's authority and its certificate (docs/operations.md, "TLS"); the tablet trusts it.
const openssl = (...words) => run('openssl', ...words)
openssl('ecparam', '-genkey', '-name', 'prime256v1', '-out', 'ca.key')
openssl('req', '-x509', '-new', '-key', 'ca.key', '-days', '3650', '-subj', '/CN=Town CA', '-addext', 'basicConstraints=critical,CA:TRUE', '-out', 'ca.pem')
openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'town.key', '-subj', `/CN=${door}`, '-out', 'town.csr')
writeFileSync(join(home, 'town.ext'), `subjectAltName=DNS:${door},DNS:${headquarters}\nextendedKeyUsage=serverAuth\n`)
openssl('x509', '-req', '-in', 'town.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '800', '-extfile', 'town.ext', '-out', 'town.pem')
process.env.HOME = join(home, 'tablet')
mkdirSync(join(home, 'tablet/.pki/nssdb'), { recursive: true })
run('certutil', '-d', `sql:${home}/tablet/.pki/nssdb`, '-N', '--empty-password')
run('certutil', '-d', `sql:${home}/tablet/.pki/nssdb`, '-A', '-t', 'C,,', '-n', 'town', '-i', 'ca.pem')

// --- Three nodes of one town.
const data = resolve(dirname(fileURLToPath(import.meta.url)), '../../data')
const envOf = (node) => ({ ...process.env, SONAE_DATA: data, SONAE_KEYS: join(home, `keys-${node}`), LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' })
const sonae = (node, ...words) => execFileSync(...inHall(program, ...words), { env: envOf(node), encoding: 'utf8', cwd: home })
const serve = (node, ...words) => {
  const server = start(...inHall(program, 'serve', node, ...words, '--lang', 'en'), { env: envOf(node), stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((found, failed) => {
    let heard = ''
    server.stdout.on('data', (piece) => {
      heard += piece
      const address = /serving on (\S+)/.exec(heard)
      if (address) found({ server, address: address[1], sync: /peers may call at (\S+)/.exec(heard)?.[1] })
    })
    server.on('exit', (code) => failed(new Error(`${node}: serve ended with ${code}: ${heard}`)))
  })
}
const ended = (server, how) => new Promise((done) => {
  server.removeAllListeners('exit')
  server.on('exit', done)
  server.kill(how)
})
const tls = ['--tls-certificate', 'town.pem', '--tls-key', 'town.key']
const atTheDoor = ['--listen', `${hallAddress}:443`, ...tls, '--host', door]

const tooLong = setTimeout(() => {
  console.log('  FAIL  not done in five minutes')
  for (const child of started) child.kill('SIGKILL')
  process.exit(1)
}, 300_000)
let failure
let browser
try {
  const made = JSON.parse(execFileSync(program, ['demo', join(home, 'hall'), '--residents', '1500', '--seed', '7', '--json'], { env: envOf('hall'), encoding: 'utf8' }))
  const codes = ['first', 'second'].map((node) => JSON.parse(sonae('hall', 'call', 'hall', 'nodes.invite', JSON.stringify({ name: node, addresses: [] }), '--json')).code)
  const hq = await serve('hall', '--listen', `${hallAddress}:8443`, ...tls, '--host', headquarters, '--sync', '127.0.0.1:0')
  for (const [i, node] of ['first', 'second'].entries()) {
    sonae(node, 'node', 'join', node, codes[i], '--from', hq.sync)
    sonae(node, 'peer', 'add', node, hq.sync, '--every', '10')
  }
  let laptop = await serve('first', ...atTheDoor)
  assert.equal(laptop.address, `https://${hallAddress}:443`)
  step('a town of three nodes, under its own name')

  // --- The tablet.
  browser = Object.assign(new Browser(), { complaints: [], asked: new Set(), administrator: made.login, password: made.password, made, home, shots: home })
  const openTablet = async () => {
    browser.context = await chromium.launchPersistentContext(join(home, 'tablet/profile'), {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      baseURL: `https://${door}`, locale: 'ja-JP', viewport: { width: 390, height: 844 }, acceptDownloads: true,
    })
    browser.page = browser.context.pages()[0] ?? (await browser.context.newPage())
    browser.page.setDefaultTimeout(30_000)
    browser.watch(browser.page)
  }
  await openTablet()
  const at = () => browser.page
  await browser.signIn()
  const [cookie] = (await browser.context.cookies()).filter((one) => one.name.includes('session'))
  assert.deepEqual([cookie.name, cookie.secure, cookie.httpOnly, cookie.sameSite, cookie.domain], ['__Host-sonae_session', true, true, 'Strict', door])
  const shelter = '大島小学校（夜）'
  await prepareDevice(browser, { shelter, room: '体育館' })
  assert.ok(await at().evaluate(() => isSecureContext && navigator.serviceWorker.ready.then((one) => one.active !== null)))
  const households = householdsOf(browser, (await browser.call('registry.door_extract')).body, 3)
  const cards = (await browser.call('registry.cards', { limit: 500 })).body.cards
  step('trusted by the tablet: secure cookie, service worker, residents on the device')

  // --- Fifteen families with the line down.
  line('down')
  let received = 0
  const expected = { persons: 0, forms: 0 }
  const kept = async (persons) => {
    received += 1
    expected.persons += persons
    await said(at(), `この端末だけにある受付: ${received} 件`)
  }
  const way = (name) => at().getByRole('button', { name, exact: true }).click()
  const found = async (typed, consent) => {
    await way('さがす')
    await at().locator('#d-find').fill(typed)
    await at().locator('.household').first().waitFor()
    await at().keyboard.press('Enter')
    await at().getByRole('button', { name: '全員います' }).click()
    if (consent) await at().getByRole('button', { name: consent, exact: true }).click()
    await at().keyboard.press('Control+Enter')
    await kept(3)
  }
  const typed = async (name, address) => {
    await way('名簿にない人')
    await at().getByLabel('氏名').fill(name)
    if (address) await at().getByLabel('住所').fill(address)
    await at().keyboard.press('Control+Enter')
    await kept(1)
  }
  const words = (family) => `${family[0][5].split('　')[0]} ${family[0][7].replaceAll('-', '')}`
  const [twice, wall] = households
  await found(words(twice))
  await found(words(wall), '避難所の掲示')
  const three = cards.filter((card) => card.others === 2 && !households.slice(0, 4).some((family) => family.some((cells) => cells[2] === card.name)))
  for (const card of three.slice(0, 3)) await found(card.code)
  await at().reload()
  await openDevice(at())
  await said(at(), `この端末だけにある受付: ${received} 件`)
  for (const [i, name] of ['旅野 一', '旅野 二', '旅野 三'].entries()) await typed(name, `串本町大島${i + 1}番地`)
  for (const name of ['隣野 一', '隣野 二']) {
    await at().getByRole('button', { name: /隣の家族.*全員の名前/ }).click()
    await at().getByLabel('氏名').fill(name)
    await at().keyboard.press('Control+Enter')
    await kept(1)
  }
  // The battery is empty: nothing is closed in order.
  const inspector = await browser.context.newCDPSession(at())
  const gone = new Promise((done) => browser.context.once('close', done))
  inspector.send('Browser.crash').catch(() => {}) // which answers nothing any more
  await gone
  await openTablet()
  await at().goto('/#/door')
  await openDevice(at())
  await said(at(), `この端末だけにある受付: ${received} 件`)
  step(`${received} families with the line down, the tablet reloaded and killed`)
  for (const number of ['1', '2']) {
    await way('紙の受付票')
    const jpeg = await at().screenshot({ type: 'jpeg', quality: 60 })
    await at().locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await at().getByAltText('撮った受付票').waitFor()
    await at().getByLabel('紙の受付票の番号').fill(number)
    await at().getByRole('button', { name: 'この写真を保存する' }).click()
    expected.forms += 1
    await kept(0)
  }
  for (const [people, from] of [['12', '大水崎'], ['40', '須江']]) {
    await way('人数だけ')
    await at().getByLabel(/^人数/).fill(people)
    await at().getByLabel('どこから').fill(from)
    await at().getByRole('button', { name: `${people} 人を受け付ける` }).click()
    await kept(Number(people))
  }
  await found(words(households[2]))
  assert.equal(received, 15)
  await browser.accessible()
  step('fifteen families, every way in')

  // --- The laptop at the door is gone; another node takes its name.
  await ended(laptop.server, 'SIGKILL')
  laptop = await serve('second', ...atTheDoor)
  line('up')
  await at().goto('/#/door')
  await browser.signIn()
  await browser.open('door')
  await openDevice(at()).catch(async () => {
    await at().locator('#d-find').waitFor()
  })
  await said(at(), 'すべて届いています')
  step('another laptop under the same name has taken everything')

  // --- Headquarters, by the exchange between nodes.
  await browser.context.close()
  await openTablet()
  const office = browser.page
  await office.setViewportSize({ width: 1280, height: 900 })
  await office.goto(`https://${headquarters}:8443/`)
  await office.getByLabel('利用者名').fill(made.login)
  await office.getByLabel('パスワード').fill(made.password)
  await office.getByLabel('利用の目的').fill('本部')
  await office.getByRole('button', { name: 'サインイン' }).click()
  await office.getByRole('navigation', { name: '主な画面' }).waitFor()
  const entriesAt = async (text) => (await browser.call('reception.entries', { shelter, limit: 500, ...(text ? { text } : {}) })).body
  let arrived
  for (const until = Date.now() + 90_000; Date.now() < until; await new Promise((next) => setTimeout(next, 500))) {
    arrived = { persons: (await entriesAt()).total, forms: (await browser.call('paper.forms')).body.total }
    if (arrived.persons === expected.persons && arrived.forms === expected.forms) break
  }
  assert.deepEqual(arrived, expected)
  step(`headquarters has all ${expected.persons} persons and ${expected.forms} forms`)

  // One family was received a second time, at another shelter: somebody withdraws one of the entries.
  const again = twice[0][2]
  const copy = { entry: 'a'.repeat(25) + 'q', fact: 'b'.repeat(25) + 'q' }
  const [first] = (await entriesAt(again)).entries
  await browser.call('reception.receive', { shelter: '串本小学校', received: { way: 'typed', at: new Date().toISOString(), form_number: '', room: '', consent: [], said_by: '' }, persons: [{ ...copy, person: { ...first.person, family: '' } }] })
  await browser.open(`entry/${copy.entry}`)
  await office.getByRole('heading', { level: 1, name: again }).waitFor()
  await office.locator('summary').getByText('この記載を取り下げる').click()
  await office.getByLabel('理由').fill('二度受け付けた')
  await office.getByRole('button', { name: 'この記載を取り下げる' }).click()
  await office.getByText('この記載は取り下げられています').or(office.getByText('取り下げました')).first().waitFor()
  step('one family received twice is resolved')

  await browser.open(`shelters/${encodeURIComponent(shelter)}/wall`)
  await office.locator('.paper').waitFor()
  const roster = await office.locator('.paper').innerText()
  assert.ok(wall.every((cells) => roster.includes(cells[2])) && !roster.includes(again), 'the wall has who agreed, and nobody else')
  const sheet = await office.pdf({ format: 'A4' })
  assert.ok(sheet.length > 5_000)
  step('the roster for the wall is printed')
  browser.noComplaints()
} catch (error) {
  failure = error
  console.log(`  FAIL  ${error.stack}`)
  const shots = resolve(dirname(fileURLToPath(import.meta.url)), '../test-results')
  mkdirSync(shots, { recursive: true })
  await browser?.page?.screenshot({ path: join(shots, 'failed-town-name.png') }).catch(() => {})
} finally {
  await browser?.context?.close().catch(() => {})
  for (const child of started) {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
clearTimeout(tooLong)
console.log(failure ? 'failed' : `all passed in ${Date.now() - began} ms`)
process.exit(failure ? 1 : 0)
