// A device at the door counts a family; the desk names one of them, and the device, without a network, the same one in
// another way: both stand, a question is in sight, and a person settles it. What the desk named, the device learns.
import { strict as assert } from 'node:assert'
import { openDevice, prepareDevice, said } from './door.mjs'

const shelter = '二人名付けの試験場'

export default async function ({ browser, test }) {
  await browser.fresh({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const { page } = browser
  const entries = async () => (await browser.call('reception.entries', { shelter, limit: 50, order: 'as_written' })).body.entries
  const desk = async () => (await browser.call('shelter.desk', { shelter })).body
  const kept = () => page.getByRole('listitem').filter({ hasText: 'みちの はじめ' })
  const online = async (on) => {
    await browser.context.setOffline(!on)
    if (on) await page.evaluate(() => dispatchEvent(new Event('online')))
  }
  // Another machine names one of the unnamed, as the desk's page does.
  const nameElsewhere = async (name, which = 0) => {
    const one = (await entries()).filter((entry) => !entry.person.name)[which]
    const person = { ...one.person, name }
    const { status } = await browser.call('reception.correct', { entry: one.entry, seen: one.standing, shelter, because: 'desk: named', person })
    assert.equal(status, 200)
    return one.entry
  }
  const give = async (name) => {
    await kept().getByRole('button', { name: /名前を入れる/ }).tap()
    await page.locator('#t-name-0').fill(name)
    await page.locator('#t-keep').tap()
  }

  await test('three are counted by the one who stands for them, and all arrive', async () => {
    await browser.signIn()
    await prepareDevice(browser, { shelter, room: '体育館' })
    await page.getByRole('button', { name: '代表者と人数' }).tap()
    await page.locator('#l-name').fill('みちの はじめ')
    await page.locator('#l-place').pressSequentially('おお')
    await page.getByRole('option', { name: '大島', selected: true }).waitFor()
    await page.getByRole('group', { name: '子ども', exact: true }).getByRole('button', { name: '3', exact: true }).tap()
    assert.equal(await page.locator('#l-place').inputValue(), '大島') // the marked one: nobody comes from おお
    await page.getByRole('button', { name: '4 人を受け付ける' }).tap()
    await said(page, 'みちの はじめ ほか 3 人 を保存しました')
    await said(page, 'すべて届いています')
    assert.equal((await entries()).length, 4)
  })

  await test('what the desk names, the device learns when it is online', async () => {
    await nameElsewhere('みちの いち')
    await page.getByRole('button', { name: /この端末の記録/ }).tap()
    await online(true)
    await kept().getByText('ほかで名前が入った人: みちの いち').waitFor()
    await kept().getByRole('button', { name: '名前を入れる（あと 2 人）' }).waitFor()
    await browser.accessible()
  })

  await test('the desk names one, and the device without a network the same one otherwise', async () => {
    await online(false)
    await give('みちの にろう')
    await said(page, 'この端末だけにある受付: 1 件')
    await online(true)
    await said(page, 'すべて届いています')
    assert.equal((await desk()).questions.length, 0)
    await online(false)
    await page.getByRole('button', { name: /この端末の記録/ }).tap()
    await give('みちの さんた')
    await said(page, 'この端末だけにある受付: 1 件')
    // The desk has a network: a window of its own.
    const window = await browser.chrome.newContext({ baseURL: browser.address, storageState: await browser.context.storageState() })
    const other = await window.newPage()
    await other.goto('/')
    const call = (operation, input) => other.evaluate(async ([name, body]) => (await fetch(`/api/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Sonae': '1' }, body: JSON.stringify(body) })).json(), [operation, input])
    const unnamed = (await call('reception.entries', { shelter })).entries.filter((entry) => !entry.person.name)
    assert.equal(unnamed.length, 1)
    const person = { ...unnamed[0].person, name: 'みちの さぶろう' }
    await call('reception.correct', { entry: unnamed[0].entry, seen: unnamed[0].standing, shelter, because: 'desk: named', person })
    await window.close()
    await online(true)
    await said(page, 'すべて届いています')
    const all = await entries()
    assert.equal(all.length, 4)
    assert.deepEqual(all.map((one) => one.contradictory).sort(), [false, false, false, true])
    await page.getByRole('button', { name: /この端末の記録/ }).tap()
    await page.getByText('ほかの人が先に別の名前を入れていました').waitFor()
    await browser.accessible()
    await browser.shot('door-named-twice')
    await page.reload()
    await openDevice(page)
    await page.getByRole('button', { name: /この端末の記録/ }).tap()
    await page.getByText('ほかの人が先に別の名前を入れていました').waitFor()
  })

  await test('what the header opens stays on the screen, and closes beside it', async () => {
    const panel = page.locator('header details').first()
    await panel.locator('summary').tap()
    await panel.locator('div').first().waitFor()
    const box = await panel.locator('div').first().boundingBox()
    assert.ok(box.x >= 0 && box.x + box.width <= 390, `${box.x} to ${box.x + box.width}`)
    await page.touchscreen.tap(195, 820)
    await panel.locator('div').first().waitFor({ state: 'hidden' })
  })

  await test('the desk sees one question, with both names, and settles it', async () => {
    await browser.open(`shelters/${encodeURIComponent(shelter)}/names`)
    await page.getByRole('heading', { name: '確かめること' }).waitFor()
    await browser.accessible()
    await browser.shot('desk-questions')
    await page.getByRole('link', { name: /みちの さ/ }).tap()
    const versions = page.getByRole('region', { name: '食い違う内容' })
    await versions.getByText('みちの さぶろう').first().waitFor()
    await browser.accessible()
    await browser.shot('entry-versions')
    await versions.getByRole('button', { name: 'こちらにする みちの さんた' }).tap()
    await page.getByText('直しました').waitFor()
    await versions.waitFor({ state: 'detached' })
    assert.deepEqual((await entries()).map((one) => one.person.name).sort(), ['みちの いち', 'みちの さんた', 'みちの にろう', 'みちの はじめ'])
    assert.ok((await entries()).every((one) => one.person.address === '大島'), 'a name takes no address away')
    assert.equal((await desk()).questions.length, 0)
  })

  await test('the desk’s own form stays while the device names the same one, and then says that both stand', async () => {
    await browser.open('door')
    await page.getByRole('button', { name: '代表者と人数', exact: true }).tap()
    await page.locator('#l-name').fill('ふたみち はじめ')
    await page.getByRole('group', { name: '子ども', exact: true }).getByRole('button', { name: '1', exact: true }).tap()
    await page.getByRole('button', { name: '2 人を受け付ける' }).tap()
    await said(page, 'ふたみち はじめ ほか 1 人 を保存しました')
    await said(page, 'すべて届いています')
    const window = await browser.chrome.newContext({ baseURL: browser.address, locale: 'ja-JP', storageState: await browser.context.storageState() })
    const table = await window.newPage()
    browser.watch(table)
    await table.goto(`/#/shelters/${encodeURIComponent(shelter)}/names`)
    await table.getByRole('button', { name: '名前を入れる' }).click()
    const form = table.getByRole('form', { name: 'ふたみち はじめ さんの家族' })
    await form.getByLabel('氏名').fill('ふたみち あさ')

    await page.getByRole('button', { name: /この端末の記録/ }).tap()
    await page.getByRole('listitem').filter({ hasText: 'ふたみち はじめ' }).getByRole('button', { name: /名前を入れる/ }).tap()
    await page.locator('#t-name-0').fill('ふたみち ゆう')
    await page.locator('#t-keep').tap()
    await said(page, 'ふたみち ゆう を保存しました')
    await said(page, 'すべて届いています')
    assert.equal((await desk()).to_name.length, 0)
    await table.getByText('この家族はほかの人が名前を入れました').waitFor()
    assert.equal(await form.getByLabel('氏名').inputValue(), 'ふたみち あさ')

    await form.getByRole('button', { name: '1 人の名前を保存する' }).click()
    await table.getByText('先に別の名前を入れた人がいます').waitFor()
    await table.getByRole('heading', { name: '確かめること' }).waitFor()
    await form.waitFor({ state: 'detached' })
    assert.equal((await desk()).questions.length, 1)
    const named = (await entries()).find((one) => one.contradictory)
    await table.goto(`/#/entry/${named.entry}`)
    const versions = table.getByRole('region', { name: '食い違う内容' })
    await versions.getByText('ふたみち ゆう').first().waitFor()
    await versions.getByRole('button', { name: 'こちらにする ふたみち あさ' }).click()
    await versions.waitFor({ state: 'detached' })
    assert.equal((await desk()).questions.length, 0)
    await window.close()
  })
}
