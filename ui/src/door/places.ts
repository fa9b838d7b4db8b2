// Completing what is typed of a town: by the beginning of its reading or by its name. The town of the family before
// comes first, since neighbours come together.
import { foldKana } from './fold'
import type { OutboxItem } from './outbox.svelte'

export type Known = { name: string; kana: string }
export type Places = { known: Known[]; recent: string[] } // known: where most residents live first; recent: the newest first
export const noPlaces: Places = { known: [], recent: [] }

const most = 4

// Registers leave the marks of voiced sounds out (コサ for 古座, こざ).
const plain = (written: string) => foldKana(written).normalize('NFD').replace(/[\u3099\u309a]/g, '')

// Whether a first completion is meant without being chosen: kana are typed to be completed, a name in kanji stands.
export const isReading = (typed: string) => /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u.test(typed.trim())

export function complete(typed: string, { known, recent }: Places): string[] {
  const written = typed.trim()
  if (!written) return []
  const reading = isReading(written) ? plain(written) : ''
  const meant = ({ name, kana }: Known) => (reading !== '' && plain(kana).startsWith(reading)) || name.startsWith(written)
  const names = known.filter(meant).map((one) => one.name)
  const begun = recent.filter((one) => one.startsWith(written) || names.some((name) => one.startsWith(name)))
  return [...new Set([...begun, ...names])].filter((one) => one !== written).slice(0, most)
}

// The area of an address: what stands before its first number.
export const areaOf = (address: string) => address.replace(/[0-9０-９].*$/u, '')

// Where the families came from that were typed here for this shelter, the last one first.
export function recentPlaces(items: OutboxItem[], shelter: string): string[] {
  const typed = items.flatMap(({ family }) => (family && family.shelter === shelter && family.received.way !== 'picked' && family.received.way !== 'card' ? [family] : []))
  const areas = typed.map((family) => areaOf(family.persons.find((one) => one.person.address)?.person.address ?? ''))
  return [...new Set(areas.filter(Boolean))].slice(0, most)
}
