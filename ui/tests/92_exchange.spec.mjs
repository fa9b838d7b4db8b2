// Exchange at headquarters: a file of PFIF in and out, partners and their keys, other towns.
import { strict as assert } from 'node:assert'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = `<?xml version="1.0" encoding="UTF-8"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">
  <pfif:person>
    <pfif:person_record_id>other.example/person.1</pfif:person_record_id>
    <pfif:source_date>2026-03-11T06:00:00Z</pfif:source_date>
    <pfif:full_name>遠方 太郎</pfif:full_name>
    <pfif:note>
      <pfif:note_record_id>other.example/note.1</pfif:note_record_id>
      <pfif:author_name>友人</pfif:author_name>
      <pfif:source_date>2026-03-11T07:00:00Z</pfif:source_date>
      <pfif:status>believed_alive</pfif:status>
      <pfif:text>駅で会いました</pfif:text>
    </pfif:note>
  </pfif:person>
  <pfif:person>
    <pfif:person_record_id>other.example/person.2</pfif:person_record_id>
    <pfif:source_date>きのう</pfif:source_date>
    <pfif:full_name>遠方 次郎</pfif:full_name>
  </pfif:person>
</pfif:pfif>
`

export default async function ({ browser, test }) {
  await browser.fresh()
  await browser.signIn()
  const { page } = browser

  await test('a file of PFIF comes in, and what is wrong is named by line, record and field', async () => {
    const path = join(browser.home, 'persons.xml')
    writeFileSync(path, file)
    await browser.open('exchange')
    await browser.heading('情報連携').waitFor()
    await page.locator('#pfif-file').setInputFiles(path)
    await page.getByRole('button', { name: '取り込む', exact: true }).click()
    await page.getByRole('heading', { name: '取り込みの結果' }).waitFor()
    await page.getByText('2 件を取り込み').waitFor()
    const row = page.getByRole('row').filter({ hasText: 'other.example/person.2' })
    assert.match(await row.innerText(), /15[\s\S]*source_date[\s\S]*受け付けない/)
    await page.waitForFunction(() => document.querySelector('[data-count=received_persons]')?.textContent === '1')
    await browser.accessible()
    await browser.shot('exchange-import')
  })

  await test('what came in is found, tied to a resident, and the tie taken back', async () => {
    await page.locator('#received-text').fill('遠方')
    await page.getByRole('button', { name: 'さがす', exact: true }).click()
    const record = page.locator('[data-record="other.example/person.1"]')
    await record.getByText('駅で会いました').waitFor()
    const lines = readFileSync(browser.made.registry, 'utf8').split(/\r?\n/)
    const resident = lines[1].split(',')[0]
    await record.getByRole('button', { name: '住民に結び付ける' }).click()
    await page.locator('#tie-resident').fill(resident)
    await page.locator('#tie-because').fill('家族に確かめた')
    await browser.accessible()
    await record.getByRole('button', { name: '住民に結び付ける' }).click()
    await record.getByText(`住民 ${resident} に結び付け済み`).waitFor()
    await record.getByRole('button', { name: '結び付けを取り消す' }).click()
    await page.locator('#tie-because').fill('別人だった')
    await record.getByRole('button', { name: '結び付けを取り消す' }).click()
    await record.getByText('に結び付け済み').waitFor({ state: 'detached' })
  })

  await test('who may be told of leaves as a file', async () => {
    await page.getByLabel('外部からの記録も含める').check()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'PFIF で書き出す' }).click()
    const content = readFileSync(await (await saved).path(), 'utf8')
    assert.match(content, /遠方 太郎/)
    assert.doesNotMatch(content, /遠方 次郎/)
    const form = page.waitForEvent('download')
    await page.getByRole('button', { name: '安否情報（様式第1号 CSV）' }).click()
    assert.match(readFileSync(await (await form).path(), 'utf8'), /出生の年月日/)
  })

  await test('a partner gets a key once, reads the feed with it, and is revoked', async () => {
    await browser.open('exchange/partners')
    await page.locator('#partner-name').fill('行方不明者の掲示板')
    await page.getByLabel('外部からの記録も読む').check()
    await page.getByRole('button', { name: '登録して鍵を作る' }).click()
    const key = await page.locator('.key').innerText()
    assert.ok(key.length >= 50)
    await browser.accessible()
    await browser.shot('exchange-partners')
    const feed = () => page.evaluate(async (with_key) => {
      const answer = await fetch('/pfif/feeds/person', { headers: { Authorization: `Bearer ${with_key}` }, credentials: 'omit' })
      return [answer.status, await answer.text()]
    }, key)
    const [status, body] = await feed()
    assert.equal(status, 200)
    assert.match(body, /遠方 太郎/)
    const partner = page.locator('[data-partner="行方不明者の掲示板"]')
    await partner.getByRole('button', { name: '取り消す' }).click()
    await partner.getByText('無効').waitFor()
    assert.equal((await feed())[0], 401)
  })

  await test('another town is enrolled and asked, and its silence is told', async () => {
    await page.locator('#partner-name').fill('となり町')
    await page.locator('#partner-kind').selectOption('municipality')
    await page.getByRole('button', { name: '登録して鍵を作る' }).click()
    const town = page.locator('[data-partner="となり町"]')
    await town.getByRole('button', { name: 'この町に尋ねる' }).click()
    await page.locator('#reach-url').fill('http://127.0.0.1:1')
    await page.locator('#reach-key').fill('their-key')
    await town.getByRole('button', { name: '保存' }).click()
    await town.getByText('http://127.0.0.1:1').waitFor()
    await browser.open('exchange/towns')
    await page.locator('#town-name').fill('遠方 花子')
    await page.locator('#town-birth').fill('1980-01-01')
    await page.locator('#town-asker').fill('窓口')
    await page.locator('#town-purpose').fill('家族が探している')
    await page.getByRole('button', { name: '尋ねる', exact: true }).click()
    await page.getByText('応答なし').waitFor()
    await browser.accessible()
    await browser.shot('exchange-towns')
  })

  await test('on a telephone nothing runs out of the screen', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const place of ['exchange/records', 'exchange/towns', 'exchange/partners']) {
      await browser.open(place)
      await browser.heading('情報連携').waitFor()
      await browser.settled()
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      assert.ok(wide <= seen, `${place}: ${wide} px wide in ${seen}`)
      await browser.accessible()
    }
  })
}
