// From what was ticked and typed to what is kept in the outbox.
import type { Person } from '../lib/types'
import { mint } from './ids'
import type { Arrived, Audience, Family, Naming, Way } from './outbox.svelte'
import type { Member } from './search'

export type Presence = 'here' | 'elsewhere' | 'missing' | 'unasked'
export type Ticked = { member: Member; presence: Presence; needs: string[]; condition: string }
export type Typed = { name: string; kana: string; age: string; sex: Person['sex']; address: string; phone: string; needs: string[]; condition: string; note: string }

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

// What the typing page begins with. `copied`: whose entry was beside it; `unnamed`: those who were only counted.
export type Start = { copied?: string; shelter?: string; room?: string; at?: string; address?: string; area?: string; form?: string; unnamed?: Unnamed }
export type Unnamed = { note: string; shelter: string; left: Arrived[] }

const typedPerson = (one: Typed, family: string): Partial<Person> => {
  const today = new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10)
  return {
    name: one.name.trim(), kana: one.kana.trim(), sex: one.sex, address: one.address.trim(), phone: one.phone.trim(), note: one.note.trim(), needs: [...one.needs].sort(), condition: one.condition, family,
    ...(one.age ? { age: Number(one.age), as_of: today } : {}),
  }
}
const named = (typed: Typed[]) => typed.filter((one) => one.name.trim() || one.kana.trim())

export function typedFamily(shelter: string, room: string, consent: Audience[], formNumber: string, typed: Typed[], start: Start = {}): Family {
  const family = mint()
  const persons = named(typed).map((one) => arrived(typedPerson(one, family)))
  const made = of(start.shelter ?? shelter, formNumber ? 'form' : start.copied ? 'copied' : 'typed', start.room ?? room, consent, formNumber, persons)
  return start.at ? { ...made, received: { ...made.received, at: start.at } } : made
}

// Beside a neighbour: the same shelter, room and time, and the area; the number of the house is another.
export function besides(family: Family): Start {
  const address = family.persons.find((one) => one.person.address)?.person.address ?? ''
  const names = family.persons.map((one) => one.person.name || one.person.kana).filter(Boolean)
  return { copied: names[0] ?? family.persons[0]?.person.note ?? '', shelter: family.shelter, room: family.received.room, at: family.received.at, address, area: address.replace(/[0-9０-９].*$/u, '') }
}

// Of a family that was counted: those whom no naming on this device has named yet.
export function unnamedOf(family: Family, namings: Naming[]): Unnamed | undefined {
  const done = new Set(namings.flatMap((naming) => naming.corrections.map((one) => one.entry)))
  const left = family.persons.filter((one) => !one.person.name && !one.person.kana && !done.has(one.entry))
  return left.length > 0 ? { note: left[0]!.person.note, shelter: family.shelter, left } : undefined
}
// Names for some of them. Who is typed beyond the count comes as a family of their own.
export function naming(unnamed: Unnamed, typed: Typed[]): { naming: Naming; more: Typed[] } {
  const family = mint()
  const all = named(typed)
  const corrections = all.slice(0, unnamed.left.length).map((one, i) => {
    const before = unnamed.left[i]!
    const after = person(typedPerson(one, family))
    return { entry: before.entry, fact: mint(), seen: [before.fact], person: { ...after, note: after.note || before.person.note } }
  })
  return { naming: { shelter: unnamed.shelter, corrections }, more: all.slice(unnamed.left.length) }
}

// "About 40 people from 大水崎": entries without names, to be named later one by one.
export function counted(shelter: string, room: string, people: number, note: string): Family {
  const family = mint()
  return of(shelter, 'typed', room, [], '', Array.from({ length: people }, () => arrived({ note, family })))
}
