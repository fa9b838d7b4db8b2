// The page that anybody may open: a claim, a question, a crowd; then the clerk's side of claims.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'

export default async function ({ browser, test }) {
  await browser.fresh({ viewport: { width: 360, height: 740 } })
  let { page } = browser
  const people = readFileSync(browser.made.registry, 'utf8').split('\n').slice(1).map((line) => line.split(','))
  const birthOf = (cells) => cells.find((cell) => /^\d{4}-\d\d-\d\d$/.test(cell))
  const safe = () => page.locator('#safe')
  const look = () => page.locator('#look')
  const resident = people.find((cells) => cells.length > 5 && birthOf(cells) && !cells[2].includes('"'))

  await test('the page is small, cacheable and opens on a telephone', async () => {
    const answer = await page.goto('/safety')
    assert.match(answer.headers()['cache-control'], /public, max-age/)
    await page.waitForLoadState('networkidle')
    const bytes = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.transferSize, 0))
    assert.ok(bytes > 3_000 && bytes < 15_000, `${bytes} bytes over the line`)
    console.log(`        ${bytes} bytes over the line`)
    await browser.accessible()
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    assert.ok(wide <= seen, `${wide} px wide in ${seen}`)
    await browser.shot('safety-phone')
  })

  await test('it speaks the language that is chosen beside the Japanese', async () => {
    for (const [tongue, words] of [['vi', 'Tôi bình an'], ['ne', 'म सकुशल छु'], ['easy', 'ぶじです'], ['en', 'I am safe']]) {
      await page.locator('#tongue').selectOption(tongue)
      await page.locator('#safe h2').getByText(words).waitFor()
      await browser.accessible()
    }
    assert.equal(await page.locator('#s-stay option').first().innerText(), '避難所 / shelter')
  })

  await test('what is missing is told, and the focus goes there', async () => {
    await safe().getByRole('button', { name: '届ける' }).click()
    await safe().getByText('必須の欄に入れてください').waitFor()
    await page.locator('#s-name:focus').waitFor()
    await browser.accessible()
  })

  await test('somebody says that they are safe', async () => {
    await page.locator('#s-name').fill(resident[2])
    await page.locator('#s-birth').fill(birthOf(resident))
    await page.locator('#s-where').fill('大島小学校')
    await page.locator('#s-message').fill('元気です')
    await safe().getByLabel('尋ねた人すべて').check()
    await safe().getByRole('button', { name: '届ける' }).click()
    await safe().getByText('届きました').waitFor()
    assert.equal(await page.locator('#s-name').inputValue(), '')
    await browser.accessible()
  })

  await test('a relative asks, and a stranger’s name gets a gentle answer', async () => {
    await page.locator('#l-name').fill('名無 権兵衛')
    await page.locator('#l-birth').fill('1911-01-01')
    await page.locator('#l-asker').fill('岩谷 めぐみ')
    await page.locator('#l-phone').fill('06-0000-0000')
    await page.locator('#l-purpose').fill('無事を知りたい')
    await look().getByRole('button', { name: '尋ねる' }).click()
    await look().getByText('ご無事でないという意味ではありません').waitFor()
    await browser.accessible()
    await browser.shot('safety-answer')
  })

  await test('the answer is said in the chosen language too', async () => {
    for (const [tongue, words] of [['vi', 'Hiện không có thông tin nào'], ['zh', '目前没有可以告知的信息'], ['en', 'There is nothing that we can tell you']]) {
      await page.locator('#tongue').selectOption(tongue)
      await look().getByRole('button', { name: '尋ねる' }).click()
      const line = look().locator('.said p').filter({ hasText: words })
      await line.waitFor()
      assert.equal(await line.getAttribute('lang'), tongue === 'zh' ? 'zh-Hans' : tongue)
    }
    await browser.accessible()
  })

  await test('who asked leaves an address to be told at; without one the focus goes there', async () => {
    await page.locator('#tell').click()
    await page.locator('#l-to:focus').waitFor()
    await page.locator('#l-to').fill('meg@example.jp')
    await page.locator('#tell').click()
    await look().getByText('申し込みを受け付けました').waitFor()
    assert.equal(await page.locator('#l-to').inputValue(), '')
    await browser.accessible()
  })

  await test('in a crowd the page says when to come back, and keeps what was typed', async () => {
    await page.route('**/api/inquiry.ask_publicly', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '3' }, body: '{}' }))
    await look().getByRole('button', { name: '尋ねる' }).click()
    await look().getByText('いま混み合っています').waitFor()
    assert.equal(await page.locator('#l-name').inputValue(), '名無 権兵衛')
    await page.locator('#look button:disabled', { hasText: '尋ねる' }).waitFor()
    await page.unroute('**/api/inquiry.ask_publicly')
    await page.locator('#look button:enabled').waitFor()
  })

  await test('without a network nothing is pretended', async () => {
    await browser.context.setOffline(true)
    await look().getByRole('button', { name: '尋ねる' }).click()
    await look().getByText('つながりません').waitFor()
    await browser.context.setOffline(false)
  })

  await test('without JavaScript the browser sends the forms, and pages answer', async () => {
    await browser.fresh({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
    page = browser.page
    await page.goto('/safety')
    await page.locator('#l-name').fill('名無 権兵衛')
    await page.locator('#l-birth').fill('1911-01-01')
    await page.locator('#l-asker').fill('岩谷 のぞみ')
    await page.locator('#l-phone').fill('06-0000-0001')
    await page.locator('#l-purpose').fill('無事を知りたい')
    await page.locator('#look').getByRole('button', { name: '尋ねる' }).click()
    await page.getByText('ご無事でないという意味ではありません').waitFor()
    await page.getByRole('link', { name: '前の画面へ' }).click()
    await page.locator('#s-name').fill('試し 書子')
    await page.locator('#s-birth').fill('昭和60年1月1日')
    await page.locator('#safe').getByRole('button', { name: '届ける' }).click()
    await page.getByRole('heading', { name: /届きました/ }).waitFor()
    assert.match(await page.locator('body').innerText(), /Number: [a-z2-7]{8}/)
    await browser.shot('safety-without-script')
  })

  await test('without JavaScript who asks leaves an address, with the same proof and limits', async () => {
    const answered = page.locator('h1')
    const fill = async (to) => {
      await page.goto('/safety')
      for (const [field, value] of [['name', '名無 権兵衛'], ['birth', '1911-01-01'], ['asker', '岩谷 のぞみ'], ['phone', '06-0000-0001'], ['purpose', '無事を知りたい'], ['to', to]]) await page.locator(`#l-${field}`).fill(value)
      await page.locator('#tell').click()
      await page.waitForURL(/\/safety\/subscription\.make$/)
    }
    await fill('')
    await page.getByText('知らせの送り先（メールアドレスか携帯電話の番号）を確かめてください').waitFor()
    await browser.shot('safety-without-script-no-address')
    for (const to of ['nozomi@example.jp', '090-0000-0001']) {
      await fill(to)
      await page.getByRole('heading', { name: /申し込みを受け付けました/ }).waitFor()
      assert.match(await page.locator('body').innerText(), /番号: [a-z2-7]{26}\n/)
    }
    // What was typed stands in no address, for none of a proxy's lines may have it.
    assert.match(page.url(), /\/safety\/subscription\.make$/)
    await browser.shot('safety-without-script-subscribed')
    for (let i = 0; i < 5 && (await answered.innerText()).includes('受け付けました'); ++i) await fill('nozomi@example.jp')
    await page.getByText('続けての申し込みが多いため').waitFor()
  })

  await test('without JavaScript it speaks all languages: by a link, or as the browser prefers', async () => {
    const table = (tongue) => JSON.parse(readFileSync(new URL(`../public/words/${tongue}.json`, import.meta.url), 'utf8'))
    const ask = async () => {
      for (const [field, value] of [['name', '名無 権兵衛'], ['birth', '1911-01-01'], ['asker', '岩谷 のぞみ'], ['phone', '06-0000-0001'], ['purpose', '無事を知りたい']]) await page.locator(`#l-${field}`).fill(value)
      await page.locator('#look button').first().click()
    }
    for (const tongue of ['zh', 'ko', 'pt', 'vi', 'tl', 'ne', 'easy', 'en']) {
      const words = table(tongue)
      await page.goto('/safety')
      await page.locator(`.tongues a[href="/safety/${tongue}"]`).click()
      await page.locator('#safe h2').getByText(words['safety.safe']).waitFor()
      assert.ok((await page.locator('#tell').innerText()).includes(words['safety.tell']))
      assert.equal(await page.locator('#l-relation option').first().innerText(), `家族・配偶者 / ${words['relation.family']}`)
      if (!['vi', 'easy'].includes(tongue)) continue // asking too often has to wait
      await ask()
      await page.getByText(words['said.nothing']).waitFor()
      await page.getByText('ご無事でないという意味ではありません').waitFor()
      await browser.shot(`safety-without-script-${tongue}`)
      await page.getByRole('link', { name: words['safety.back'] }).click()
      await page.locator('#safe h2').getByText(words['safety.safe']).waitFor()
      assert.match(page.url(), new RegExp(`/safety/${tongue}$`))
      for (const [field, value] of [['name', '名無 権兵衛'], ['birth', '1911-01-01'], ['asker', '岩谷 のぞみ'], ['phone', '06-0000-0001'], ['purpose', '無事を知りたい'], ['to', `${tongue}@example.jp`]]) await page.locator(`#l-${field}`).fill(value)
      await page.locator('#tell').click()
      await page.getByText(words['safety.subscribed']).first().waitFor()
    }
    await browser.fresh({ javaScriptEnabled: false, locale: 'ko-KR' })
    page = browser.page
    await page.goto('/safety')
    await page.locator('#s-name').fill('試し 書子')
    await page.locator('#s-birth').fill('昭和60年1月1日')
    await page.locator('#safe button').click()
    await page.getByRole('heading', { name: table('ko')['safety.received'] }).waitFor()
  })

  await test('the plain pages that answer have no violation either', async () => {
    // axe is a script itself: here the page's own script is what does not come.
    await browser.fresh({ viewport: { width: 360, height: 740 } })
    page = browser.page
    await page.route('**/safety/safety.js', (route) => route.abort())
    const sent = async (operation) => {
      await page.waitForURL(`**/safety/${operation}`)
      await page.locator('main .said').waitFor()
      await browser.accessible()
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      assert.ok(wide <= seen, `${wide} px wide in ${seen}`)
    }
    const question = async (tongue, birth, to = '') => {
      await page.goto(`/safety/${tongue}`)
      for (const [field, value] of [['name', '名無 権兵衛'], ['birth', birth], ['asker', '岩谷 あかり'], ['phone', '06-0000-0002'], ['purpose', '無事を知りたい'], ['to', to]]) await page.locator(`#l-${field}`).fill(value)
    }
    const claim = async (tongue, birth) => {
      await page.goto(`/safety/${tongue}`)
      await browser.accessible()
      await page.locator('#s-name').fill('試し 読子')
      await page.locator('#s-birth').fill(birth)
      await page.locator('#safe').evaluate((form) => (form.noValidate = true)) // as an old browser
      await page.locator('#safe button').click()
      await sent('claim.make')
    }
    await claim('vi', '昭和60年1月2日')
    await page.getByRole('heading', { name: /届きました/ }).waitFor()
    await claim('ne', '')
    await page.getByRole('heading', { name: /うまくいきませんでした/ }).waitFor()
    await browser.shot('safety-plain-error')
    await question('easy', '1911-01-01')
    await page.locator('#look button').first().click()
    await sent('inquiry.ask_publicly')
    await browser.shot('safety-plain-answer')
    await question('zh', '1911-01-01', 'akari@example.jp')
    await page.locator('#tell').click()
    await sent('subscription.make')
  })

  await test('a clerk confirms the claim, and takes it back', async () => {
    await browser.fresh()
    page = browser.page
    await browser.signIn()
    await browser.open('inquiries/claims')
    const claim = () => page.getByRole('article', { name: resident[2] })
    await claim().getByRole('button', { name: '住民からさがす' }).click()
    await claim().getByRole('button', { name: /この人です/ }).first().waitFor()
    await browser.accessible()
    await browser.shot('claims')
    await claim().getByRole('button', { name: `この人です: ${resident[2]} ${birthOf(resident)}` }).click()
    await page.getByText('さんの届けを確認しました').waitFor()
    await claim().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '取り消す' }).click()
    await page.getByText('確認待ちに戻しました').waitFor()
    await claim().getByLabel('理由').fill('試し')
    await claim().getByRole('button', { name: '受け付けない' }).click()
    await page.getByText('届けを受け付けませんでした').waitFor()
    await claim().waitFor({ state: 'detached' })
    await page.getByLabel('状態').getByRole('button', { name: /^受け付けない/ }).click()
    await claim().getByRole('button', { name: '取り消す' }).waitFor()
    await browser.accessible()
  })
}
