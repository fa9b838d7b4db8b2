// What the operations of subscriptions answer (src/town/subscription/subscription.h).
import type { Asker, Desk } from './inquiries'

export const standings = ['standing', 'ended'] as const
export type Standing = (typeof standings)[number]
export type Address = { channel: 'mail' | 'sms'; to: string }
export type NoticeRow = { due: { notice: string; text_ja: string }; at: string; state: 'due' | 'sent' | 'given_up'; failures: number; because: string; next_try: string }
export type SubscriptionRow = {
  made: { subscription: string; asker: Asker; purpose: string; line: string; desk: Desk; to: Address }
  at: string
  ended_at?: string
  ended_because: string
  times_told: number
}
export type Listed = { subscription: SubscriptionRow; notices: NoticeRow[] }
export type SubscriptionList = { total: number; subscriptions: Listed[] }

// As the public page does: what has an @ is mail, anything else a number for SMS.
export const addressOf = (typed: string): Address => ({ channel: typed.includes('@') ? 'mail' : 'sms', to: typed.trim() })
