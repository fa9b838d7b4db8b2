import { strict as assert } from 'node:assert'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export default async function ({ browser, test }) {
  await browser.signIn()
  const { page } = browser

  await test('the overview says what there is and what to do next', async () => {
    await browser.open('')
    await browser.heading('全体').waitFor()
    await page.getByText('次にすること').waitFor()
    await browser.accessible()
    await browser.shot('overview')
  })

  await test('a list from a shelter comes in with a report', async () => {
    await browser.open('import/lists')
    await page.locator('#list-file').setInputFiles(browser.made.list_left)
    await page.getByRole('button', { name: '取り込む', exact: true }).click()
    await page.getByRole('heading', { name: '取り込みの結果' }).waitFor()
    await browser.accessible()
    await browser.shot('import-list')
  })

  await test('the same list again changes nothing', async () => {
    await browser.open('')
    await browser.open('import/lists')
    await page.locator('#list-file').setInputFiles(browser.made.list_left)
    await page.getByRole('button', { name: '取り込む', exact: true }).click()
    await page.getByText('すでに取り込まれています').waitFor()
  })

  await test('bad lines of a registry are told, fetched as a file, mended and brought in', async () => {
    const original = readFileSync(browser.made.registry, 'utf8')
    const lines = original.split(/\r?\n/)
    const header = lines[0].split(',')
    const birth = header.findIndex((name) => name.includes('birth') || name.includes('生年月日'))
    const cells = lines[2].split(',')
    const right = cells[birth]
    cells[birth] = '1990-02-31'
    lines[2] = cells.join(',')
    const broken = join(browser.home, 'registry_tomorrow.csv')
    writeFileSync(broken, lines.join('\n'))
    await browser.open('import/registry')
    await page.locator('#registry-file').setInputFiles(broken)
    await page.getByRole('button', { name: '取り込む', exact: true }).click()
    await page.getByRole('heading', { name: '取り込みの結果' }).waitFor()
    await page.getByRole('heading', { name: '取り込めなかった理由' }).waitFor()
    await browser.accessible()
    await browser.shot('import-registry')
    const aside = await browser.downloaded(() => page.getByRole('button', { name: '取り込めなかった行をファイルで' }).click())
    assert.ok(aside.text.includes('1990-02-31'), 'the line as it was written')
    const mended = join(browser.home, 'mended.csv')
    writeFileSync(mended, aside.text.replace('1990-02-31', right))
    await page.locator('#mended').setInputFiles(mended)
    await page.getByText('取り込めなかった理由').waitFor({ state: 'hidden' })
    await page.getByRole('heading', { name: '取り込みの結果' }).waitFor()
  })

  await test('the registry of the next day comes in, and the differences are shown', async () => {
    await browser.open('')
    await browser.open('import/registry')
    await page.locator('#registry-file').setInputFiles(browser.made.registry_next_day)
    await page.locator('#as-of').fill('2030-01-01') // after every other of the town
    await page.getByRole('button', { name: '取り込む', exact: true }).click()
    await page.getByText('2030年1月1日 時点の').waitFor()
    await page.getByRole('row', { name: /2030年1月1日/ }).getByRole('button', { name: '前との違い' }).click()
    await page.locator('td ul li').first().waitFor()
    await browser.accessible()
    await browser.shot('differences')
  })
}
