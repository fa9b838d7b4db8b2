// Backups by themselves: a plan in the town's directory, a backup that is asked for, a proof that lies at the target and
// is read as one page, a target that vanishes and comes back.
import { strict as assert } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export default async function ({ browser, test }) {
  await browser.fresh()
  const { page } = browser
  const town = dirname(browser.files)
  const disk = join(browser.home, 'disk')
  const proving = join(browser.home, 'proving')
  const env = { ...process.env, SONAE_KEYS: join(proving, 'keys'), LC_ALL: 'C.UTF-8' }
  const plan = (provers = '[]') =>
    writeFileSync(join(town, 'backup.toml'), `[[target]]\nname = "庁舎のディスク"\nto = "${disk}"\nevery = "1h"\nkeep = 30\nproven_within = "30h"\nprovers = ${provers}\n`)
  await browser.signIn()

  await test('without a plan the page says what to do', async () => {
    await browser.open('backup')
    await browser.heading('バックアップ').waitFor()
    await page.getByText('予定がありません', { exact: false }).waitFor()
    await browser.accessible()
  })

  await test('with a plan a backup is made by itself, and at once where it is asked for', async () => {
    mkdirSync(disk)
    mkdirSync(proving, { mode: 0o700 })
    // Two keys, as an officer's share and the proving place would have them; here their owners are the test.
    const secret = execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
    writeFileSync(join(proving, 'proving.key'), secret.split('\n').find((line) => line.startsWith('AGE-SECRET')) + '\n', { mode: 0o600 })
    const recipient = /age1[a-z0-9]+/.exec(secret)[0]
    for (const holder of ['officers', 'proving_place']) {
      const { status } = await browser.call('recovery.add_key', { recipient, holder })
      assert.equal(status, 200)
    }
    plan()
    await page.getByText('取れています', { exact: true }).waitFor()
    const made = readdirSync(join(disk, 'manifests')).length
    assert.equal(made, 1)
    await page.getByRole('button', { name: '今すぐ: 庁舎のディスク' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('庁舎のディスク を始めます').waitFor()
    while (readdirSync(join(disk, 'manifests')).length < 2) await page.waitForTimeout(50)
    await browser.accessible()
    await browser.shot('backup')
  })

  await test('a proof that lies at the target is read as one page', async () => {
    execFileSync(browser.program, ['backup', 'prove', disk, '--identity-file', join(proving, 'proving.key'), '--publish'], { env })
    const prover = /-([a-z2-7]{26})\.json/.exec(readdirSync(join(disk, 'proofs'))[0])[1]
    plan(`["${prover}"]`)
    await page.getByRole('button', { name: '今すぐ: 庁舎のディスク' }).click() // proofs are looked for with it
    await browser.open('')
    await browser.open('backup')
    await page.getByRole('link', { name: /^報告を読む/ }).click()
    await page.getByText('この控えから町を戻せます。').waitFor()
    await page.getByRole('rowheader', { name: 'Sonae を使わずに読む（age・tar・zstd・jq）' }).waitFor()
    assert.equal(await page.getByText('この署名者は予定（provers）にありません。').count(), 0)
    assert.ok(await page.getByRole('button', { name: '印刷' }).isVisible())
    await browser.accessible()
    await browser.shot('proof')
  })

  await test('a target that vanished is an alarm with what to do, until it is back', async () => {
    await browser.open('backup')
    renameSync(disk, `${disk}.away`)
    await page.getByRole('button', { name: '今すぐ: 庁舎のディスク' }).click()
    await page.getByText('庁舎のディスク: 最後の実行に失敗しました。', { exact: false }).waitFor()
    await page.getByText('ディスクや回線がつながっているか確かめてください。', { exact: false }).first().waitFor()
    await browser.accessible()
    renameSync(`${disk}.away`, disk)
    await page.getByRole('button', { name: '今すぐ: 庁舎のディスク' }).click()
    await page.getByText('取れています', { exact: true }).waitFor()
  })

  await test('the plan is changed on the page, and the file keeps what is not changed', async () => {
    const file = () => readFileSync(join(town, 'backup.toml'), 'utf8')
    writeFileSync(join(town, 'backup.toml'), `# of the hall\n${file()}`)
    await browser.open('')
    await browser.open('backup')
    await page.getByRole('button', { name: '控えの場所を加える' }).click()
    await page.getByLabel('名前').fill('二つ目のディスク')
    await page.getByLabel('場所', { exact: true }).fill(`${disk}2`)
    await page.getByLabel('間隔').fill('1 hour')
    await browser.accessible()
    await page.getByRole('button', { name: '予定に書く' }).click()
    await page.getByRole('alert').getByText('target 2.every', { exact: false }).waitFor()
    assert.ok(!file().includes('二つ目'))
    await page.getByLabel('間隔').fill('1d')
    await page.getByLabel('閲覧の記録も置く').uncheck()
    await page.getByRole('button', { name: '予定に書く' }).click()
    await page.getByText('予定に書きました: 二つ目のディスク').waitFor()
    await page.getByRole('rowheader', { name: '二つ目のディスク' }).getByText('閲覧の記録を除く').waitFor()
    assert.ok(file().startsWith('# of the hall\n[[target]]\nname = "庁舎のディスク"'))
    assert.ok(file().includes('without = ["looks"]'))

    await page.getByRole('button', { name: '変える: 二つ目のディスク' }).click()
    await page.getByLabel('間隔').fill('')
    await page.getByLabel('時刻').fill('02:30')
    await browser.shot('backup_plan')
    await page.getByRole('button', { name: '予定に書く' }).click()
    await page.getByText('02:30', { exact: false }).first().waitFor()
    assert.ok(file().includes('at = "02:30"'))

    await page.getByRole('button', { name: '除く: 二つ目のディスク' }).click()
    await page.getByText('そこにある控えは消えません。', { exact: false }).waitFor()
    await page.getByRole('button', { name: '除く', exact: true }).click()
    await page.getByText('予定から除きました: 二つ目のディスク').waitFor()
    assert.ok(!file().includes('二つ目'))
    await browser.accessible()
  })

  await test('who changed the plan, and what, is listed; so is what did not come about', async () => {
    // As where the power goes before the new file takes its place; the next who changes something finds it.
    const before = readFileSync(join(town, 'backup.toml'))
    const { body: plan } = await browser.call('backup.plan')
    assert.equal((await browser.call('backup.change_target', { seen: plan.seen, before: disk })).status, 200)
    writeFileSync(join(town, 'backup.toml'), before)
    assert.equal((await browser.call('backup.change_target', { seen: '', before: disk })).status, 409)
    await browser.open('')
    await browser.open('backup')
    await page.locator('summary', { hasText: '予定の変更の記録' }).press('Enter')
    const rows = page.getByRole('region', { name: '予定の変更の記録' }).locator('tbody tr')
    await rows.nth(3).waitFor()
    assert.equal(await rows.count(), 4)
    await rows.nth(0).getByText('書けなかったため、変わっていません', { exact: false }).waitFor()
    await rows.nth(1).getByText('除いた', { exact: true }).waitFor()
    await rows.nth(2).getByText('every: "1d" → （なし）').waitFor()
    await rows.nth(2).getByText('at: （なし） → "02:30"').waitFor()
    await rows.nth(3).getByText('加えた', { exact: true }).waitFor()
    for (const row of await rows.all()) await row.getByText(browser.administrator).waitFor()
    await browser.accessible()
    await browser.shot('backup_history')
    rmSync(join(town, 'backup.toml'))
  })
}
