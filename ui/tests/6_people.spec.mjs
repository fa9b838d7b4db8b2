import { strict as assert } from 'node:assert'

export default async function ({ browser, test }) {
  await test('an administrator adds somebody who comes to help', async () => {
    await browser.signIn()
    const { page } = browser
    assert.equal((await browser.call('registry.search', { text: 'さ' })).status, 200) // a look, for the auditor below
    await browser.open('accounts')
    await page.getByRole('button', { name: '利用者を加える' }).click()
    await page.locator('#new-login').fill('ouen1')
    await page.locator('#new-name').fill('応援 太郎')
    await page.locator('#new-role').selectOption('viewer')
    await page.locator('#new-password').fill('はじめての合言葉です')
    await browser.accessible()
    await browser.shot('accounts')
    await page.getByRole('button', { name: '加える', exact: true }).click()
    await page.getByRole('row', { name: /ouen1/ }).waitFor()
    await page.getByRole('row', { name: /ouen1/ }).getByRole('button', { name: '変更' }).click()
    await browser.accessible()
  })

  await test('an auditor sees who looked at whom, and no resident', async () => {
    await browser.fresh()
    await browser.signIn('kansa')
    const { page } = browser
    await page.locator('main h1').waitFor()
    if (await browser.heading('パスワードの変更').isVisible()) {
      await page.getByLabel('いまのパスワード').fill(browser.password)
      await page.getByLabel('新しいパスワード', { exact: true }).fill('監査の長い合言葉です')
      await page.getByLabel('新しいパスワード（もう一度）').fill('監査の長い合言葉です')
      await page.getByRole('button', { name: '変更する' }).click()
    }
    await browser.heading('全体').waitFor()
    await browser.open('looks')
    await page.locator('tbody tr').first().waitFor()
    await browser.accessible()
    await browser.shot('looks')
    await page.locator('#by').selectOption('login')
    await page.getByLabel('利用者名').fill(browser.administrator)
    await page.getByRole('button', { name: '表示' }).click()
    await page.locator('tbody tr').first().waitFor()
    assert.equal((await browser.call('registry.search', { text: 'さ' })).status, 403)
  })

  await test('English and やさしい日本語', async () => {
    const { page } = browser
    await page.getByLabel('ことば').selectOption('en')
    await page.getByRole('heading', { level: 1, name: 'Access record' }).waitFor()
    await page.locator('html[lang=en]').waitFor()
    await page.getByLabel('Language').selectOption('easy')
    await page.getByRole('heading', { level: 1, name: '見た きろく' }).waitFor()
    await browser.accessible()
  })
}
