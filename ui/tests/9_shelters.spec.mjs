// The shelters' page and one shelter's desk: figures, needs, supplies, the day's report, the wall. All people are
// fictional.
import { strict as assert } from 'node:assert'
import { numberIn } from './browser.mjs'

const shelter = '机の試験場'
const person = (name, kana, more) => ({
  name, kana, sex: 'female', birth: '0000-00-00', address: '', phone: '', note: '', relation: '', needs: [], condition: 'well', stay: 'shelter', visitor: true, family: 'f1', ...more,
})
const id = (letter, last) => letter.repeat(2) + 'a'.repeat(23) + last

export default async function ({ browser, test }) {
  await browser.signIn()
  const { page } = browser

  await test('all shelters stand at a glance, and can be put in another order', async () => {
    await browser.open('shelters')
    await page.locator('tbody tr').first().waitFor()
    const people = async () => (await page.locator('tbody .people .strong').allInnerTexts()).map(numberIn)
    const most = await people()
    assert.deepEqual(most, most.toSorted((a, b) => b - a))
    assert.ok(most[0] > 0)
    await page.getByLabel('並べ方').selectOption('name')
    assert.equal((await people()).length, most.length)
    await browser.accessible()
    await browser.shot('shelters')
  })

  await test('whoever is received is at the desk, with meals and needs', async () => {
    const received = { way: 'typed', at: '2026-11-21T18:01:00+09:00', form_number: '', room: '2年1組', consent: [{ to: 'wall', allowed: true }], said_by: '本人' }
    const people = [person('試験 花', 'シケン ハナ', { needs: ['allergy'] }), person('試験 月', 'シケン ツキ', { needs: ['wheelchair'], note: '玄関の近く' }), person('', '', {})]
    const answer = await browser.call('reception.receive', {
      shelter, received, persons: people.map((one, index) => ({ entry: id('234'[index], 'a'), fact: id('567'[index], 'a'), person: one })),
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    await browser.open(`shelters/${encodeURIComponent(shelter)}`)
    await page.getByRole('link', { name: /名前をまだ聞いていない人 ?1/ }).waitFor()
    assert.equal(numberIn(await page.locator('.tally .value').first().innerText()), 3)
    assert.equal(await page.getByRole('row', { name: /^アレルギー/ }).locator('td').innerText(), '1')
    await browser.accessible()
    await browser.shot('desk')
    await page.getByRole('link', { name: '配慮', exact: true }).click()
    await page.getByText('玄関の近く').waitFor()
    await browser.accessible()
  })

  await test('supplies are asked for by keyboard, sent, and that is taken back', async () => {
    await page.getByRole('link', { name: '物資', exact: true }).click()
    await page.getByLabel('品名').fill('毛布')
    await page.getByLabel('数量').fill('40')
    await page.getByLabel('単位').fill('枚')
    await page.keyboard.press('Enter')
    await page.getByText('「毛布」を頼みました').waitFor()
    const row = page.getByRole('row', { name: /^毛布/ })
    await row.getByRole('button', { name: '毛布: 発送済み' }).click()
    await row.locator('.badge', { hasText: '発送済み' }).waitFor()
    await browser.accessible()
    await browser.shot('supplies')
    await row.getByRole('button', { name: '毛布: 元に戻す' }).click()
    await row.locator('.badge', { hasText: '要請中' }).waitFor()
    const { supplies } = (await browser.call('shelter.supplies', { shelter })).body
    assert.deepEqual(supplies.map((one) => [one.item, one.amount, one.state]), [['毛布', 40, 'asked']])
  })

  await test('the report of the day is sent with what was counted, and can be sent anew', async () => {
    await page.getByRole('link', { name: '日報', exact: true }).click()
    await page.getByLabel('水・電気・トイレなど').fill('断水。発電機あり')
    await page.getByRole('button', { name: '日報を送る' }).click()
    await page.getByRole('cell', { name: '断水。発電機あり' }).waitFor()
    await page.getByLabel('要望').fill('水を1日500L')
    await page.getByRole('button', { name: '日報を送る' }).click()
    await page.getByRole('cell', { name: '水を1日500L' }).waitFor()
    const { reports } = (await browser.call('shelter.reports', { shelter })).body
    assert.equal(reports.length, 1)
    assert.equal(reports[0].figures.staying, 3)
    assert.equal(reports[0].facilities, '断水。発電機あり')
    await browser.accessible()
    await browser.shot('report')
  })

  await test('on the wall stands who agreed, and it prints on A4', async () => {
    await page.getByRole('link', { name: '掲示と名札' }).click()
    await page.getByRole('heading', { name: `${shelter}にいる人` }).waitFor()
    await page.locator('.paper .name').nth(1).waitFor()
    assert.deepEqual(await page.locator('.paper .name').allInnerTexts(), ['試験 月', '試験 花'])
    await browser.accessible()
    await page.emulateMedia({ media: 'print' })
    assert.ok(await page.getByRole('navigation', { name: '主な画面' }).isHidden())
    await browser.shot('wall-printed')
    await page.emulateMedia({ media: null })
    await page.getByRole('button', { name: '名札', exact: true }).click()
    await page.locator('.tag').nth(1).waitFor()
    assert.equal(await page.locator('.tag').count(), 2)
    await browser.shot('tags')
  })

  await test('all of it on a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const view of ['', '/needs', '/supplies', '/report', '/wall']) {
      await browser.open(`shelters/${encodeURIComponent(shelter)}${view}`)
      await browser.settled()
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), `too wide: ${view}`)
      await browser.accessible()
    }
    await browser.shot('desk-phone')
    await page.setViewportSize({ width: 1280, height: 900 })
  })
}
