// The call desk by the keyboard alone, and the list of inquiries.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'

export default async function ({ browser, test }) {
  await browser.signIn()
  const { page } = browser
  const registry = readFileSync(browser.made.registry, 'utf8').split('\n').slice(1).map((line) => line.split(','))
  // People of whom news is held, as the desk may find them.
  const entries = (await browser.call('reception.entries', { limit: 500 })).body.entries
  const said = async (line, more = {}) =>
    (await browser.call('inquiry.ask', { line, purpose: '試験', desk: 'counter',
      asker: { name: `試験 ${Math.random()}`, address: '', phone: '', relation: 'family', proof: 'document', ...more } })).body

  // By the API first: a line that names one person, and one that several meet.
  let known
  let several
  for (const entry of entries.slice(0, 25)) {
    const cells = registry.find((row) => row[2]?.replace(/\s|　/g, '') === entry.person.name.replace(/\s|　/g, ''))
    if (!cells) continue
    const line = `${cells[2]} ${cells.find((cell) => /^\d{4}-\d\d-\d\d$/.test(cell))}`
    const answer = await said(line)
    if (!known && answer.outcome === 'told') known = line
    if (!several) {
      const family = cells[2].split('　')[0]
      if ((await said(family)).outcome === 'choose') several = family
    }
    if (known && several) break
  }
  assert.ok(known && several, 'nobody of whom news is held was found')

  await test('a call is taken by the keyboard alone, and the next one by one key', async () => {
    await browser.open('calls')
    await browser.heading('電話での安否照会').waitFor()
    await page.locator('#i-line:focus').waitFor()
    await browser.accessible()
    await page.keyboard.type(known)
    await page.keyboard.press('Enter')
    await page.locator('#i-asker:focus').waitFor()
    await page.keyboard.type('潮崎 美咲')
    await page.keyboard.press('Enter')
    await page.locator('#i-purpose:focus').waitFor()
    await page.keyboard.type('無事を知りたい')
    await page.keyboard.press('Enter')
    await page.getByText('お尋ねの方の安否の情報があります。').waitFor()
    await page.getByText('その人の ことを 聞いています。').waitFor()
    const size = await page.locator('.answer .words').first().evaluate((words) => parseFloat(getComputedStyle(words).fontSize))
    assert.ok(size >= 24, `${size} px`)
    await browser.accessible()
    await browser.shot('calls-told')
    await page.keyboard.press('F2')
    await page.locator('#i-line:focus').waitFor()
    await page.locator('.answer').waitFor({ state: 'detached' })
    assert.equal(await page.locator('#i-asker').inputValue(), '')
  })

  await test('several fit: the caller is asked back and a digit chooses', async () => {
    await page.keyboard.type(several)
    await page.keyboard.press('Enter')
    await page.keyboard.type('職場の 人')
    await page.keyboard.press('Enter')
    await page.keyboard.type('無事を知りたい')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'どの人か、相手に聞いて選んでください' }).waitFor()
    await browser.accessible()
    await browser.shot('calls-choose')
    await page.keyboard.press('1')
    await page.getByRole('heading', { name: '読み上げる言葉' }).waitFor()
    await page.keyboard.press('F2')
  })

  await test('nobody is found: what is read out says so gently', async () => {
    await page.locator('#i-line:focus').waitFor()
    await page.keyboard.type('名無 権兵衛 1911-01-01')
    await page.keyboard.press('Tab')
    await page.keyboard.type('友人')
    await page.keyboard.press('Tab')
    await page.keyboard.type('心配で')
    await page.keyboard.press('Enter')
    await page.getByText('ご無事でないという意味ではありません').waitFor()
    await page.keyboard.press('Shift+F2')
    await page.locator('#i-line:focus').waitFor()
    assert.equal(await page.locator('#i-asker').inputValue(), '友人') // the same caller goes on
  })

  await test('no network is told, and what was typed stays', async () => {
    await browser.context.setOffline(true)
    await page.keyboard.type('名無 権兵衛 1911-01-01')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('サーバーにつながりません').waitFor()
    await browser.context.setOffline(false)
    assert.equal(await page.locator('#i-line').inputValue(), '名無 権兵衛 1911-01-01')
  })

  await test('the list is searched, filtered and sorted', async () => {
    await said(several) // left open
    await browser.open('inquiries')
    await page.getByRole('row', { name: /潮崎 美咲/ }).waitFor()
    await browser.accessible()
    await browser.shot('inquiries')
    await page.locator('#q-text').fill('友人')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /潮崎 美咲/ }).waitFor({ state: 'detached' })
    assert.ok((await page.locator('tbody tr').count()) >= 1)
    await page.locator('#q-text').fill('どこにもない言葉')
    await page.keyboard.press('Enter')
    await page.getByText('当てはまる照会はありません。').waitFor()
    await page.locator('#q-text').fill('')
    await page.keyboard.press('Enter')
    await page.locator('#q-order').selectOption('oldest')
    await page.locator('#q-state').selectOption('open')
    // The rows of the question before stand until the answer is there.
    await page.waitForFunction(() => {
      const badges = [...document.querySelectorAll('tbody tr .badge')]
      return badges.length > 0 && badges.every((badge) => badge.innerText === '選択待ち')
    })
  })

  await test('what waits is answered, and taken back with a reason', async () => {
    await page.getByRole('button', { name: /^開く/ }).first().click()
    await page.getByRole('button', { name: '続けて答える' }).click()
    await page.getByRole('heading', { name: 'どの人か、相手に聞いて選んでください' }).waitFor()
    await browser.accessible()
    await page.locator('#q-state').selectOption('')
    await page.getByRole('row', { name: /潮崎 美咲/ }).getByRole('button').click()
    const field = page.getByLabel('理由', { exact: true })
    await field.fill('別の人だった')
    await page.getByRole('button', { name: '回答が違っていた' }).click()
    await page.getByText('訂正を記録しました').waitFor()
    await page.getByRole('row', { name: /潮崎 美咲/ }).getByText('訂正あり').waitFor()
  })

  await test('at a telephone’s size nothing is cut off', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const place of ['calls', 'inquiries', 'inquiries/ask']) {
      await browser.open(place)
      await browser.settled()
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      assert.ok(wide <= seen, `${place} is ${wide} px wide in ${seen}`)
      await browser.accessible()
    }
    await browser.shot('calls-phone')
    await page.setViewportSize({ width: 1280, height: 900 })
  })
}
