// The machines of the town: a code to join with, a machine that joins and is named and revoked, and where records are.
import { strict as assert } from 'node:assert'

export default async function ({ browser, test }) {
  await browser.fresh()
  const { page } = browser
  await browser.signIn()

  await test('this machine is listed; a new name holds', async () => {
    await browser.open('nodes')
    await browser.heading('機械（ノード）と同期').waitFor()
    await page.getByText('この機械', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: /^変える/ }).first().click()
    await page.locator('#node-name').fill('役場のサーバー')
    await page.locator('#node-place').fill('本部')
    await page.getByRole('button', { name: '名前を変える' }).click()
    await page.getByText('名前を変えました').waitFor()
    await page.getByRole('rowheader', { name: /役場のサーバー/ }).waitFor()
    await browser.accessible()
    await browser.shot('nodes')
  })

  await test('a code and a QR code let a machine in', async () => {
    await page.getByRole('button', { name: '機械を加える' }).click()
    await page.locator('#invite-name').fill('第一小の受付')
    await page.getByRole('button', { name: '参加の符号を出す' }).click()
    const code = await page.locator('.code').innerText()
    assert.match(code, /^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
    const picture = page.getByRole('img', { name: 'この QR を読ませる' })
    assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)))
    await browser.accessible()
  })

  await test('an unknown machine is vouched for, and revoked with a reason', async () => {
    // Any key makes a node: 32 bytes, whose hash is its name.
    const key = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
    const id = await page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 16)
      let bits = ''
      for (const byte of hash) bits += byte.toString(2).padStart(8, '0')
      return bits.match(/.{1,5}/g).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five.padEnd(5, '0'), 2)]).join('')
    }, key)
    const { status, body } = await browser.call('nodes.enrol', { node: id, public_key: key, name: '古いノート', place: '倉庫' })
    assert.equal(status, 200, JSON.stringify(body))
    await page.getByRole('rowheader', { name: /古いノート/ }).waitFor()
    await page.getByRole('button', { name: '変える: 古いノート' }).click()
    await page.locator('#node-because').fill('盗まれた')
    await page.getByRole('button', { name: '登録を取り消す' }).click()
    await page.getByText('古いノート の登録を取り消しました').waitFor()
    await page.getByText('取消し', { exact: true }).waitFor()
    await browser.accessible()
  })

  await test('any page says how far its records have arrived, and an entry says it of itself', async () => {
    await page.locator('summary.live').click()
    await page.getByText('この画面の記録はどこまで届いたか').waitFor()
    await page.getByText('この端末だけにある').waitFor()
    await browser.accessible()
    await browser.shot('reached')
    const { body } = await browser.call('reception.entries', { limit: 1 })
    await browser.open(`entry/${body.entries[0].entry}`)
    await page.getByRole('heading', { name: 'この記録の届き先' }).waitFor()
    await page.getByText('役場のサーバー').first().waitFor()
    await browser.accessible()
  })
}
