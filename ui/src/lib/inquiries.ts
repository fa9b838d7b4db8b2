// What the operations of inquiries answer (/api/openapi.json).
import type { Key } from '../words/words.svelte'

export const relations = ['self', 'family', 'relative', 'workplace', 'acquaintance', 'municipality'] as const
export const proofs = ['none', 'callback', 'document'] as const
export const states = ['open', 'referred', 'told', 'nothing', 'corrected', 'withdrawn'] as const
export type Desk = 'counter' | 'telephone' | 'web'
export type Relation = (typeof relations)[number]
export type Proof = (typeof proofs)[number]
export type InquiryState = (typeof states)[number]

export type Asker = { name: string; address: string; phone: string; relation: Relation; proof: Proof }
export type Candidate = { entry: string; name: string; kana: string; age?: number; address: string }
export type AskAnswer = {
  inquiry: string
  outcome: 'told' | 'nothing' | 'choose' | 'refer'
  words: string
  easy: string
  candidates: Candidate[]
}
export type InquiryRow = {
  inquiry: string
  at: string
  asker: Asker
  purpose: string
  line: string
  desk: Desk
  answered?: string
  words: string
  corrected: string
  withdrawn: boolean
  state: InquiryState
}
export type InquiryList = { total: number; inquiries: InquiryRow[] }

export const nobody = (): Asker => ({ name: '', address: '', phone: '', relation: 'acquaintance', proof: 'none' })
export const stateWords = (state: InquiryState) => `inquiry_state.${state}` as Key
export const stateLook: Record<InquiryState, string> = {
  open: 'open', referred: 'bad', told: 'good', nothing: '', corrected: 'open', withdrawn: '',
}
