// Forgetting: an entry is erased with a rule and a reason, where else it stands is shown, and what was erased is listed.
import { strict as assert } from 'node:assert'

export default async function ({ browser, test }) {
  await browser.fresh()
  const { page } = browser
  await browser.signIn()
  const { body } = await browser.call('reception.entries', { limit: 200 })
  const { entry, person } = body.entries.find((one) => one.sheet) // not one received at the door: it stands in a file as well

  await test('the list of erasures is empty, and says how to begin', async () => {
    await browser.open('erasures')
    await browser.heading('消去の記録').waitFor()
    await page.getByText('消去したものはありません。').waitFor()
    await browser.accessible()
  })

  await test('an order shows what goes and where else it stands, and wants a rule, a reason and a tick', async () => {
    await browser.open(`entry/${entry}`)
    await page.getByRole('link', { name: '消去する…' }).click()
    await browser.heading('消去する').waitFor()
    await page.getByText(/^\d+ 件の記録$/).waitFor()
    await page.getByRole('group', { name: '同じことが書かれているほかの場所' }).getByText('名簿のファイル', { exact: true }).waitFor()
    const button = page.getByRole('button', { name: /件を消去する$/ })
    assert.ok(await button.isDisabled())
    await page.getByLabel('根拠（法令・保存期限）').fill('本人の利用停止請求')
    await page.getByLabel('理由', { exact: true }).fill('本人の申し出')
    assert.ok(await button.isDisabled())
    await page.getByLabel('取り消せないことを確かめました').press('Space')
    await browser.accessible()
    await browser.shot('erase')
    await button.press('Enter')
    await page.getByText(/件を消去しました$/).waitFor()
  })

  await test('who erased what by which rule is listed and exported; the person is gone', async () => {
    await browser.heading('消去の記録').waitFor()
    await page.getByRole('cell', { name: '本人の申し出' }).waitFor()
    await browser.accessible()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV に書き出す' }).click()
    assert.equal((await download).suggestedFilename(), 'erasures.csv')
    const { body: found } = await browser.call('reception.entries', { text: person.name, limit: 200 })
    assert.ok(found.entries.every((one) => one.entry !== entry))
  })

  await test('the same order again finds nothing to erase', async () => {
    await browser.open(`erasures/entry/${entry}`)
    await page.getByText('消去できるものがありません。', { exact: false }).waitFor()
  })
}
