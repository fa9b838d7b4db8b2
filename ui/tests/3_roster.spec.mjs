import { strict as assert } from 'node:assert'

export default async function ({ browser, test }) {
  await browser.signIn()
  const { page } = browser
  let somebody

  await test('search as one types: kana and kanji find the same resident', async () => {
    const unconfirmed = await browser.call('safety.unconfirmed', { limit: 50 })
    somebody = unconfirmed.body.rows.find((row) => /^[ァ-ヶー]+[ 　][ァ-ヶー]+$/.test(row.kana)) ?? unconfirmed.body.rows[0]
    await browser.open('roster')
    const box = page.getByLabel('名前・番号・住所でさがす')
    for (const typed of [somebody.name, somebody.kana, somebody.kana.split(/[ 　]/)[0]]) {
      await box.fill('')
      await page.getByRole('link', { name: somebody.name }).first().waitFor({ state: 'detached' })
      await box.pressSequentially(typed, { delay: 5 })
      await page.getByRole('link', { name: somebody.name }).first().waitFor()
    }
    await browser.accessible()
    await browser.shot('roster')
  })

  await test('arrow keys and Enter open a resident; the back button returns', async () => {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/registry.search') && answer.request().postDataJSON().text === somebody.name)
    await page.getByLabel('名前・番号・住所でさがす').fill(somebody.name)
    await answered
    await browser.settled()
    await page.locator('a[data-pick]', { hasText: somebody.name }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await browser.heading(somebody.name).waitFor()
    assert.match(page.url(), /#\/resident\//)
    await page.getByRole('heading', { name: '同じ世帯の人' }).waitFor()
    await page.getByText('どの名簿にも見つかっていません').waitFor()
    await browser.accessible()
    await browser.shot('resident')
    await page.goBack()
    await browser.heading('名簿・検索').waitFor()
  })

  await test('the shelters\' roster is filtered, sorted, searched and exported', async () => {
    await browser.open('roster/entries')
    const rows = page.locator('tbody tr')
    await rows.first().waitFor()
    await page.getByRole('button', { name: '氏名' }).click()
    await page.locator('th[aria-sort] button', { hasText: '氏名' }).waitFor()
    const shelter = await page.locator('#of-shelter option').nth(1).getAttribute('value')
    await browser.settled()
    await page.locator('#of-shelter').selectOption(shelter)
    await page.waitForFunction((name) => {
      const cells = [...document.querySelectorAll('tbody tr td:nth-child(6)')]
      return cells.length > 0 && cells.every((cell) => cell.textContent === name)
    }, shelter)
    await browser.settled()
    const file = await browser.downloaded(() => page.getByRole('button', { name: '名簿をファイルで' }).click())
    assert.ok(file.text.includes(shelter))
    await browser.accessible()
    await browser.shot('entries')
    await rows.first().getByRole('link').click()
    await page.getByRole('heading', { name: '読み取った内容' }).waitFor()
    await browser.accessible()
    await browser.shot('entry')
  })

  await test('an entry is corrected, and its history keeps what was written', async () => {
    await page.getByRole('button', { name: '直す', exact: true }).click()
    await page.getByLabel('備考').fill('杖を使う')
    await page.getByLabel('理由').first().fill('本人に聞いた')
    await browser.accessible()
    await page.getByRole('button', { name: 'この内容で直す' }).click()
    await page.getByText('杖を使う').waitFor()
    await page.locator('li', { hasText: '訂正' }).filter({ hasText: '本人に聞いた' }).waitFor()
  })

  await test('somebody who does not exist is told so', async () => {
    await browser.open('resident/no-such-person')
    await page.getByRole('alert').waitFor()
    await browser.open('roster')
    await page.getByLabel('名前・番号・住所でさがす').fill('ぬぬぬぬぬ')
    await page.getByText('当てはまる人がいません').waitFor()
  })
}
