// What became meanwhile of those whom this device had received without a name: the desk named them, or withdrew them.
// Asked whenever there is a network, and kept under the device's key, so that nobody is asked for a name twice.
import { ApiError, call } from '../lib/api'
import { isOpen, keep, kept } from './keep'
import { outbox } from './outbox.svelte'

export type Learnt = Record<string, { name: string; withdrawn: boolean }>
export const learnt = $state<{ of: Learnt }>({ of: {} })

const most = 500 // the node answers so many at once
const pause = 60_000

export async function loadLearnt() {
  learnt.of = (await kept<Learnt>('learnt')) ?? {}
}

// Those of whom the node knows and this device has no name.
function unnamed() {
  const named = new Set(outbox.items.flatMap(({ naming }) => naming?.corrections.map((one) => one.entry) ?? []))
  const received = outbox.items.flatMap(({ family, sent }) => (sent && family ? family.persons : []))
  return received.filter(({ entry, person }) => !person.name && !person.kana && !named.has(entry) && !learnt.of[entry])
}

let asked = 0
// `now`: somebody waits for it; else once a minute is enough.
export async function learn(now = false) {
  const asking = unnamed().slice(0, most)
  if (!isOpen() || asking.length === 0 || (!now && Date.now() - asked < pause)) return
  asked = Date.now()
  try {
    const { named } = await call<{ named: { entry: string; name: string; withdrawn: boolean }[] }>('reception.named', { entries: asking.map(({ entry, fact }) => ({ entry, fact })) })
    if (named.length === 0 || !isOpen()) return
    const here = new Set(outbox.items.flatMap(({ family }) => family?.persons.map((one) => one.entry) ?? []))
    const before = Object.entries($state.snapshot(learnt.of)).filter(([entry]) => here.has(entry))
    learnt.of = Object.fromEntries([...before, ...named.map(({ entry, name, withdrawn }) => [entry, { name, withdrawn }])])
    await keep('learnt', $state.snapshot(learnt.of))
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure // no network, or nobody signed in: the next time
  }
}
