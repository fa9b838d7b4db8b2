// What was done on this device: families received, forms photographed, names learnt of people who were only counted.
// Kept on its disk before the screen says so, sent when there is a network, and never removed before the node has given
// its receipts.
import { ApiError, call, upload } from '../lib/api'
import type { Person } from '../lib/types'
import { mint } from './ids'
import { database, isOpen, seal, unseal } from './keep'
import { fromBase64 } from './photo'

const format = 'sonae door outbox 1' // of the file that asFile writes

export type Way = 'typed' | 'picked' | 'card' | 'form' | 'copied' | 'named'
export type Audience = 'family' | 'acquaintances' | 'wall' | 'anyone' | 'municipalities'
export type Arrived = { entry: string; fact: string; person: Person; resident?: string; pick?: string }
export type Family = {
  shelter: string
  received: { way: Way; at: string; form_number: string; room: string; consent: { to: Audience; allowed: boolean }[]; said_by: string }
  persons: Arrived[]
}
export type Photo = { form: string; fact: string; shelter: string; number: string; taken: string; people?: number; jpeg: string } // base64; empty once the node has it
// `asked`: somebody else had given another name; both stand, and a person at the desk asks.
export type Naming = { shelter: string; asked?: boolean; corrections: { entry: string; fact: string; seen: string[]; person: Person }[] }
// One of the three.
export type Contents = { family?: Family; photo?: Photo; naming?: Naming }
export type OutboxItem = Contents & { id: string; made: number; sent: boolean; refused?: string }

// `here`: on this device alone. `sent`: the node has them. Newest first.
export const outbox = $state<{ items: OutboxItem[]; sending: boolean; away: boolean; signedOut: boolean }>({
  items: [], sending: false, away: false, signedOut: false,
})
export const waiting = () => outbox.items.filter((item) => !item.sent)
const contentsOf = ({ family, photo, naming }: Contents): Contents => (family ? { family } : photo ? { photo } : { naming })

export async function load() {
  const rows = await database.outbox.orderBy('made').reverse().toArray()
  outbox.items = await Promise.all(
    rows.map(async (row) => {
      const kept = await unseal<Contents | Family>(row.sealed)
      // Devices prepared before there were photographs keep families as they are.
      return { id: row.id, made: row.made, sent: row.sent === 1, ...('persons' in kept ? { family: kept } : kept) }
    }),
  )
}

// Resolves when it is on the disk.
export async function put(contents: Contents, made = Date.now()): Promise<void> {
  const item = { id: mint(), made, sent: false, ...contents }
  await database.outbox.add({ id: item.id, made: item.made, sent: 0, sealed: await seal(contentsOf(contents)) })
  outbox.items.unshift(item)
  void send()
}

async function deliverFamily({ shelter, received, persons }: Family) {
  await call('reception.receive', { shelter, received, persons: persons.map(({ entry, fact, person }) => ({ entry, fact, person })) })
  const picked = persons.filter((one) => one.resident).map((one) => ({ entry: one.entry, fact: one.pick, resident: one.resident }))
  if (picked.length > 0) await call('matching.pick', { picked })
}
async function deliverPhoto({ jpeg, ...input }: Photo) {
  await upload('paper.photograph', new File([fromBase64(jpeg)], 'form.jpg', { type: 'image/jpeg' }), input, () => {})
}
// Whether others had given other names.
async function deliverNaming({ shelter, corrections }: Naming): Promise<boolean> {
  let asked = false
  for (const one of corrections) {
    const { question } = await call<{ question: boolean }>('reception.correct', { ...one, shelter, because: 'door: named' })
    asked ||= question
  }
  return asked
}

async function deliver(item: OutboxItem) {
  const { family, photo, naming } = $state.snapshot(item)
  if (family) await deliverFamily(family)
  if (photo) await deliverPhoto(photo)
  if (naming && (await deliverNaming(naming))) item.naming!.asked = true
}

async function mark(item: OutboxItem) {
  if (item.photo) item.photo.jpeg = '' // the node has it: a stolen device need not
  if (item.photo || item.naming?.asked) {
    await database.outbox.update(item.id, { sent: 1, sealed: await seal(contentsOf($state.snapshot(item))) })
  } else await database.outbox.update(item.id, { sent: 1 })
  item.sent = true
  item.refused = undefined
}

let again = false

// One at a time, the oldest first, pictures after everything else; stops where the node cannot be reached, passes over
// what it refuses.
export async function send() {
  if (!isOpen()) return
  if (outbox.sending) {
    again = true // what came meanwhile is not left for later
    return
  }
  outbox.sending = true
  again = false
  try {
    const oldest = waiting().reverse()
    for (const item of [...oldest.filter((one) => !one.photo), ...oldest.filter((one) => one.photo)]) {
      try {
        await deliver(item)
        await mark(item)
        outbox.away = outbox.signedOut = false
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure
        outbox.away = failure.status === 0 || failure.status >= 500
        outbox.signedOut = failure.status === 401
        if (outbox.away || outbox.signedOut) return
        item.refused = failure.problem.message
      }
    }
  } finally {
    outbox.sending = false
  }
  if (again) void send()
}

// All that this device received, as a file for a stick when nothing else works. It is not sealed.
export function asFile(): Blob {
  const all = outbox.items.map((item) => ({ made: new Date(item.made).toISOString(), sent: item.sent, ...contentsOf($state.snapshot(item)) }))
  return new Blob([JSON.stringify({ format, items: all }, null, 1)], { type: 'application/json' })
}

const factsOf = ({ family, photo, naming }: Contents) =>
  family ? family.persons.map((one) => one.fact) : photo ? [photo.fact] : (naming?.corrections.map((one) => one.fact) ?? [])

// Takes over what another device wrote with asFile, to send it from here. How many; those that are here already, or that
// the node has already, do no harm: their ids are the same. undefined where it is no such file.
export async function takeFile(file: Blob): Promise<number | undefined> {
  let items: (Contents & { made: string; sent: boolean })[]
  try {
    const content = JSON.parse(await file.text())
    if (content.format !== format || !Array.isArray(content.items)) return undefined
    items = content.items
  } catch {
    return undefined
  }
  const known = new Set(outbox.items.flatMap(factsOf))
  let taken = 0
  for (const item of items) {
    const facts = factsOf(item)
    if (facts.length === 0 || facts.every((fact) => known.has(fact)) || item.photo?.jpeg === '') continue
    await put(contentsOf(item), Date.parse(item.made) || Date.now())
    taken += 1
  }
  return taken
}

// Removes what the node has, once the list has grown long.
export async function tidy(most = 200) {
  const sent = outbox.items.filter((item) => item.sent).slice(most)
  await database.outbox.bulkDelete(sent.map((item) => item.id))
  const gone = new Set(sent.map((item) => item.id))
  outbox.items = outbox.items.filter((item) => !gone.has(item.id))
}
