// From what was ticked and typed to what is kept in the outbox.
import type { Person } from '../lib/types'
import { mint } from './ids'
import type { Learnt } from './learnt.svelte'
import { areaOf } from './places'
import type { Arrived, Audience, Family, Naming, Way } from './outbox.svelte'
import type { Member } from './search'

export type Presence = 'here' | 'elsewhere' | 'missing' | 'unasked'
export type Ticked = { member: Member; presence: Presence; needs: string[]; condition: string }
// `prefilled`: what stood there before anybody typed (the family name); alone it names nobody.
export type Typed = { prefilled?: { name: string; kana: string }; name: string; kana: string; age: string; sex: Person['sex']; address: string; phone: string; needs: string[]; condition: string; note: string }

export const nobody = (): Typed => ({ name: '', kana: '', age: '', sex: 'unknown', address: '', phone: '', needs: [], condition: 'well', note: '' })

const unknownBirth = '0000-00-00'
const person = (some: Partial<Person>): Person => ({
  name: '', kana: '', sex: 'unknown', birth: unknownBirth, address: '', phone: '', note: '', relation: '', needs: [],
  condition: 'not_stated', stay: 'shelter', visitor: false, family: '', ...some,
})
const arrived = (some: Partial<Person>, resident?: string): Arrived => ({
  entry: mint(), fact: mint(), person: person(some), ...(resident ? { resident, pick: mint() } : {}),
})

export function ageOf(birth: string, on = new Date()): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birth)?.slice(1).map(Number)
  if (!parts || parts[0] === 0) return undefined
  const [year, month, date] = parts as [number, number, number]
  const before = month > on.getMonth() + 1 || (month === on.getMonth() + 1 && date > on.getDate())
  return on.getFullYear() - year - (before ? 1 : 0)
}

const of = (shelter: string, way: Way, room: string, consent: Audience[], form_number: string, persons: Arrived[]): Family => ({
  shelter,
  received: { way, at: new Date().toISOString(), form_number, room, consent: consent.map((to) => ({ to, allowed: true })), said_by: '' },
  persons,
})

// A household found on the device. Who is elsewhere or missing is written down too: somebody has asked.
export function pickedFamily(shelter: string, room: string, consent: Audience[], ticked: Ticked[], way: Way = 'picked'): Family {
  const family = mint()
  const persons = ticked
    .filter((one) => one.presence !== 'unasked')
    .map(({ member, presence, needs, condition }) =>
      arrived(
        {
          name: member.name, kana: member.kana, sex: member.sex, birth: member.birth || unknownBirth, address: member.address, relation: member.relation, family, needs: [...needs].sort(),
          condition: presence === 'missing' ? 'missing' : presence === 'here' ? condition : 'not_stated',
          stay: presence === 'elsewhere' ? 'elsewhere' : 'shelter',
        },
        member.id,
      ),
    )
  return of(shelter, way, room, consent, '', persons)
}

// What receiving begins with. `copied`: whose entry was beside it; `unnamed`: those without a name.
export type Start = { copied?: string; shelter?: string; room?: string; at?: string; address?: string; area?: string; form?: string; unnamed?: Unnamed }
// `family` and `head`: where somebody of them has a name, they are one family.
export type Unnamed = { note: string; shelter: string; left: Arrived[]; family?: string; head?: string }

const today = () => new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10) // in Japan
const typedPerson = (one: Typed, family: string): Partial<Person> => {
  return {
    name: one.name.trim() || one.kana.trim(), kana: one.kana.trim(), sex: one.sex, address: one.address.trim(), phone: one.phone.trim(), note: one.note.trim(), needs: [...one.needs].sort(), condition: one.condition, family,
    ...(one.age ? { age: Number(one.age), as_of: today() } : {}),
  }
}
export const isNamed = (one: Typed) => one.name.trim() !== (one.prefilled?.name ?? '') || one.kana.trim() !== (one.prefilled?.kana ?? '')
const named = (typed: Typed[]) => typed.filter(isNamed)

// Who came with a neighbour came when and where the neighbour did.
function beside(start: Start, made: Family): Family {
  const { received } = made
  if (!start.copied) return made
  return { ...made, shelter: start.shelter ?? made.shelter, received: { ...received, way: received.way === 'form' ? 'form' : 'copied', room: start.room ?? received.room, at: start.at ?? received.at } }
}

export function typedFamily(shelter: string, room: string, consent: Audience[], formNumber: string, typed: Typed[], start: Start = {}): Family {
  const family = start.unnamed?.family ?? mint()
  const persons = named(typed).map((one) => arrived(typedPerson(one, family)))
  return beside(start, of(start.shelter ?? shelter, formNumber ? 'form' : 'typed', room, consent, formNumber, persons))
}

// Beside a neighbour: the same shelter, room and time, and the area; the number of the house is another.
export function besides(family: Family): Start {
  const address = family.persons.find((one) => one.person.address)?.person.address ?? ''
  const names = family.persons.map((one) => one.person.name || one.person.kana).filter(Boolean)
  return { copied: names[0] ?? family.persons[0]?.person.note ?? '', shelter: family.shelter, room: family.received.room, at: family.received.at, address, area: areaOf(address) }
}

// Of a family that was counted: those whom no naming on this device has named yet, and nobody elsewhere as far as it knows.
export function unnamedOf(family: Family, namings: Naming[], learnt: Learnt): Unnamed | undefined {
  const done = new Set([...Object.keys(learnt), ...namings.flatMap((naming) => naming.corrections.map((one) => one.entry))])
  const left = family.persons.filter((one) => !one.person.name && !one.person.kana && !done.has(one.entry))
  if (left.length === 0) return undefined
  const head = family.persons.find((one) => one.person.name)?.person
  return { note: head?.name ?? left[0]!.person.note, shelter: family.shelter, left, ...(head ? { family: head.family, head: familyName(head.name) } : {}) }
}
// たびの of たびの いちろう; empty where no space tells them apart.
export const familyName = (name: string) => /^(\S+)\s/.exec(name.trim().replaceAll('　', ' '))?.[1] ?? ''
// Names for some of them. Who is typed beyond the count comes as a family of their own.
export function naming(unnamed: Unnamed, typed: Typed[]): { naming: Naming; more: Typed[] } {
  const family = unnamed.family ?? mint()
  const all = named(typed)
  const corrections = all.slice(0, unnamed.left.length).map((one, i) => {
    const before = unnamed.left[i]!
    const after = person(typedPerson(one, family))
    // What was said of them before they had a name stays, except where more is known now.
    const { note, needs, age, as_of, address } = before.person
    const kept = { note: after.note || note, address: after.address || address, needs: after.needs.length > 0 ? after.needs : needs, ...(after.age === undefined && age !== undefined ? { age, as_of } : {}) }
    return { entry: before.entry, fact: mint(), seen: [before.fact], person: { ...after, ...kept } }
  })
  return { naming: { shelter: unnamed.shelter, corrections }, more: all.slice(unnamed.left.length) }
}

export const companions = ['adult', 'elderly', 'child', 'infant'] as const
export type Companion = (typeof companions)[number]
export type Counts = Record<Companion, number>

// One who stands for all, and those who came along without a name yet. `said`: how the page calls each kind; an infant is
// under one year (児童福祉法 4条) and needs what infants need.
export function ledFamily(shelter: string, room: string, consent: Audience[], lead: Typed, counts: Counts, said: (kind: Companion) => string, start: Start = {}): Family {
  const family = mint()
  const kana = lead.kana || (/^[\p{Script=Hiragana}\p{Script=Katakana}ー\s]+$/u.test(lead.name) ? lead.name : '')
  const led = companions.flatMap((kind) =>
    Array.from({ length: counts[kind] }, () =>
      arrived({ note: said(kind), address: lead.address.trim(), family, ...(kind === 'infant' ? { age: 0, as_of: today(), needs: ['infant'] } : {}) }),
    ),
  )
  return beside(start, of(shelter, 'typed', room, consent, '', [arrived(typedPerson({ ...lead, kana }, family)), ...led]))
}

// "About 40 people from 大水崎": entries without names, to be named later one by one.
export function counted(shelter: string, room: string, people: number, note: string): Family {
  const family = mint()
  return of(shelter, 'typed', room, [], '', Array.from({ length: people }, () => arrived({ note, family })))
}
