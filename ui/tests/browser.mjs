// One Chromium with an empty profile, and what the specs do with it again and again.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// How long a spec waits for what must come: it is over at once where it comes, and long where the machine is busy.
const patience = 30_000

export const cameraOf = (home) => join(home, 'camera.y4m')

export class Browser {
  static async launch(setting) {
    const chrome = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
        // What a spec puts there is what the camera sees.
        '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${cameraOf(setting.home)}`],
    })
    const browser = new Browser()
    Object.assign(browser, setting, { chrome, complaints: [], asked: new Set(), administrator: setting.made.login, password: setting.made.password })
    await browser.fresh()
    return browser
  }

  // A new window without cookies.
  async fresh(options = {}) {
    await this.context?.close()
    this.context = await this.chrome.newContext({
      baseURL: this.address, locale: 'ja-JP', viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options,
    })
    // A page that a spec opens itself in this window is as patient and as slow as this one.
    this.context.setDefaultTimeout(patience)
    if (this.processor > 1) this.context.on('page', (page) => this.slow(page))
    this.asked.clear()
    this.page = await this.context.newPage()
    this.watch(this.page)
  }
  async slow(page) {
    const inspector = await page.context().newCDPSession(page).catch(() => {}) // already closed again
    await inspector?.send('Emulation.setCPUThrottlingRate', { rate: this.processor }).catch(() => {})
  }
  watch(page) {
    page.on('request', (request) => {
      if (request.resourceType() !== 'eventsource') this.asked.add(request) // a stream never ends
    })
    for (const over of ['requestfinished', 'requestfailed']) page.on(over, (request) => this.asked.delete(request))
    page.on('pageerror', (error) => { this.complaints.push(error.message + ' at ' + page.url()) })
    page.on('console', (message) => {
      // An answer of 4xx is written to the console by Chromium itself; specs ask for some on purpose.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.complaints.push(message.text())
    })
  }
  noComplaints() {
    assert.deepEqual(this.complaints.splice(0), [], 'the browser complained')
  }

  async signIn(login = this.administrator, password = this.password, purpose = '試験') {
    await this.page.goto('/')
    await this.page.getByLabel('利用者名').fill(login)
    await this.page.getByLabel('パスワード').fill(password)
    await this.page.getByLabel('利用の目的').fill(purpose)
    await this.page.getByRole('button', { name: 'サインイン' }).click()
    await this.page.getByRole('navigation', { name: '主な画面' }).waitFor()
  }
  // Comes back when the page before is gone, so that nothing of it is taken for the new one's.
  async open(place) {
    await this.page.evaluate((to) => new Promise((left) => {
      if (location.hash === to) return left()
      addEventListener('hashchange', () => setTimeout(left), { once: true })
      location.hash = to
    }), `#/${place}`)
  }
  // Until all that the page has asked for is answered and shown.
  async settled() {
    const until = Date.now() + patience
    for (let calm = 0; calm < 3; ++calm) {
      if (this.asked.size > 0) calm = -1
      assert.ok(Date.now() < until, `no answer yet: ${[...this.asked].map((one) => one.url())}`)
      await this.page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => setTimeout(shown, 30))))
    }
  }
  heading(name) {
    return this.page.getByRole('heading', { level: 1, name })
  }
  // Calls the API as this window's person, as another program would.
  call(operation, input = {}) {
    return this.page.evaluate(async ([name, body]) => {
      const answer = await fetch(`/api/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Sonae': '1' }, body: JSON.stringify(body) })
      return { status: answer.status, body: await answer.json() }
    }, [operation, input])
  }

  // No violation of WCAG 2 A and AA or of good practice on the page as it is.
  async accessible() {
    await this.page.evaluate(() => scrollTo(0, 0)) // what the header covers counts as too small
    await this.page.evaluate(axe)
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    const told = violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 160)}`).join('\n')}`)
    assert.equal(told.length, 0, `axe on ${this.page.url()}:\n${told.join('\n')}`)
  }
  async downloaded(click) {
    const [file] = await Promise.all([this.page.waitForEvent('download'), click()])
    const path = join(this.home, file.suggestedFilename())
    await file.saveAs(path)
    return { name: file.suggestedFilename(), text: readFileSync(path, 'utf8') }
  }
  async shot(name) {
    await this.page.screenshot({ path: join(this.shots, `${name}.png`), fullPage: true }).catch(() => {})
  }
  async close() {
    await this.chrome.close()
  }
}

export const numberIn = (text) => Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(',', ''))
