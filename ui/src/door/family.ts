// From what was ticked and typed to what is kept in the outbox.
import type { Person } from '../lib/types'
import { mint } from './ids'
import type { Arrived, Audience, Family, Way } from './outbox.svelte'
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

export function typedFamily(shelter: string, room: string, consent: Audience[], formNumber: string, typed: Typed[]): Family {
  const family = mint()
  const today = new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10)
  const persons = typed
    .filter((one) => one.name.trim() || one.kana.trim())
    .map((one) =>
      arrived({
        name: one.name.trim(), kana: one.kana.trim(), sex: one.sex, address: one.address.trim(), phone: one.phone.trim(), note: one.note.trim(), needs: [...one.needs].sort(), condition: one.condition, family,
        ...(one.age ? { age: Number(one.age), as_of: today } : {}),
      }),
    )
  return of(shelter, formNumber ? 'form' : 'typed', room, consent, formNumber, persons)
}

// "About 40 people from 大水崎": entries without names, to be named later one by one.
export function counted(shelter: string, room: string, people: number, note: string): Family {
  const family = mint()
  return of(shelter, 'typed', room, [], '', Array.from({ length: people }, () => arrived({ note, family })))
}
