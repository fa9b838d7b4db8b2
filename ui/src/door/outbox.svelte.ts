// Families that were received on this device: kept on its disk before the screen says so, sent when there is a network,
// and never removed before the node has given its receipts.
import { ApiError, call } from '../lib/api'
import type { Person } from '../lib/types'
import { mint } from './ids'
import { database, isOpen, seal, unseal } from './keep'

const format = 'sonae door outbox 1' // of the file that asFile writes

export type Way = 'typed' | 'picked' | 'card' | 'form' | 'copied' | 'named'
export type Audience = 'family' | 'acquaintances' | 'wall' | 'anyone' | 'municipalities'
export type Arrived = { entry: string; fact: string; person: Person; resident?: string; pick?: string }
export type Family = {
  shelter: string
  received: { way: Way; at: string; form_number: string; room: string; consent: { to: Audience; allowed: boolean }[]; said_by: string }
  persons: Arrived[]
}
export type OutboxItem = { id: string; made: number; sent: boolean; family: Family; refused?: string }

// `here`: on this device alone. `sent`: the node has them. Newest first.
export const outbox = $state<{ items: OutboxItem[]; sending: boolean; away: boolean; signedOut: boolean }>({
  items: [], sending: false, away: false, signedOut: false,
})
export const waiting = () => outbox.items.filter((item) => !item.sent)

export async function load() {
  const rows = await database.outbox.orderBy('made').reverse().toArray()
  outbox.items = await Promise.all(rows.map(async (row) => ({ id: row.id, made: row.made, sent: row.sent === 1, family: await unseal<Family>(row.sealed) })))
}

// Resolves when the family is on the disk.
export async function put(family: Family, made = Date.now()): Promise<void> {
  const item = { id: mint(), made, sent: false, family }
  await database.outbox.add({ id: item.id, made: item.made, sent: 0, sealed: await seal($state.snapshot(family)) })
  outbox.items.unshift(item)
  void send()
}

async function deliver(item: OutboxItem) {
  const { shelter, received, persons } = $state.snapshot(item.family)
  await call('reception.receive', { shelter, received, persons: persons.map(({ entry, fact, person }) => ({ entry, fact, person })) })
  const picked = persons.filter((one) => one.resident).map((one) => ({ entry: one.entry, fact: one.pick, resident: one.resident }))
  if (picked.length > 0) await call('matching.pick', { picked })
}

let again = false

// One at a time, the oldest first; stops where the node cannot be reached, passes over what it refuses.
export async function send() {
  if (!isOpen()) return
  if (outbox.sending) {
    again = true // what came meanwhile is not left for later
    return
  }
  outbox.sending = true
  again = false
  try {
    for (const item of waiting().reverse()) {
      try {
        await deliver(item)
        await database.outbox.update(item.id, { sent: 1 })
        item.sent = true
        item.refused = undefined
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
  const families = outbox.items.map((item) => ({ made: new Date(item.made).toISOString(), sent: item.sent, ...$state.snapshot(item.family) }))
  return new Blob([JSON.stringify({ format, families }, null, 1)], { type: 'application/json' })
}

// Takes over what another device wrote with asFile, to send it from here. How many families; those that are here
// already, or that the node has already, do no harm: their ids are the same. undefined where it is no such file.
export async function takeFile(file: Blob): Promise<number | undefined> {
  let families: (Family & { made: string })[]
  try {
    const content = JSON.parse(await file.text())
    if (content.format !== format || !Array.isArray(content.families)) return undefined
    families = content.families
  } catch {
    return undefined
  }
  const known = new Set(outbox.items.flatMap((item) => item.family.persons.map((one) => one.fact)))
  let taken = 0
  for (const { shelter, received, persons, made } of families) {
    if (!shelter || !received || !Array.isArray(persons) || persons.every((one) => known.has(one.fact))) continue
    await put({ shelter, received, persons }, Date.parse(made) || Date.now())
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
