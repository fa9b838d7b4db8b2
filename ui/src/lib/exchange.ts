// What the operations of exchange answer (src/town/exchange/requests.h).
export type ExchangeOverview = { domain: string; published: number; received_persons: number; received_notes: number; ended: number }
export type RecordProblem = { line: number; record: string; field: string; expected: string; refused: boolean }
export type PfifReport = {
  file_name: string
  persons: number
  notes: number
  taken: number
  same: number
  ended: number
  refused: number
  problem_count: number
  problems: RecordProblem[]
}
export type Fields = Record<string, string>
export type ReceivedPerson = { record: string; entered: string; source: string; person: Fields; notes: Fields[]; tie?: { resident: string } }
export type PartnerKind = 'pfif' | 'municipality'
export const rights = ['read', 'read_received', 'search', 'write', 'ask'] as const
export type Right = (typeof rights)[number]
export type Partner = { partner: string; name: string; kind: PartnerKind; domain: string; rights: Right[]; until?: string; holds: boolean; url: string }
export type TownReply = { partner: string; name: string; reply: 'told' | 'nothing' | 'away' | 'refused'; words: string }
