// Headquarters: a list of those needing care, teams, what they found and its undoing, the sheet on paper, the timeline.
import { strict as assert } from 'node:assert'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export default async function ({ browser, test }) {
  await browser.fresh()
  const { page } = browser
  await browser.signIn()
  const people = readFileSync(browser.made.registry, 'utf8').split('\n').slice(1).map((line) => line.split(',')).filter((cells) => cells.length > 5 && !cells.join().includes('"'))
  const chosen = people.slice(0, 12)
  const row = (cells) => page.getByRole('region', { name: '要支援者' }).getByRole('row').filter({ hasText: cells[2] }).first()

  await test('a list is brought in; a line that is nobody is named by its number', async () => {
    const file = join(browser.home, 'care.csv')
    writeFileSync(file, '宛名番号,氏名,避難支援等を必要とする事由,支援者\n' + chosen.map((cells) => `${cells[0]},${cells[2]},要介護3・車椅子,民生委員 試し`).join('\n') + '\nNOBODY,だれか,,\n')
    await browser.open('headquarters')
    await browser.heading('災害対策本部').waitFor()
    await page.locator('summary', { hasText: '名簿（CSV）を取り込む' }).click()
    await page.locator('#care-file').setInputFiles(file)
    await page.getByText('12 人を加え').waitFor()
    await page.getByText('14 行目').waitFor()
    await page.getByLabel('会えた人も出す').check()
    await row(chosen[0]).getByText('要介護3').waitFor()
    await browser.accessible()
    await browser.shot('headquarters-care')
  })

  await test('people are given to a team by keyboard, and the sheet has what the visit needs', async () => {
    const listed = page.waitForResponse((answer) => answer.url().endsWith('/api/care.list') && answer.request().postDataJSON().state === 'waiting')
    await page.getByLabel('状態').selectOption('waiting')
    await listed
    await browser.settled()
    const boxes = page.getByRole('checkbox', { name: /を選ぶ$/ })
    await boxes.first().focus()
    await page.keyboard.press('Space')
    await boxes.nth(1).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: /選んだ 2 人/ }).waitFor()
    await page.getByLabel('班の名前').fill('1班')
    await page.keyboard.press('Enter')
    await page.getByText('2 人を割り当てました').waitFor()
    await page.getByRole('link', { name: '1班' }).click()
    await browser.heading('班の訪問表 1班').waitFor()
    const sheet = page.getByRole('region', { name: '班の訪問表' })
    await sheet.getByRole('row').nth(2).waitFor()
    assert.equal(await sheet.getByRole('row').count(), 3)
    assert.ok(!(await sheet.innerText()).includes(chosen[0][0]), 'no number of the registry')
    await browser.accessible()
    await page.emulateMedia({ media: 'print' })
    await page.getByRole('navigation', { name: '主な画面' }).waitFor({ state: 'hidden' })
    await browser.shot('team-sheet-print')
    await page.emulateMedia({ media: 'screen' })
  })

  await test('what the team found is written, and taken back', async () => {
    await browser.open('headquarters')
    await page.getByRole('combobox', { name: '班', exact: true }).selectOption('1班')
    await page.getByRole('button', { name: /: 搬送が必要$/ }).first().click()
    await page.getByText(/さん: 搬送が必要/).waitFor()
    await page.getByRole('region', { name: '要支援者' }).getByText('搬送が必要', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: /: 結果を取り消す$/ }).first().click()
    await page.getByText('取り消しました').waitFor()
    await page.getByRole('button', { name: /: 結果を取り消す$/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /: 会えた$/ }).first().click()
    await page.getByText(/さん: 会えた/).waitFor()
    await browser.accessible()
  })

  await test('two who write of one person at once: the second is told', async () => {
    const { body } = await browser.call('care.list', { all: true, team: '1班' })
    const one = body.rows.find((each) => each.standing.length > 0)
    const late = await browser.call('care.found', { resident: one.resident, found: 'not_at_home', note: '', seen: [] })
    assert.equal(late.status, 409)
  })

  await test('the timeline tells what happened, filters, and leaves as CSV', async () => {
    await browser.call('reception.open_shelter', { name: '橋杭小学校', address: '橋杭' })
    await browser.open('headquarters/timeline')
    const events = page.getByRole('region', { name: '時系列' })
    await events.getByText('避難所を開設').first().waitFor()
    await page.getByRole('region', { name: '未確認の人数の移り変わり' }).waitFor()
    await browser.accessible()
    await browser.shot('timeline')
    await page.getByLabel('種類').selectOption('shelter_opened')
    await events.getByText('橋杭小学校', { exact: true }).waitFor()
    await events.getByText('住民台帳を取り込み').first().waitFor({ state: 'detached' })
    const { name, text } = await browser.downloaded(() => page.getByRole('button', { name: 'CSV に書き出す' }).click())
    assert.match(name, /^timeline-/)
    assert.ok(text.includes('橋杭小学校'))
  })
}
