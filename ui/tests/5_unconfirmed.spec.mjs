import { strict as assert } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { numberIn } from './browser.mjs'

export default async function ({ browser, test }) {
  await browser.signIn()
  const { page } = browser
  const total = async () => numberIn(await page.locator('.huge span').first().innerText())
  const ring = (polygon) => polygon.coordinates[0]
  let drawn
  // What the page asks for: the polygon of the newest question.
  page.on('request', (request) => {
    if (request.url().endsWith('/api/safety.map')) drawn = request.postDataJSON().polygon ?? drawn
  })

  // The whole town is chosen, and nothing of another area is left on the page.
  const wholeTown = async () => {
    await page.locator('#area').selectOption('')
    await page.locator('.total h2', { hasText: '町全体' }).waitFor()
    await page.locator('svg .area').waitFor({ state: 'detached' })
    await browser.settled()
  }

  await test('the whole town, its counts and its map', async () => {
    await browser.open('unconfirmed')
    await page.locator('.huge').waitFor()
    await page.locator('svg circle').first().waitFor()
    assert.ok((await total()) > 0)
    await browser.accessible()
    await browser.shot('unconfirmed')
  })

  await test('a defined area has fewer than the town', async () => {
    const whole = await total()
    const hazard = page.locator('#area optgroup[label="危険な区域"] option').first()
    await page.locator('#area').selectOption(await hazard.getAttribute('value'))
    await page.locator('svg .area').waitFor()
    await page.waitForFunction((most) => Number(document.querySelector('.huge span').textContent.replaceAll(',', '')) < most, whole)
  })

  await test('an area is drawn with the mouse', async () => {
    await wholeTown()
    await page.getByRole('button', { name: '地図で囲む' }).click()
    await browser.accessible()
    await page.getByRole('application').evaluate((map) => map.scrollIntoView({ block: 'center' }))
    const map = await page.getByRole('application').boundingBox()
    for (const [x, y] of [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]])
      await page.mouse.click(map.x + map.width * x, map.y + map.height * y)
    await browser.shot('drawing')
    await page.mouse.click(map.x + map.width * 0.2, map.y + map.height * 0.2)
    await page.locator('svg .area').waitFor()
    assert.equal(ring(drawn).length, 5)
    assert.deepEqual(ring(drawn)[0], ring(drawn)[4])
  })

  await test('an area is drawn with the keyboard alone, and kept under a name', async () => {
    await wholeTown()
    await page.getByRole('button', { name: '地図で囲む' }).focus()
    await page.keyboard.press('Enter')
    const go = async (key, times) => {
      for (let step = 0; step < times; ++step) await page.keyboard.press(`Shift+${key}`)
    }
    await go('ArrowLeft', 2)
    await page.keyboard.press('Enter')
    await go('ArrowRight', 4)
    await page.keyboard.press('Enter')
    await go('ArrowDown', 2)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('f')
    await page.locator('svg .area').waitFor()
    assert.equal(ring(drawn).length, 4)
    await page.getByLabel('区域の名前').fill('訓練の囲み')
    await page.getByRole('button', { name: 'この囲みを登録' }).click()
    await page.getByText('「訓練の囲み」を登録しました').waitFor()
    await page.locator('#area option:checked', { hasText: '訓練の囲み' }).waitFor({ state: 'attached' })
  })

  await test('an area comes from a file; what is no area is told', async () => {
    const good = join(browser.home, 'area.geojson')
    await wholeTown()
    writeFileSync(good, JSON.stringify({ type: 'Feature', properties: {}, geometry: drawn }))
    await page.locator('#area-file').setInputFiles(good)
    await page.locator('svg .area').waitFor()
    const bad = join(browser.home, 'bad.geojson')
    writeFileSync(bad, '{"type":"FeatureCollection","features":[]}')
    await page.locator('#area-file').setInputFiles(bad)
    await page.getByText('面（Polygon）がありません').waitFor()
  })

  await test('the total falls while somebody else confirms people', async () => {
    await wholeTown()
    const before = await total()
    const queue = (await browser.call('matching.queue', { limit: 100 })).body.questions.filter((one) => one.candidates.length > 0)
    const seen = new Set()
    for (const one of queue) {
      const resident = one.candidates[0].resident
      if (seen.has(resident)) continue
      seen.add(resident)
      const said = await browser.call('matching.decide', { entry: one.entry.entry, resident, seen: one.seen })
      assert.equal(said.status, 200, JSON.stringify(said.body))
      if (seen.size === 3) break
    }
    await page.waitForFunction((most) => Number(document.querySelector('.huge span').textContent.replaceAll(',', '')) < most, before)
    await page.locator('.huge .badge').waitFor()
    await browser.shot('unconfirmed-falls')
  })

  await test('the list goes out as CSV with as many rows as the page says', async () => {
    const counted = async () => (await browser.call('safety.unconfirmed', { limit: 0 })).body
    let answer
    let file
    do { // until nobody was matched meanwhile
      answer = await counted()
      file = await browser.downloaded(() => page.getByRole('button', { name: 'ファイルで（CSV）' }).click())
    } while ((await counted()).unconfirmed !== answer.unconfirmed)
    assert.equal(file.text.charCodeAt(0), 0xfeff)
    assert.equal(file.text.trimEnd().split('\n').length - 1, answer.unconfirmed + answer.not_placed_unconfirmed)
  })
}
