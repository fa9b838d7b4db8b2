import { strict as assert } from 'node:assert'
import { numberIn } from './browser.mjs'

export default async function ({ browser, test }) {
  await browser.signIn()
  const { page } = browser
  const left = async () => numberIn(await page.locator('.left').innerText())
  const falls = (want) => page.waitForFunction((most) => Number(document.querySelector('.left').textContent.replaceAll(',', '')) === most, want)
  // While a decision is on its way no other is taken; the count may fall before, since others' pages hear of it as well.
  const free = () => page.locator('button:enabled', { hasText: '住民ではない' }).waitFor()
  let before

  await test('a pair is shown beside its candidates, with reasons', async () => {
    await browser.open('review')
    await page.getByRole('columnheader', { name: '名簿の人' }).waitFor()
    await page.locator('.cell').first().waitFor()
    await page.locator('.left', { hasText: /\d/ }).waitFor()
    before = await left()
    assert.ok(before >= 3, `enough to decide: ${before}`)
    await browser.accessible()
    await browser.shot('review')
  })

  await test('three are decided by keys: first candidate, not a resident, first candidate', async () => {
    for (const [key, count] of [['1', 1], ['0', 2], ['1', 3]]) {
      await page.locator('.cell, .note').first().waitFor()
      await free()
      // Some entries have nobody beside them: step on to one that has.
      if (key === '1') while (!(await page.locator('thead kbd', { hasText: '1' }).count())) await page.keyboard.press('j')
      await page.keyboard.press(key)
      await falls(before - count)
    }
    await free()
  })

  await test('u takes the last one back; the toast takes another back', async () => {
    await page.keyboard.press('u')
    await falls(before - 2)
    await page.getByText('の判断を取り消しました').waitFor()
    await free()
    await page.keyboard.press('0')
    await falls(before - 3)
    await page.getByRole('status').getByRole('button', { name: '取り消す' }).click()
    await falls(before - 2)
    await page.getByText('の判断を取り消しました').waitFor()
    await free()
  })

  await test('j and k move, a click chooses', async () => {
    const list = page.getByRole('navigation', { name: '確認待ち' })
    const current = () => list.locator('[aria-current]').innerText()
    await list.getByRole('button').first().click()
    const first = await current()
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    assert.equal(await current(), first)
  })

  await test('what was decided is listed and can be taken back', async () => {
    await browser.open('review/decided')
    const rows = page.locator('tbody tr')
    await rows.first().waitFor()
    const count = await rows.count()
    assert.equal(count, 2)
    await browser.accessible()
    await browser.shot('decided')
    await rows.first().getByRole('button', { name: '取り消す' }).click()
    await page.waitForFunction((want) => document.querySelectorAll('tbody tr').length === want, count - 1)
  })

  await test('vanished residents are a question', async () => {
    await browser.open('review/registry')
    await page.getByText('最新の住民データに載っていない人です').waitFor()
    await browser.accessible()
    await browser.shot('vanished')
  })
}
