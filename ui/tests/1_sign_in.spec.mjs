import { strict as assert } from 'node:assert'

export default async function ({ browser, test }) {
  await test('a wrong password is told, and says nothing of the account', async () => {
    const { page } = browser
    await page.goto('/')
    await page.getByLabel('利用者名').fill('nobody')
    await page.getByLabel('パスワード').fill('wrong')
    await page.getByLabel('利用の目的').fill('試験')
    await page.getByRole('button', { name: 'サインイン' }).click()
    assert.match(await page.getByRole('alert').innerText(), /利用者名かパスワードが違います/)
    await browser.accessible()
    await browser.shot('sign-in')
  })

  await test('sign in with the keyboard alone, stay after reload, sign out', async () => {
    const { page } = browser
    await page.goto('/')
    await page.getByLabel('利用者名').focus()
    await page.keyboard.type(browser.administrator)
    await page.keyboard.press('Tab')
    await page.keyboard.type(browser.password)
    await page.keyboard.press('Tab')
    await page.keyboard.type('試験')
    await page.keyboard.press('Enter')
    await browser.heading('全体').waitFor()
    const cookie = (await browser.context.cookies()).find((one) => one.name === 'sonae_session')
    assert.equal(cookie.httpOnly, true)
    assert.equal(cookie.sameSite, 'Strict')
    await page.reload()
    await browser.heading('全体').waitFor()
    await page.locator('details.account summary').click()
    await page.getByRole('button', { name: 'サインアウト' }).click()
    await page.getByRole('button', { name: 'サインイン' }).waitFor()
    assert.equal((await browser.call('access.me')).status, 401)
  })

  await test('a deep link waits for the sign-in and opens afterwards', async () => {
    const { page } = browser
    await page.goto('/#/unconfirmed')
    await page.getByLabel('利用者名').fill(browser.administrator)
    await page.getByLabel('パスワード').fill(browser.password)
    await page.getByLabel('利用の目的').fill('試験')
    await page.getByRole('button', { name: 'サインイン' }).click()
    await browser.heading('未確認者').waitFor()
  })

  await test('an ended session is told, and the page comes back after signing in again', async () => {
    const { page } = browser
    await browser.context.clearCookies()
    await page.evaluate(() => (location.hash = '#/roster/entries'))
    await page.getByText('サインアウトしました').waitFor()
  })

  await test('a password chosen by somebody else must be changed first', async () => {
    await browser.fresh()
    const { page } = browser
    await browser.signIn('hinanjo')
    await browser.heading('パスワードの変更').waitFor()
    await browser.accessible()
    await page.getByLabel('いまのパスワード').fill(browser.password)
    await page.getByLabel('新しいパスワード', { exact: true }).fill('防災の長い合言葉です')
    await page.getByLabel('新しいパスワード（もう一度）').fill('違う合言葉です')
    await page.getByText('二つの新しいパスワードが違います').waitFor()
    await page.getByLabel('新しいパスワード（もう一度）').fill('防災の長い合言葉です')
    await page.getByRole('button', { name: '変更する' }).click()
    await browser.heading('全体').waitFor()
    const places = await page.getByRole('navigation', { name: '主な画面' }).innerText()
    assert.ok(!places.includes('利用者') && !places.includes('突合'), 'only what a shelter may do')
    assert.equal((await browser.call('access.accounts')).status, 403)
  })
}
