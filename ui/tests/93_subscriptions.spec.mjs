// Who asked is told when news comes: kept after a call, listed with its notices, ended with a reason.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'

export default async function ({ browser, test }) {
  await browser.fresh()
  await browser.signIn()
  const { page } = browser
  const cells = readFileSync(browser.made.registry, 'utf8').split('\n').slice(1).map((line) => line.split(','))
  const birthOf = (row) => row.find((cell) => /^\d{4}-\d\d-\d\d$/.test(cell))
  const asker = { address: '', phone: '', relation: 'family', proof: 'document' }
  // Somebody of whom no news is held yet, and whose name is theirs alone.
  const names = cells.map((row) => row[2])
  let sought
  for (const row of cells.filter((one) => one.length > 5 && birthOf(one) && !one.join().includes('"') && names.filter((name) => name === one[2]).length === 1).slice(-40)) {
    const line = `${row[2]} ${birthOf(row)}`
    const { body } = await browser.call('inquiry.ask', { line, purpose: '試験', desk: 'counter', asker: { ...asker, name: `試験 ${Math.random()}` } })
    if (body.outcome === 'nothing') { sought = { line, name: row[2], birth: birthOf(row) }; break }
  }
  assert.ok(sought, 'nobody without news was found')
  const kept = () => page.locator('[data-subscription]').filter({ hasText: sought.name })

  await test('after an answer without news the caller leaves an address, and is asked for nothing twice', async () => {
    await browser.open('calls')
    await page.locator('#i-line').fill(sought.line)
    await page.locator('#i-asker').fill('岩谷 めぐみ')
    await page.locator('#i-purpose').fill('無事を知りたい')
    await page.getByRole('radio', { name: '同居の家族・配偶者' }).check()
    await page.getByRole('radio', { name: '身分証で' }).check()
    await page.getByRole('button', { name: '照会する' }).click()
    await page.getByRole('heading', { name: '知らせが届いたら伝える' }).waitFor()
    await page.locator('#tell-to').fill('meg@example')
    await page.getByRole('button', { name: '申し込む' }).click()
    await page.getByText('知らせの送り先（メールアドレスか携帯電話の番号）を確かめてください').waitFor()
    await page.locator('#tell-to').fill('meg@example.jp')
    await page.keyboard.press('Enter')
    await page.getByText('申し込みを受け付けました').waitFor()
    await browser.accessible()
    await page.keyboard.press('F2')
    await page.locator('#tell-to').waitFor({ state: 'detached' })
  })

  await test('the list says who waits for whom, and by what way they are told', async () => {
    await browser.open('inquiries')
    await page.getByRole('link', { name: '知らせの申し込み' }).click()
    await kept().getByText('岩谷 めぐみ').waitFor()
    const said = await kept().innerText()
    for (const part of [sought.name, '同居の家族', '身分証で', '無事を知りたい', 'メール', '電話', '伝えられる知らせはまだありません']) assert.ok(said.includes(part), part)
    await page.locator('#sub-text').fill('どこにもいない人')
    await page.keyboard.press('Enter')
    await page.getByText('当てはまる申し込みはありません。').waitFor()
    await page.locator('#sub-text').fill(sought.name)
    await page.keyboard.press('Enter')
    await kept().waitFor()
    await browser.accessible()
    await browser.shot('subscriptions')
  })

  await test('news of the person becomes a notice, which the list shows by itself', async () => {
    const id = (letter) => letter.repeat(2) + 'b'.repeat(23) + 'a'
    const person = { name: sought.name, kana: '', sex: 'unknown', birth: sought.birth, address: '', phone: '', note: '', relation: '', needs: [], condition: 'well', stay: 'shelter', visitor: false, family: '' }
    const answer = await browser.call('reception.receive', {
      shelter: '大島小学校', received: { way: 'typed', at: new Date().toISOString(), form_number: '', room: '', consent: [{ to: 'family', allowed: true }], said_by: '本人' },
      persons: [{ entry: id('c'), fact: id('d'), person }],
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    // The index of news follows a moment later; the server's own round comes once a minute.
    const shown = kept().getByText('送信待ち').waitFor({ timeout: 90_000 }).then(() => true)
    while (!(await Promise.race([shown, new Promise((done) => setTimeout(done, 500))]))) await browser.call('subscription.upkeep')
    await browser.accessible()
  })

  await test('it is ended with a reason, and stays to be read', async () => {
    await kept().getByLabel('理由').fill('家族が会えた')
    await kept().getByRole('button', { name: '取りやめる' }).click()
    await page.getByText('申し込みを取りやめました').waitFor()
    await kept().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^終わった/ }).click()
    await kept().getByText('家族が会えた').waitFor()
    assert.equal(await kept().getByRole('button', { name: '取りやめる' }).count(), 0)
    await browser.accessible()
  })

  await test('on a telephone nothing runs out of the screen', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await browser.settled()
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    assert.ok(wide <= seen, `${wide} px wide in ${seen}`)
    await browser.accessible()
  })
}
