// What the operations of claims answer (/api/openapi.json).
export const claimStates = ['waiting', 'tied', 'refused', 'question'] as const
export type ClaimState = (typeof claimStates)[number]
export type ClaimRow = {
  claim: {
    claim: string
    name: string
    kana: string
    birth_date: string
    phone: string
    address: string
    condition: string
    where: string
    message: string
    consent: string[]
    via?: 'web' | 'mail' | 'sms' | 'line'
    sender?: string
  }
  at: string
  state: ClaimState
  resident?: string
  by_proof: boolean
  because: string
}
export type ClaimList = { total: number; claims: ClaimRow[] }
