// What the operations of headquarters answer (/api/openapi.json).
export const careStates = ['waiting', 'assigned', 'not_at_home', 'needs_transport', 'reached', 'question'] as const
export type CareState = (typeof careStates)[number]
export type Finding = 'reached' | 'not_at_home' | 'needs_transport'
export type CareRow = {
  resident: string
  name: string
  kana: string
  age?: number
  sex: string
  address: string
  town: string
  phone: string
  needs: string
  supporter: string
  note: string
  state: CareState
  on_list: boolean
  team: string
  found_at?: string
  found_note: string
  standing: string[]
}
export type CareCount = { name: string; listed: number; reached: number; needs_transport: number; not_at_home: number; waiting: number }
export type CareAnswer = { at: string; all: CareCount; by_town: CareCount[]; by_team: CareCount[]; rows: CareRow[]; rows_total: number }
export type TeamSheet = {
  team: string
  at: string
  rows: { name: string; kana: string; age?: number; sex: string; address: string; phone: string; needs: string; supporter: string; state: CareState }[]
}
export const eventKinds = ['shelter_opened', 'received', 'list_imported', 'registry_imported', 'report', 'supply', 'area', 'decisions', 'node'] as const
export type EventKind = (typeof eventKinds)[number]
export type Timeline = {
  events: { at: string; kind: EventKind; what: string; place: string; count?: number }[]
  total: number
  hours: { at: string; received: number; confirmed: number; unconfirmed: number }[]
}
