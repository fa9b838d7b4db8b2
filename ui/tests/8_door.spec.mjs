// The door on a phone's screen: prepared with a network, then used without one.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { devicePassword, householdsOf, prepareDevice } from './door.mjs'

export default async function ({ browser, test }) {
  const fresh = (size) => browser.fresh({ viewport: size })
  await fresh({ width: 390, height: 844 })
  let page = browser.page
  const at = () => browser.page
  const status = (text) => at().getByRole('status').getByText(text).first().waitFor()
  const offline = (away) => browser.context.setOffline(away)
  const names = async () =>
    (await browser.call('reception.entries', { shelter: '受付の試験場', limit: 500 })).body.entries.map((entry) => entry.person.name)
  // Households of three whose members a volunteer may see.
  let households

  await test('the device is prepared', async () => {
    await browser.signIn()
    await browser.open('door')
    await page.getByRole('heading', { name: 'この端末を受付に使う' }).waitFor()
    await browser.accessible()
    await prepareDevice(browser, { shelter: '受付の試験場', room: '2年1組' })
    await browser.accessible()
    await browser.shot('door')
    const extract = (await browser.call('registry.door_extract')).body
    households = householdsOf(browser, extract, 3)
    assert.ok(households.length > 20)
  })

  await test('a household is found by two words and received, before the key is up', async () => {
    const [first] = households[0]
    await page.locator('#d-find').fill(`${first[5].split('　')[0]} ${first[7].replaceAll('-', '')}`)
    await page.locator('.household').first().waitFor()
    const { y } = await page.locator('.household').first().boundingBox()
    assert.ok(y > 0 && y < 300, `what is found is in sight above a telephone's keyboard: ${y}`)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '全員います' }).click()
    await page.getByText('様子・配慮').first().click()
    await page.getByRole('button', { name: '車椅子' }).first().click()
    await page.getByRole('button', { name: '家族', exact: true }).click()
    await browser.accessible()
    await browser.shot('door-family')
    await page.keyboard.press('Control+Enter')
    await status('を保存しました')
    await status('すべて届いています')
    assert.deepEqual((await names()).sort(), households[0].map((cells) => cells[2]).sort())
    const { entries } = (await browser.call('reception.entries', { shelter: '受付の試験場' })).body
    assert.ok(entries.every((entry) => entry.room === '2年1組' && entry.received.consent[0].to === 'family'))
    assert.equal(entries.filter((entry) => entry.person.needs.includes('wheelchair')).length, 1)
  })

  await test('without a network it receives on, asks who is missing, and says what is only here', async () => {
    await offline(true)
    const [first] = households[1]
    await page.locator('#d-find').fill(first[2].replace('　', ' '))
    await page.locator('.household').first().click()
    await page.getByRole('button', { name: /人を受け付ける/ }).click()
    await page.getByText('はどこにいますか').waitFor()
    await page.getByRole('group', { name: /はどこに/ }).first().getByRole('button', { name: '行方が分からない' }).click()
    await page.getByRole('button', { name: /受け付ける/ }).click()
    await status('この端末だけにある受付: 1 件')
    await page.getByRole('button', { name: '名簿にない人' }).click()
    await page.getByLabel('氏名').fill('旅野 人')
    await page.getByText('かな・年齢・電話・様子・配慮').click()
    await page.getByLabel('年齢').fill('33')
    await page.getByRole('button', { name: '1 人を受け付ける' }).click()
    await page.getByRole('button', { name: '人数だけ' }).click()
    await page.getByLabel(/^人数/).fill('5')
    await page.getByLabel('どこから').fill('大水崎')
    await page.getByRole('button', { name: '5 人を受け付ける' }).click()
    await status('この端末だけにある受付: 3 件')
    await page.getByRole('button', { name: /この端末の記録/ }).click()
    await page.getByText('この端末だけ', { exact: true }).nth(2).waitFor()
    assert.equal(await page.getByText('この端末だけ', { exact: true }).count(), 3)
    await browser.accessible()
    await browser.shot('door-kept')
  })

  await test('reloaded with no network, it opens sealed, and everything is there', async () => {
    await page.reload()
    await page.getByText('端末に封がされています').waitFor()
    const lying = await page.evaluate(async () => {
      const found = []
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)))
        for (const store of database.objectStoreNames) {
          const rows = await new Promise((done) => (database.transaction(store).objectStore(store).getAll().onsuccess = (event) => done(event.target.result)))
          for (const row of rows) found.push(new TextDecoder('latin1').decode(row.sealed?.bytes ?? new Uint8Array()), JSON.stringify(row))
        }
        database.close()
      }
      return found.join('')
    })
    const written = Buffer.from('旅野', 'utf8').toString('latin1')
    assert.ok(lying.length > 1000 && !lying.includes('旅野') && !lying.includes(written), 'nothing readable lies on the device')
    await page.getByLabel('端末のパスワード').fill('not it at all')
    await page.getByRole('button', { name: '開く' }).click()
    await page.getByText('パスワードが違います').waitFor()
    await page.getByLabel('端末のパスワード').fill(devicePassword)
    await page.getByRole('button', { name: '開く' }).click()
    await status('この端末だけにある受付: 3 件')
    await browser.accessible()
  })

  let carried
  await test('all of it goes into a file for a stick', async () => {
    await page.getByRole('button', { name: /この端末の記録/ }).click()
    carried = await browser.downloaded(() => page.getByRole('button', { name: 'ファイルに出す' }).click())
    assert.equal(JSON.parse(carried.text).items.filter((item) => !item.sent).length, 3)
  })

  await test('killed and opened again, then the network returns: each family arrives once', async () => {
    await page.close()
    browser.page = page = await browser.context.newPage()
    await page.goto('/#/door')
    await page.getByLabel('端末のパスワード').fill(devicePassword)
    await page.getByRole('button', { name: '開く' }).click()
    await status('この端末だけにある受付: 3 件')
    await offline(false)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await status('すべて届いています')
    const all = await names()
    assert.equal(all.filter((name) => name === '旅野 人').length, 1)
    assert.equal(all.filter((name) => name === '').length, 5)
    assert.equal(all.length, 3 + 2 + 1 + 5)
    const missing = (await browser.call('reception.entries', { shelter: '受付の試験場', limit: 500 })).body.entries.filter((entry) => entry.person.condition === 'missing')
    assert.equal(missing.length, 1)
  })

  await test('the file, read in afterwards, adds nobody twice; another file is refused', async () => {
    const before = (await names()).length
    await page.getByRole('button', { name: /この端末の記録/ }).click()
    const input = page.locator('input[type=file]')
    await input.setInputFiles({ name: 'door.json', mimeType: 'application/json', buffer: Buffer.from(carried.text) })
    await page.getByText('0 件を読み込みました').waitFor()
    const file = JSON.parse(carried.text)
    const other = (id) => (id[0] === 'b' ? 'c' : 'b') + id.slice(1)
    file.items = file.items.slice(0, 1).map((item) => ({ ...item, family: { ...item.family, persons: item.family.persons.map((one) => ({ ...one, fact: other(one.fact), entry: other(one.entry) })) } }))
    await input.setInputFiles({ name: 'door.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) })
    await page.getByText('1 件を読み込みました').waitFor()
    await status('すべて届いています')
    assert.equal((await names()).length, before + file.items[0].family.persons.length)
    await input.setInputFiles({ name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.getByText('何も読み込みませんでした').waitFor()
  })

  await test('what was typed is folded on the device as on the server', async () => {
    const source = readFileSync(new URL('../src/door/fold.ts', import.meta.url), 'utf8')
    const { code } = await transform(source, { loader: 'ts', format: 'esm' })
    const { foldKana, nameFolder } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
    const extract = (await browser.call('registry.door_extract')).body
    const foldName = nameFolder(extract.variants)
    const words = (text, fold) => text.split(/[ \u3000]+/).map(fold).filter(Boolean).join(' ')
    const cell = (row, name) => row[extract.columns.indexOf(name)]
    const wrong = extract.rows
      .map((row) => [words(cell(row, 'name'), foldName), cell(row, 'folded_name'), words(cell(row, 'kana'), foldKana), cell(row, 'folded_kana')])
      .filter(([name, foldedName, kana, foldedKana]) => name !== foldedName || kana !== foldedKana)
    assert.ok(extract.rows.length > 1000)
    assert.deepEqual(wrong.slice(0, 5), [])
  })

  await test('signing out seals the device', async () => {
    await page.locator('details.account summary').click()
    await page.getByRole('button', { name: 'サインアウト' }).click()
    await page.getByLabel('利用者名').waitFor()
    await browser.signIn()
    await browser.open('door')
    await page.getByText('端末に封がされています').waitFor()
  })
}
