// Papers: evacuee cards are printed, and open a household at the door, typed, scanned or seen by the camera.
import { strict as assert } from 'node:assert'
import { cameraOf } from './browser.mjs'
import { prepareDevice, said, showToCamera } from './door.mjs'

export default async function ({ browser, test }) {
  const shelter = '紙の試験場'
  let page = browser.page
  let cards

  await test('cards are printed, ten on a sheet, in two languages', async () => {
    await browser.signIn()
    await browser.open('papers')
    await page.getByLabel('住所の一部').fill('串本町')
    await page.getByLabel('日本語と並べることば').selectOption('vi')
    await page.getByRole('button', { name: 'カードを作る' }).click()
    await page.getByText('Thẻ').or(page.getByText('thẻ')).first().waitFor()
    assert.equal(await page.locator('.cut').count(), 100)
    const sheet = await page.pdf({ format: 'A4' })
    assert.equal(sheet.toString('latin1').match(/\/Type \/Page\b/g).length, 10)
    await page.getByLabel('住所の一部').fill((await page.locator('.cut .to').first().innerText()).slice(0, -2))
    await page.getByRole('button', { name: 'カードを作る' }).click()
    await page.locator('.cut').nth(20).waitFor({ state: 'detached' })
    await browser.accessible()
    await browser.shot('cards')
    cards = (await browser.call('registry.cards', { limit: 500 })).body.cards
  })

  await test('a card opens its household: typed, from a scanner with another keyboard, and not with a wrong letter', async () => {
    await browser.fresh({ viewport: { width: 390, height: 844 } })
    page = browser.page
    await browser.signIn()
    await prepareDevice(browser, { shelter, room: '' })

    await browser.context.setOffline(true)
    const { code, others, name } = cards.find((one) => one.others === 2)
    const box = page.locator('#d-find')
    await box.fill(code.toLowerCase())
    await page.locator('.household').waitFor()
    assert.ok((await page.locator('.household').innerText()).includes(name))
    await box.fill((code[0] === '7' ? '8' : '7') + code.slice(1))
    await page.getByText('番号のどこかが違います').waitFor()
    await box.fill('')
    await box.pressSequentially(`SONAE'CARD+${code.replaceAll('-', '')}`) // ":" on a Japanese keyboard
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'ここにいる人' }).waitFor()
    await page.getByRole('button', { name: '全員います' }).click()
    await page.keyboard.press('Control+Enter')
    await said(page, 'を保存しました')
    await browser.context.setOffline(false)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await said(page, 'すべて届いています')
    const { entries } = (await browser.call('reception.entries', { shelter })).body
    assert.equal(entries.length, others + 1)
    assert.ok(entries.every((entry) => entry.received.way === 'card'))
  })

  await test('the camera reads a card with no network', async () => {
    const card = cards.find((one) => one.others === 0)
    showToCamera(cameraOf(browser.home), card.svg)
    await browser.context.setOffline(true)
    await page.getByRole('button', { name: 'カードをカメラで読む' }).click()
    await page.getByRole('heading', { name: 'ここにいる人' }).waitFor()
    await page.getByText(card.name).waitFor()
    await page.getByRole('button', { name: 'やめる' }).click()
    await browser.accessible()
    await browser.context.setOffline(false)
  })
}
