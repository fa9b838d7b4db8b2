// One stands for the family: by touch and by keyboard alone, on a phone's screen without a network; names are given at
// the desk and on the device; typing with completed towns.
import { strict as assert } from 'node:assert'
import { openDevice, prepareDevice } from './door.mjs'

const shelter = '代表の試験場'

export default async function ({ browser, test }) {
  await browser.fresh({ viewport: { width: 390, height: 844 }, hasTouch: true })
  let page = browser.page
  const status = (text) => page.getByRole('status').getByText(text).first().waitFor()
  const entries = async () => (await browser.call('reception.entries', { shelter, limit: 500, order: 'newest' })).body.entries
  const desk = async () => (await browser.call('shelter.desk', { shelter })).body
  const row = (kind) => page.getByRole('group', { name: kind, exact: true })
  const online = async (on) => {
    await browser.context.setOffline(!on)
    if (on) await page.evaluate(() => dispatchEvent(new Event('online')))
  }

  await test('by touch: a name, a town by its first kana, and taps for who came along', async () => {
    await browser.signIn()
    await prepareDevice(browser, { shelter, room: '体育館' })
    await online(false)
    await page.getByRole('button', { name: '代表者と人数' }).tap()
    await page.locator('#l-name').pressSequentially('たびの いちろう')
    await page.keyboard.press('Enter')
    await page.locator('#l-place').pressSequentially('お')
    await page.getByRole('option', { name: '大島' }).waitFor()
    await browser.accessible()
    await browser.shot('door-leading')
    await page.getByRole('option', { name: '大島' }).tap()
    await row('大人').getByRole('button', { name: '1', exact: true }).tap()
    await row('子ども').getByRole('button', { name: '2', exact: true }).tap()
    await row('乳児').getByRole('button', { name: '1', exact: true }).tap()
    for (const target of await page.locator('.count').all()) assert.ok((await target.boundingBox()).height >= 44)
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'nothing stands out of the screen')
    await page.getByRole('button', { name: '5 人を受け付ける' }).tap()
    await status('たびの いちろう ほか 4 人 を保存しました')
    await status('この端末だけにある受付: 1 件')
  })

  await test('by keyboard alone: the town of the family before stands ready', async () => {
    await page.locator('#l-name:focus').waitFor()
    assert.equal(await page.locator('#l-place').inputValue(), '大島')
    await page.keyboard.type('となの はな')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter') // the same town
    await page.keyboard.type('10')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('0')
    await page.keyboard.press('Enter') // the focus is on the button that keeps
    await status('この端末だけにある受付: 2 件')
    await page.locator('#l-name:focus').waitFor()
    await page.keyboard.type('こざの よう')
    await page.keyboard.press('Enter')
    await page.keyboard.type('こざ') // the register has コサ
    await page.getByRole('option', { name: '古座', exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    await status('この端末だけにある受付: 3 件')
  })

  await test('typed: Enter goes to the next of the family, and the town is completed', async () => {
    await page.getByRole('button', { name: '名簿にない人' }).tap()
    await page.locator('#t-name-0:focus').waitFor() // a tap is over before the page has heard of it
    await page.keyboard.type('みさきの いち')
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('#t-address-0').inputValue(), '古座')
    await page.keyboard.type('おおし')
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('#t-address-0').inputValue(), '大島')
    await page.keyboard.press('End')
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await page.keyboard.type('はな')
    await page.keyboard.press('Enter')
    await browser.accessible()
    await browser.shot('door-typing')
    await page.keyboard.press('Enter') // nobody more
    await status('この端末だけにある受付: 4 件')
  })

  await test('beside a neighbour: one tap or F2 copies town, place and time, and one stands for the next family', async () => {
    await page.getByRole('button', { name: /隣の家族.*代表者と人数/ }).tap()
    await page.getByText('みさきの いちさんの受付から写しました').waitFor()
    await page.locator('#l-name:focus').waitFor()
    assert.equal(await page.locator('#l-place').inputValue(), '大島')
    await browser.accessible()
    await browser.shot('door-beside')
    await page.locator('#l-name').pressSequentially('となりの いち')
    await row('大人').getByRole('button', { name: '1', exact: true }).tap()
    await row('子ども').getByRole('button', { name: '2', exact: true }).tap()
    await page.getByRole('button', { name: '4 人を受け付ける' }).tap()
    await status('となりの いち ほか 3 人 を保存しました')
    await page.keyboard.press('F2')
    await page.getByText('となりの いちさんの受付から写しました').waitFor()
    await page.locator('#l-name:focus').waitFor()
    await page.keyboard.type('むかいの はな')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1')
    await page.keyboard.press('Control+Enter')
    await status('むかいの はな ほか 1 人 を保存しました')
    await page.keyboard.press('Shift+F2')
    await page.getByText('むかいの はなさんの受付から写しました').waitFor()
    await page.locator('#t-name-0:focus').waitFor()
    await page.keyboard.type('うらの いち')
    await page.keyboard.press('Enter') // past the copied town to the next of the family
    await page.locator('#t-name-1:focus').waitFor()
    assert.equal(await page.locator('#t-name-1').inputValue(), 'うらの ')
    await page.keyboard.press('Enter')
    await status('うらの いち を保存しました')
  })

  await test('reloaded and sent: one named and the others unnamed, of one family', async () => {
    await page.reload()
    await openDevice(page)
    await online(true)
    await status('すべて届いています')
    const all = await entries()
    assert.equal(all.length, 5 + 2 + 1 + 2 + 4 + 2 + 1)
    const of = (name) => all.filter((one) => one.person.family === all.find((lead) => lead.person.name === name).person.family)
    const tabi = of('たびの いちろう')
    assert.deepEqual(tabi.map((one) => one.person.note).sort(), ['', '乳児', '大人', '子ども', '子ども'])
    assert.ok(tabi.every((one) => one.person.address === '大島' && one.room === '体育館'))
    assert.deepEqual(tabi.find((one) => one.person.note === '乳児').person.needs, ['infant'])
    assert.equal(of('となの はな').length, 2)
    const first = all.find((one) => one.person.name === 'みさきの いち')
    for (const name of ['となりの いち', 'むかいの はな', 'うらの いち']) {
      const beside = of(name)
      assert.ok(beside.every((one) => one.received.way === 'copied' && one.received.at === first.received.at && one.person.address === '大島' && one.room === '体育館'), name)
    }
    assert.deepEqual(of('となりの いち').map((one) => one.person.note).sort(), ['', '大人', '子ども', '子ども'])
    assert.deepEqual(of('みさきの いち').map((one) => `${one.person.name}/${one.person.address}`).sort(), ['みさきの いち/大島12', 'みさきの はな/大島12'])
    const matching = (await browser.call('matching.summary')).body
    assert.ok(matching.unnamed >= 5)
    const { figures, meals, to_name } = await desk()
    assert.equal(figures.unnamed, 9)
    assert.equal(figures.families, 7)
    assert.equal(meals.infant, 1)
    assert.deepEqual(to_name.map((one) => one.members[0].name), ['たびの いちろう', 'となの はな', 'となりの いち', 'むかいの はな'])
  })

  await test('named on the device, in the same family', async () => {
    await page.getByRole('button', { name: /この端末の記録/ }).tap()
    await page.getByRole('listitem').filter({ hasText: 'となの はな' }).getByRole('button', { name: '名前を入れる（あと 1 人）' }).tap()
    await page.locator('#t-name-0:focus').waitFor()
    await page.keyboard.type('じろう')
    await page.keyboard.press('Enter')
    await browser.accessible()
    await page.keyboard.press('Enter')
    await status('となの じろう を保存しました')
    await status('すべて届いています')
    const all = await entries()
    const [one, other] = ['となの はな', 'となの じろう'].map((name) => all.find((entry) => entry.person.name === name))
    assert.equal(one.person.family, other.person.family)
    assert.equal(other.person.note, '大人')
  })

  await test('headquarters sees how many names are to be asked, and the desk gives them', async () => {
    await browser.open('shelters')
    await page.getByText('名前をまだ聞いていない人').first().waitFor()
    await page.getByRole('row', { name: new RegExp(shelter) }).getByRole('link', { name: '8', exact: true }).click()
    await page.getByRole('heading', { name: 'たびの いちろう' }).waitFor()
    await browser.accessible()
    await page.getByRole('button', { name: '名前を入れる' }).first().click() // of those who came first
    await page.getByLabel('氏名').nth(0).fill('たびの よし')
    await page.getByLabel('年齢').nth(0).fill('0')
    await page.getByLabel('氏名').nth(2).fill('たびの たろう')
    await browser.accessible()
    await browser.shot('desk-names')
    await page.getByRole('button', { name: '2 人の名前を保存する' }).click()
    await page.getByText('2 人の名前を保存しました').waitFor()
    const { figures, to_name } = await desk()
    assert.equal(figures.unnamed, 6)
    assert.equal(figures.families, 7)
    assert.equal(to_name[0].members.filter((one) => one.name).length, 3)
  })
}
