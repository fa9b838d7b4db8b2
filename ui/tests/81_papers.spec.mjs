// Papers: evacuee cards are printed, and open a household at the door, typed, scanned or seen by the camera; numbered
// forms are printed, photographed without a network, and typed by somebody else.
import { strict as assert } from 'node:assert'
import { cameraOf } from './browser.mjs'
import { openDevice, prepareDevice, said, showToCamera } from './door.mjs'

export default async function ({ browser, test }) {
  const shelter = '紙の試験場'
  let page = browser.page
  let cards

  await test('cards are printed, ten on a sheet, in two languages', async () => {
    await browser.signIn()
    await browser.open('papers/cards')
    await page.getByLabel('住所の一部').fill('串本町')
    await page.getByLabel('日本語と並べることば').selectOption('vi')
    await page.getByRole('button', { name: 'カードを作る' }).click()
    await page.getByText('Thẻ').or(page.getByText('thẻ')).first().waitFor()
    await page.locator('.cut').nth(99).waitFor()
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
    await page.locator('.household', { hasText: name }).waitFor()
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

  await test('what is asked is shown in another language, with no network', async () => {
    await browser.context.setOffline(true)
    await page.getByRole('button', { name: 'ほかのことばで聞く' }).click()
    await page.getByLabel('この人のことば').selectOption('ne')
    await page.getByText('औंलाले देखाएर').waitFor()
    await browser.accessible()
    await browser.shot('asking')
    await page.getByRole('button', { name: '閉じる' }).click()
    await browser.context.setOffline(false)
  })

  let photo
  await test('numbered forms are printed, one on a sheet', async () => {
    await browser.open('papers/forms')
    await page.getByLabel('避難所', { exact: true }).fill(shelter)
    await page.getByLabel(/^枚数/).fill('2')
    await page.getByLabel('日本語と並べることば').selectOption('ne')
    await page.getByRole('button', { name: '番号を振る' }).click()
    await page.locator('.form').nth(1).waitFor()
    await browser.accessible()
    const sheets = await page.pdf({ format: 'A4' })
    assert.equal(sheets.toString('latin1').match(/\/Type \/Page\b/g).length, 2)
    await page.setViewportSize({ width: 718, height: 1043 }) // A4 within its margins
    await page.emulateMedia({ media: 'print' })
    await browser.shot('forms-print')
    const [needed, there] = await page.locator('.form').first().evaluate((form) => [form.scrollHeight, form.clientHeight])
    assert.ok(needed <= there, `a form needs ${needed} px of ${there}`)
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 1280, height: 900 })
    photo = { number: await page.locator('.form .number').first().innerText(), jpeg: await page.locator('.form').first().screenshot({ type: 'jpeg', quality: 80 }) }
    await browser.shot('forms')
    await page.setViewportSize({ width: 390, height: 844 })
  })

  await test('a form is photographed with no network; its number is read off the picture', async () => {
    await browser.open('door')
    await browser.context.setOffline(true)
    await page.getByRole('button', { name: '紙の受付票' }).click()
    await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo.jpeg })
    await page.getByAltText('撮った受付票').waitFor()
    const number = page.getByLabel('紙の受付票の番号')
    await page.waitForFunction(() => document.getElementById('p-number').value !== '')
    assert.equal(await number.inputValue(), photo.number.replaceAll('-', ''))
    await browser.accessible()
    await number.fill((photo.number[0] === '7' ? '8' : '7') + photo.number.slice(1))
    await page.getByText('番号のどこかが違います').waitFor()
    await number.fill(photo.number.toLowerCase())
    await page.getByLabel(/書かれた人数/).fill('2')
    await page.getByRole('button', { name: 'この写真を保存する' }).click()
    await said(page, 'この端末だけにある受付: 1 件')
    await page.reload()
    await openDevice(page)
    await said(page, 'この端末だけにある受付: 1 件')
    await browser.context.setOffline(false)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await said(page, 'すべて届いています')
    const { forms } = (await browser.call('paper.forms')).body
    assert.deepEqual(forms.map((one) => [one.number, one.people, one.state]), [[photo.number.replaceAll('-', ''), 2, 'waiting']])
    const lying = await page.evaluate(async () => {
      const database = await new Promise((done) => (indexedDB.open('sonae-door').onsuccess = (event) => done(event.target.result)))
      const rows = await new Promise((done) => (database.transaction('outbox').objectStore('outbox').getAll().onsuccess = (event) => done(event.target.result)))
      database.close()
      return rows.reduce((most, row) => Math.max(most, row.sealed.bytes.byteLength), 0)
    })
    assert.ok(lying < 20_000, 'the picture has left the device')
  })

  await test('it is typed at headquarters with the picture beside, and who typed it stands there', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await browser.open('papers/typing')
    await page.getByText('入力を待つ受付票: 1 枚（分かっている人数 2 人）').waitFor()
    await browser.accessible()
    await page.getByRole('button', { name: photo.number.replaceAll('-', '') }).click()
    await page.waitForFunction(() => document.querySelector('.frame img')?.naturalWidth > 500)
    await browser.accessible()
    await browser.shot('typing')
    await page.getByLabel('氏名').fill('紙野 一郎')
    await page.getByRole('button', { name: '家族をもう一人' }).click()
    await page.getByLabel('氏名').nth(1).fill('紙野 花子')
    await page.keyboard.press('Control+Enter')
    await page.getByText('入力を待つ受付票はありません').waitFor()
    await page.getByRole('button', { name: '済んだもの' }).click()
    await page.getByText(/root が入力/).waitFor()
    const { entries } = (await browser.call('reception.entries', { shelter, text: '紙野' })).body
    assert.equal(entries.length, 2)
    assert.ok(entries.every((entry) => entry.received.way === 'form' && entry.received.form_number === photo.number.replaceAll('-', '')))
    await page.setViewportSize({ width: 390, height: 844 })
  })

  await test('a neighbour’s entry is copied: area, shelter and time; and people counted get names', async () => {
    await browser.open('door')
    await page.getByRole('button', { name: '名簿にない人' }).click()
    await page.getByLabel('氏名').fill('隣野 一')
    await page.getByLabel('住所').fill('串本町大島12番地')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: /隣の家族.*全員の名前/ }).click()
    await page.getByText('隣野 一さんの受付から写しました').waitFor()
    assert.equal(await page.getByLabel('住所').inputValue(), '串本町大島')
    await page.getByRole('button', { name: '番地も同じ' }).click()
    assert.equal(await page.getByLabel('住所').inputValue(), '串本町大島12番地')
    await browser.accessible()
    await page.getByLabel('氏名').fill('隣野 二')
    await page.keyboard.press('Control+Enter')
    await said(page, '隣野 二 を保存しました')
    await page.getByRole('button', { name: '人数だけ' }).click()
    await page.getByLabel(/^人数/).fill('3')
    await page.getByLabel('どこから').fill('大水崎')
    await page.getByRole('button', { name: '3 人を受け付ける' }).click()
    await browser.context.setOffline(true)
    await page.getByRole('button', { name: /この端末の記録/ }).click()
    await page.getByRole('button', { name: '名前を入れる（あと 3 人）' }).click()
    await page.getByLabel('氏名').fill('数野 一')
    await page.getByRole('button', { name: '家族をもう一人' }).click()
    await page.getByLabel('氏名').nth(1).fill('数野 二')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: /この端末の記録/ }).click()
    await page.getByRole('button', { name: '名前を入れる（あと 1 人）' }).waitFor()
    await browser.accessible()
    await browser.context.setOffline(false)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await said(page, 'すべて届いています')
    const { entries } = (await browser.call('reception.entries', { shelter, limit: 500 })).body
    const [one, two] = ['隣野 一', '隣野 二'].map((name) => entries.find((entry) => entry.person.name === name))
    assert.equal(two.received.way, 'copied')
    assert.equal(two.received.at, one.received.at)
    const counted = entries.filter((entry) => entry.person.note.includes('大水崎'))
    assert.deepEqual(counted.map((entry) => entry.person.name).sort(), ['', '数野 一', '数野 二'])
  })
}
