// What the server answers about erasing: the same names as in /api/openapi.json.
import type { Key } from '../words/words.svelte'

export type KindCount = { kind: string; facts: number }
export type Preview = { facts: number; kinds: KindCount[]; also_about: string[] }
export type Order = { order: string; at: string; by: string; rule: string; because: string; kinds: KindCount[]; subjects: string[]; came_later: number }

// What a person may ask to be erased by itself, with the page on which it is looked at.
const kPages: Record<string, string | undefined> = { entry: 'entry', sheet: 'sheet', claim: undefined, snapshot: undefined }

export const partsOf = (subject: string): [string, string] => {
  const colon = subject.indexOf(':')
  return [subject.slice(0, colon), subject.slice(colon + 1)]
}
export const isErasable = (subject: string) => partsOf(subject)[0] in kPages
export const pageOf = (subject: string) => kPages[partsOf(subject)[0]]
export const kindWords = (subject: string) => `erase.kind.${partsOf(subject)[0]}` as Key
