// Sends the two forms of this page and shows what was answered. What was typed stays until it has arrived.
'use strict'
// The language beside the Japanese: a table of /words/, fetched when it is chosen. English stands in the page itself.
const english = {
  'safety.busy': 'Many people are using this page: nothing was sent. Please press again in {seconds} seconds.', 'safety.incomplete': 'Please fill in what is required.', 'safety.failed': 'It did not work.',
  'safety.away': 'No connection: nothing was sent. What you typed is still here.', 'safety.received': 'Received. The town checks it before it is used.', 'safety.number': 'Number',
  'safety.subscribed': 'Your request is kept. We will tell you when there is news that we may tell.',
}
const japanese = {
  'safety.busy': 'いま混み合っています。まだ届いていません。{seconds} 秒ほど待ってから、もう一度押してください。', 'safety.incomplete': '必須の欄に入れてください。', 'safety.failed': 'うまくいきませんでした。',
  'safety.away': 'つながりません。まだ届いていません。入力は残っています。', 'safety.received': '届きました。役場が確かめてから使います。', 'safety.number': '番号',
  'safety.subscribed': '申し込みを受け付けました。お伝えできる知らせがあれば送ります。',
}
let other = english
const words = (key) => `${japanese[key]} / ${other[key] ?? english[key]}`
const pieces = [...document.querySelectorAll('[data-w]')]
const written = pieces.map((one) => one.textContent)

const ofPage = document.documentElement.dataset.tongue // a page of one language (/safety/vi) stays in it

const fetchTable = async (tongue) => (await fetch(`/words/${tongue}.json`)).json()
const tagOf = (tongue) => (tongue === 'easy' ? 'ja' : tongue === 'zh' ? 'zh-Hans' : tongue)

async function speak(tongue) {
  let table
  try {
    if (tongue !== 'en' || ofPage) table = await fetchTable(tongue)
  } catch {
    document.getElementById('tongue').value = 'en' // no network: the page goes on as it is
  }
  other = table ?? english
  const tag = table ? tagOf(tongue) : 'en'
  pieces.forEach((one, i) => {
    const text = table?.[one.dataset.w]
    const option = one instanceof HTMLOptionElement
    one.textContent = !text ? written[i] : option ? `${written[i].split(' / ')[0]} / ${text}` : text
    if (!option) one.lang = tag
  })
}
const tongue = document.getElementById('tongue')
const mine = { zh: 'zh', ko: 'ko', pt: 'pt', vi: 'vi', tl: 'tl', fil: 'tl', ne: 'ne' }[navigator.language.split('-')[0]]
document.querySelector('.tongue').hidden = false // without this script there are links instead
if (ofPage ?? mine) void speak((tongue.value = ofPage ?? mine))
tongue.addEventListener('change', () => void speak(tongue.value))

function show(form, ...lines) {
  const said = form.querySelector('.said')
  said.replaceChildren(...lines.map(([text, kind, tag]) => {
    const line = document.createElement('p')
    line.textContent = text
    if (tag) line.lang = tag
    if (kind) line.className = kind
    return line
  }))
  said.scrollIntoView({ block: 'nearest' })
}

function complete(form) {
  let first
  for (const field of form.querySelectorAll('[required]')) {
    const missing = !field.value.trim()
    field.setAttribute('aria-invalid', String(missing))
    if (missing) first ??= field
  }
  if (!first) return true
  show(form, [words('safety.incomplete'), 'bad'])
  first.focus()
  return false
}

// Everybody was told to wait about as long: whoever adds a little of their own does not come back in one wave.
function pause(button, seconds) {
  button.disabled = true
  setTimeout(() => (button.disabled = false), (seconds + Math.random() * seconds) * 1000)
}

async function send(form, operation, input, done, button = form.querySelector('button')) {
  button.disabled = true
  try {
    const answer = await fetch(`/api/${operation}`, {
      method: 'POST', cache: 'no-store', credentials: 'omit',
      headers: { 'Content-Type': 'application/json', 'X-Sonae': '1' }, body: JSON.stringify(input),
    })
    if (answer.ok) {
      done(await answer.json())
    } else if (answer.status === 503) {
      const seconds = Number(answer.headers.get('Retry-After')) || 20
      show(form, [words('safety.busy').replaceAll('{seconds}', seconds), 'bad'])
      return pause(button, seconds)
    } else {
      const problem = await answer.json().catch(() => ({}))
      const wait = answer.status === 429 && other['safety.wait']
      show(form, [problem.message || words('safety.failed'), 'bad'], ...(wait ? [[wait, 'easy', tagOf(tongue.value)]] : []))
    }
  } catch {
    show(form, [words('safety.away'), 'bad'])
  }
  button.disabled = false
}

const valuesOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== 'consent' && name !== 'tongue' && name !== 'to').map(([name, value]) => [name, value.trim()]))

// Without this script the browser sends the forms itself, and checks them itself.
for (const form of document.forms) form.noValidate = true

const safe = document.getElementById('safe')
safe.addEventListener('submit', (event) => {
  event.preventDefault()
  if (!complete(safe)) return
  const input = { ...valuesOf(safe), consent: new FormData(safe).getAll('consent') }
  void send(safe, 'claim.make', input, ({ claim }) => {
    safe.reset()
    show(safe, [words('safety.received')], [`${words('safety.number')}: ${claim.slice(0, 8)}`, 'easy'])
  })
})

const look = document.getElementById('look')
look.addEventListener('submit', (event) => {
  event.preventDefault()
  if (complete(look)) void send(look, 'inquiry.ask_publicly', valuesOf(look), answered)
})

// The server says it in the browser's language and in easy Japanese; the chosen language's table has its sentences too.
async function answered({ words, easy, said }) {
  const lines = [[words], [easy, 'easy', 'ja']]
  show(look, ...lines)
  const chosen = tongue.value
  if (chosen === 'easy') return
  const table = other === english ? await fetchTable('en').catch(() => undefined) : other
  const text = table && said.map(({ key, value }) => table[key]?.replaceAll('{value}', value)).filter(Boolean).join(' ')
  if (text && text !== words) show(look, ...lines, [text, undefined, tagOf(chosen)])
}

const tell = document.getElementById('tell')
tell.addEventListener('click', (event) => {
  event.preventDefault() // without this script the browser sends the form there itself
  if (!complete(look)) return
  const field = document.getElementById('l-to')
  const to = field.value.trim()
  field.setAttribute('aria-invalid', String(!to))
  if (!to) return field.focus()
  const input = { ...valuesOf(look), language: tongue.value, to: { channel: to.includes('@') ? 'mail' : 'sms', to } }
  void send(look, 'subscription.make', input, ({ subscription }) => {
    field.value = ''
    show(look, [words('safety.subscribed')], [`${words('safety.number')}: ${subscription}`, 'easy'])
  }, tell)
})
