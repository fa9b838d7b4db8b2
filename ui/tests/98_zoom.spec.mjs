// Every page at 200 % zoom: nothing is cut off sideways, and axe finds nothing. Last, when the specs before it have
// filled the pages; alone it sees those of the demonstration town.
import { strict as assert } from 'node:assert'

const places = ['', 'import/registry', 'import/lists', 'papers/typing', 'papers/forms', 'papers/cards', 'roster', 'roster/entries', 'shelters', 'headquarters', 'headquarters/timeline', 'review', 'unconfirmed',
  'calls', 'inquiries', 'inquiries/claims', 'inquiries/told', 'inquiries/ask', 'exchange/records', 'exchange/towns', 'exchange/partners', 'nodes', 'erasures', 'looks', 'accounts']

export default async function ({ browser, test }) {
  await test('at 200 % zoom nothing is cut off sideways', async () => {
    await browser.fresh({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })
    await browser.signIn()
    const { page } = browser
    for (const place of places) {
      await browser.open(place)
      await browser.settled()
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      const widest = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.table-frame *')).slice(0, 3).map((one) => one.outerHTML.slice(0, 120)))
      assert.ok(wide <= seen, `${place || 'overview'} is ${wide} px wide in a window of ${seen}: ${widest.join(' ')}`)
      await browser.accessible()
    }
    await browser.shot('zoomed')
  })
}
