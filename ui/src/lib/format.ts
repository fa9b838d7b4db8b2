// Numbers, days and times as people read them.
import { language } from '../words/words.svelte'

const locale = () => (language.now === 'en' ? 'en' : 'ja')

export const number = (value: number) => value.toLocaleString(locale())
export const percent = (part: number, whole: number) =>
  whole === 0 ? '—' : `${(Math.floor((part / whole) * 1000) / 10).toLocaleString(locale())} %`

// Instants of the server are UTC; a town's clock is Japan's wherever the laptop comes from.
const zone = 'Asia/Tokyo'
export const time = (instant: string) =>
  new Date(instant).toLocaleString(locale(), {
    timeZone: zone, month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit',
  })
export const clock = (instant: string) =>
  new Date(instant).toLocaleTimeString(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' })
export const day = (iso: string) =>
  new Date(`${iso}T00:00:00+09:00`).toLocaleDateString(locale(), {
    timeZone: zone, year: 'numeric', month: 'long', day: 'numeric',
  })
export const todayInJapan = () => new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10)

export function duration(seconds: number): string {
  const english = language.now === 'en'
  if (seconds < 60) return english ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds)} 秒`
  const minutes = Math.ceil(seconds / 60)
  return english ? `${minutes} min` : `${minutes} 分`
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  if (count < 1_000_000) return `${Math.round(count / 1000)} KB`
  return `${(count / 1_000_000).toFixed(1)} MB`
}
