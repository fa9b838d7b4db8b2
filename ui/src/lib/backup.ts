// What the server tells of backups (src/vault/backup_operations.cc).
export type Kind = 'town' | 'system' | 'proof'

export type ProofSummary = {
  name: string
  proven: string
  made: string
  good: boolean
  prover: string
  seconds: number
  age_hours: number
}

export type Run = {
  kind: Kind
  target: string
  name: string
  reach: 'near' | 'remote'
  priority: number
  selected: string[]
  without: string[]
  keep?: number
  when?: { every_ms: number; at_minutes?: number }
  last_tried?: string
  last_succeeded?: string
  next?: string
  bytes_whole?: number
  bytes_written?: number
  seconds?: number
  failure: string
  running?: { since: string; step: string; done: number; total: number }
  proof?: ProofSummary
  proofs_expected: boolean
}

export type Alarm = { kind: string; grave: boolean; target: string; what: string; what_to_do: string }
export type BackupStatus = { now: string; runs: Run[]; alarms: Alarm[] }

export type Proof = {
  town: string
  target: string
  node: string
  proven: string
  good: boolean
  age_hours: number
  failure: string[]
  lines: { what_japanese: string; what_english: string; expected: string; restored: string; equal: boolean; tried: boolean }[]
  cost: { seconds: number; processor_seconds: number; disk_bytes: number }
  restore: {
    manifest: string
    made: string
    facts: number
    bytes: number
    seconds: number
    seconds_to_registry: number
    seconds_to_reception: number
    lost: { object: string; what: string }[]
  }
}

// The plan as its file has it (src/vault/plan_change.h).
export type PlannedTarget = {
  name: string
  to: string
  reach: string
  every: string
  at: string
  late_after: string
  priority?: number
  keep?: number
  proven_within: string
  provers: string[]
  without: string[]
}
export type PlannedProof = { of: string; identity_file: string; reports: string; every: string; at: string; late_after: string; systems: boolean }
export type PlanForm = { seen: string; targets: PlannedTarget[]; proofs: PlannedProof[]; in_file_only: string[] }

// A change that was made on the page (src/vault/plan_history.h); values are JSON, empty where the key is left out.
export type PlanStep = {
  fact: string
  at: string
  by: string
  table: 'target' | 'proof'
  what: { before: string; after: string; keys: { key: string; before: string; after: string }[] }
  carried_out: boolean
  why_not: string
}

export const emptyTarget = (): PlannedTarget => ({ name: '', to: '', reach: '', every: '', at: '', late_after: '', proven_within: '', provers: [], without: [] })
export const emptyProof = (): PlannedProof => ({ of: '', identity_file: '', reports: '', every: '', at: '', late_after: '', systems: false })
