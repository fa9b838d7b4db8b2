// Sends the two forms of this page and shows what was answered. What was typed stays until it has arrived.
'use strict'
const busyWords = (seconds) =>
  `いま混み合っています。まだ届いていません。${seconds} 秒ほど待ってから、もう一度押してください。 / Very busy: nothing was sent. Press again in ${seconds} seconds.`

function show(form, ...lines) {
  const said = form.querySelector('.said')
  said.replaceChildren(...lines.map(([text, kind]) => {
    const line = document.createElement('p')
    line.textContent = text
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
  show(form, ['必須の欄に入れてください。 / Fill in what is needed.', 'bad'])
  first.focus()
  return false
}

// Everybody was told to wait about as long: whoever adds a little of their own does not come back in one wave.
function pause(button, seconds) {
  button.disabled = true
  setTimeout(() => (button.disabled = false), (seconds + Math.random() * seconds) * 1000)
}

async function send(form, operation, input, done) {
  const button = form.querySelector('button')
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
      show(form, [busyWords(seconds), 'bad'])
      return pause(button, seconds)
    } else {
      const problem = await answer.json().catch(() => ({}))
      show(form, [problem.message || 'うまくいきませんでした。 / It did not work.', 'bad'])
    }
  } catch {
    show(form, ['つながりません。まだ届いていません。入力は残っています。 / No connection: nothing was sent. What you typed is still here.', 'bad'])
  }
  button.disabled = false
}

const valuesOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== 'consent').map(([name, value]) => [name, value.trim()]))

// Without this script the browser sends the forms itself, and checks them itself.
for (const form of document.forms) form.noValidate = true

const safe = document.getElementById('safe')
safe.addEventListener('submit', (event) => {
  event.preventDefault()
  if (!complete(safe)) return
  const input = { ...valuesOf(safe), consent: new FormData(safe).getAll('consent') }
  void send(safe, 'claim.make', input, ({ claim }) => {
    safe.reset()
    show(safe, ['届きました。役場が確かめてから使います。 / Received. The town checks it before it is used.'], [`番号 / Number: ${claim.slice(0, 8)}`, 'easy'])
  })
})

const look = document.getElementById('look')
look.addEventListener('submit', (event) => {
  event.preventDefault()
  if (complete(look)) void send(look, 'inquiry.ask_publicly', valuesOf(look), ({ words, easy }) => show(look, [words], [easy, 'easy']))
})
