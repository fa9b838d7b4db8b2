// What the server's operations answer: the same names as in the OpenAPI document (/api/openapi.json).
import type { Geometry, FeatureCollection } from './geojson'

export type Item = { name: string; value: string }
export type Resident = {
  id: string
  household: string
  name: string
  kana: string
  sex: 'unknown' | 'male' | 'female'
  birth_date: string
  birth_date_japanese: string
  age?: number
  postcode: string
  address: string
  phone: string
  relation: string
  needs: string
  alias: string
  former_family_name: string
  status: 'resident' | 'moved_out' | 'died' | 'removed'
  presence: 'present' | 'vanished' | 'kept'
  protected_person: boolean
  items: Item[]
}
export type SnapshotCounts = { people: number; residents: number; households: number; set_aside: number }
export type UnfinishedImport = { file_name: string; as_of: string; started: string }
export type Snapshot = {
  snapshot: string
  fact: string
  as_of: string
  taken: string
  layout: string
  file_name: string
  counts: SnapshotCounts
  current: boolean
  superseded: boolean
  disputed: boolean
  complete: boolean
}
export type RegistryStatus = {
  current?: Snapshot
  residents: number
  households: number
  open_questions: number
  search_ready: boolean
}
export type LineProblem = { line: number; item: string; problem: string; advice: string }
export const changeKinds = ['moved_in', 'born', 'moved_out', 'died', 'removed', 'returned', 'changed', 'vanished'] as const
export type ChangeKind = (typeof changeKinds)[number]
export type ImportReport = {
  unchanged: boolean
  snapshot: string
  as_of: string
  layout: string
  counts: SnapshotCounts
  chunks: number
  new_chunks: number
  differences?: Record<ChangeKind, number>
  warnings_total: number
  warnings: LineProblem[]
  errors: LineProblem[]
  receipts: string[]
}
export type Difference = {
  resident: string
  name: string
  change: ChangeKind
  items: { item: string; before: string; after: string }[]
}
export type DifferenceReport = {
  before?: Snapshot
  after?: Snapshot
  counts: Record<ChangeKind, number>
  total: number
  rows: Difference[]
}
export type VanishedOutcome = 'moved_out' | 'died' | 'error_in_file' | 'keep'
export type VanishedQuestion = {
  resident: Resident
  snapshot: string
  as_of: string
  answer?: { outcome: VanishedOutcome; note: string }
  contradicted: boolean
}
export type Questions = { vanished_total: number; vanished: VanishedQuestion[]; disputed: Snapshot[] }
export type Layout = {
  name: string
  title: string
  title_english: string
  remark: string
  own: boolean
  header: boolean
  columns: number
}

export type AreaSummary = { name: string; kind: string; area?: string; fictional: boolean }
export type AreaChoice = { area?: string; area_id?: string; polygon?: Geometry }
export type Count = { name: string; residents: number; confirmed: number; unconfirmed: number }
export type UnconfirmedRow = {
  resident: string
  household: string
  name: string
  kana: string
  age?: number
  sex: string
  address: string
  town: string
  phone: string
  needs: string
  vanished: boolean
}
export type UnconfirmedAnswer = {
  area: string
  at: string
  residents: number
  confirmed: number
  confirmed_by_machine: number
  unconfirmed: number
  not_placed: number
  not_placed_unconfirmed: number
  by_age: Count[]
  by_need: Count[]
  by_town: Count[]
  rows: UnconfirmedRow[]
  rows_total: number
}
export type MapPoint = {
  town: string
  block: string
  longitude: number
  latitude: number
  exact: boolean
  inside: boolean
  residents: number
  unconfirmed: number
}
export type MapAnswer = { points: MapPoint[]; geometry?: Geometry; notes: string[] }
export type BaseMap = { geojson?: FeatureCollection; attribution: string }

export const roles = ['administrator', 'clerk', 'shelter', 'viewer', 'auditor'] as const
export type Role = (typeof roles)[number]
export type Grant = { grant: string; role: Role; place: string; from: string; until?: string }
export type Account = {
  person: string
  login: string
  name: string
  grants: Grant[]
  has_password: boolean
  must_change_password: boolean
}
export type Look = {
  at: string
  login: string
  name: string
  operation: string
  purpose: string
  shown: string[]
  count: number
  fact: string
}

// Reception: the shelter lists.
export type Weight = 'told' | 'doubtful' | 'refused'
export type LineRemark = { line: number; item: string; code: string; weight: Weight; what: string; what_to_do: string }
export type ListReport = {
  unchanged: boolean
  sheet: string
  file_name: string
  shelter: string
  written_on?: string
  encoding: string
  columns: string[]
  rows: number
  persons: number
  unnamed: number
  new_entries: number
  written_before: number
  set_aside: number
  remark_counts: { code: string; weight: Weight; what: string; count: number }[]
  remarks: LineRemark[]
}
export type Person = {
  name: string
  kana: string
  sex: 'unknown' | 'male' | 'female'
  birth: string // "1948-03-00": zeros where not known
  age?: number
  as_of?: string
  address: string
  phone: string
  note: string
  relation: string
  needs: string[]
  condition: string
  stay: string
  visitor: boolean
  family: string
}
export type Entry = {
  entry: string
  sheet?: string
  line: number
  raw: string
  written_id: string
  shelter: string
  person: Person
  corrected: boolean
  withdrawn: boolean
  contradictory: boolean
  standing: string[]
}
export type EntryAnswer = {
  entry: Entry
  remarks: LineRemark[]
  needs: { code: string; name: string }[]
  history: { fact: string; at: string; kind: string; because: string; superseded: boolean }[]
  versions: Person[] // where there is a question
}
export type Sheet = {
  sheet: string
  file_name: string
  shelter: string
  written_on?: string
  imported: string
  rows: number
  persons: number
  set_aside: number
}
export type Shelter = { name: string; address: string; opened: boolean; entries: number; sheets: number }

// Matching: which resident an entry is.
export type MatchingSummary = {
  entries: number
  to_decide: number
  decided: number
  not_resident: number
  contradictory: number
  matched: number
  ask: number
  none: number
  unnamed: number
}
export type MatchState = 'decided' | 'not_resident' | 'contradictory' | 'matched' | 'ask' | 'none' | 'unnamed'
export type Candidate = {
  resident: string
  probability: number
  reasons: { field: string; words: string; weight: number }[]
  in_words: string
  registered: Resident
}
export type Decision = { fact: string; resident?: string; because: string; at: string; entry_changed: boolean }
export type Question = {
  entry: Entry
  state: MatchState
  resident?: string
  probability: number
  candidates: Candidate[]
  what_would_settle: string
  decisions: Decision[]
  same_person: { entry: string; shelter: string; probability: number; same?: boolean }[]
  seen: string[]
}
export type Queue = { total: number; questions: Question[] }
export type Comparison = { item: string; written: string; registered: string; words: string; weight: number }
export type QuestionAnswer = { question: Question; comparisons: { resident: string; items: Comparison[] }[] }
export type SheetAnswer = {
  summary: Sheet
  columns: string[]
  rows: { line: number; raw: string; kind?: string; entries: Entry[]; remarks: LineRemark[] }[]
  remarks: LineRemark[]
}

// Shelters: the desk, supplies, reports.
export type CodeCount = { code: string; persons: number }
export type Figures = {
  staying: number
  outside: number
  families: number
  unnamed: number
  male: number
  female: number
  arrived: number
  left: number
  by_age: CodeCount[]
  by_need: CodeCount[]
  ill: number
  injured: number
}
export type DeskPerson = { entry: string; name: string; kana: string; age?: number; room: string; needs: string[]; note: string }
export const supplyStates = ['asked', 'on_the_way', 'arrived', 'refused', 'cancelled'] as const
export type SupplyState = (typeof supplyStates)[number]
export type Supply = {
  supply: string
  shelter: string
  item: string
  amount: number
  unit: string
  needed_by?: string
  urgent: boolean
  note: string
  state: SupplyState
  settled_amount: number
  settled_note: string
  asked: string
  settled?: string
  standing: string[]
  contradictory: boolean
}
// Members without a name are still to be asked; those with one come first.
export type FamilyToName = { members: { entry: string; name: string; note: string; standing: string[] }[]; address: string; room: string; at: string }
export type Desk = {
  shelter: string
  day: string
  figures: Figures
  meals: { ordinary: number; infant: number; special: number; allergy: number; outside: number }
  rooms: { room: string; persons: number; families: number }[]
  needs: { code: string; name: string; persons: DeskPerson[] }[]
  to_name: FamilyToName[]
  questions: DeskPerson[] // of whom two said different things
  leavers: { entry: string; name: string; stay: string; where: string; at?: string }[]
  supplies: Supply[]
  reported?: string
}
export type Report = {
  report: string
  shelter: string
  day: string
  sent: string
  figures: Figures
  facilities: string
  staff: string
  wishes: string
  note: string
  contradictory: boolean
}
export type Wall = { shelter: string; at: string; persons: { name: string; kana: string; room: string }[]; not_shown: number }
export type ShelterAtAGlance = {
  shelter: string
  figures: Figures
  open_supplies: number
  urgent_supplies: number
  reported?: string
  heard?: string
}
export type SheltersOverview = { day: string; shelters: ShelterAtAGlance[]; staying: number; outside: number; contradictory: number }

// Papers: a form that was photographed at the door.
export type PaperForm = {
  form: string
  shelter: string
  number: string
  taken: string
  people?: number
  state: 'waiting' | 'typed' | 'unreadable' | 'duplicate' | 'question'
  photographed_by: string
  settled_by: string
  settled?: string
  because: string
  entries: string[]
  here: boolean
}
