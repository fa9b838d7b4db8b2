import { strict as assert } from 'node:assert'

// The part of JSON Schema that the document uses.
function misfit(value, schema, document, at = '') {
  if (schema.$ref) return misfit(value, schema.$ref.slice(2).split('/').reduce((node, key) => node[key], document), document, at)
  const is = { object: typeof value === 'object' && value !== null && !Array.isArray(value), array: Array.isArray(value),
    string: typeof value === 'string', boolean: typeof value === 'boolean', integer: Number.isInteger(value), number: typeof value === 'number' }
  if (schema.type && !is[schema.type]) return `${at} is not of type ${schema.type}`
  if (schema.enum && !schema.enum.includes(value)) return `${at} is none of the enum`
  if (is.array && schema.items) for (const [index, item] of value.entries()) {
    const wrong = misfit(item, schema.items, document, `${at}[${index}]`)
    if (wrong) return wrong
  }
  if (!is.object) return ''
  for (const name of schema.required ?? []) if (!(name in value)) return `${at} lacks ${name}`
  for (const [name, member] of Object.entries(value)) {
    const rule = schema.properties?.[name] ?? schema.additionalProperties
    if (!rule && schema.properties) return `${at} has ${name}, which is not described`
    const wrong = rule ? misfit(member, rule, document, `${at}.${name}`) : ''
    if (wrong) return wrong
  }
  return ''
}

export default async function ({ browser, test }) {
  const { page } = browser
  const answers = []
  page.on('response', (response) => {
    const name = new URL(response.url()).pathname
    if (name.startsWith('/api/') && (response.headers()['content-type'] ?? '').startsWith('application/json')) answers.push({ name, response })
  })

  await test('every answer that the pages get fits the OpenAPI document', async () => {
    await browser.signIn()
    for (const place of ['', 'import/registry', 'import/lists', 'roster/entries', 'review', 'review/decided', 'review/registry', 'unconfirmed', 'looks', 'accounts']) {
      await browser.open(place)
      await browser.settled()
    }
    const document = await page.evaluate(async () => (await fetch('/api/openapi.json')).json())
    const checked = new Set()
    for (const { name, response } of answers) {
      if (name === '/api/openapi.json') continue
      const path = document.paths[name.replace(/^(\/api\/jobs\/)[a-z0-9]+/, '$1{job}')]
      assert.ok(path, `${name} is in the document`)
      const described = path[response.request().method().toLowerCase()].responses
      const schema = (described[response.status()] ?? described.default).content['application/json'].schema
      const body = await response.json().catch(() => undefined) // the page that asked has moved on
      if (body === undefined) continue
      assert.equal(misfit(body, schema, document), '', `${name} ${response.status()}`)
      assert.ok(response.status() < 400, `${name} answered ${response.status()}: ${JSON.stringify(body)}`)
      checked.add(name)
    }
    console.log(`        ${checked.size} operations checked`)
    assert.ok(checked.size >= 15)
  })
}
