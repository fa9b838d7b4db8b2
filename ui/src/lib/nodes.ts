// What the operations on nodes and on sync answer (/api/openapi.json).
import { Ask } from './ask.svelte'
import { language } from '../words/words.svelte'

export type Node = {
  node: string
  name: string
  place: string
  standing: 'enrolled' | 'unknown' | 'revoked'
  here: boolean
  founder: boolean
  enrolled_at?: string
  because: string
  facts: number
  quarantined: number
  forked: boolean
}
export type Peer = {
  node: string
  name: string
  place: string
  revoked: boolean
  last_contact?: string
  seconds_since?: number
  facts_not_there: number
  streams_behind: string[]
}
export type SyncStatus = { node: string; name: string; peers: Peer[] }
export type Invited = { code: string; text: string; addresses: string[]; node: string; minutes: number }
type KindCount = { kind: string; count: number }
export type Stretch = {
  node: string
  name: string
  standing: Node['standing']
  forked: boolean
  stream: string
  first: number
  next: number
  kinds: KindCount[]
  earliest?: string
  latest?: string
  judged_out: boolean
  contradicts: boolean
}
export type Fork = { node: string; name: string; stream: string; position: number; kinds: KindCount[]; taken_over: boolean }
export type QuarantinedFact = { fact: string; kind: string; time: string; subjects: { kind: string; id: string }[]; body: unknown }

// Hybrid times carry a counter that people do not read.
export const wallClock = (time: string) => time.replace(/\+\d+$/, '')
// What stands for a machine that nobody has named.
export const nameOf = (one: { name: string; node: string }) => one.name || one.node.slice(0, 8)

// How long ago, in the one unit that matters.
export function age(seconds: number): string {
  const english = language.now === 'en'
  const said = (count: number, one: string, japanese: string) => (english ? `${count} ${one} ago` : `${count} ${japanese}前`)
  if (seconds < 90) return said(Math.max(0, Math.round(seconds)), 's', '秒')
  if (seconds < 5400) return said(Math.round(seconds / 60), 'min', '分')
  if (seconds < 129600) return said(Math.round(seconds / 3600), 'h', '時間')
  return said(Math.round(seconds / 86400), 'd', '日')
}

// Of this node and its peers; one for the page that shows it.
export const syncStatus = () => new Ask<SyncStatus>()
