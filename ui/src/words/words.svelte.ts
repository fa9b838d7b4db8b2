// The words on the pages, in three languages: tables in files beside this one. Japanese is complete; English too;
// やさしい日本語 says what it says more simply, and Japanese elsewhere.
import { easy } from './easy'
import { en } from './en'
import { ja } from './ja'

export type Language = 'ja' | 'en' | 'easy'
export type Key = keyof typeof ja

const kCookie = /(?:^|; )sonae_language=(ja|en|easy)/
const chosen = (): Language => {
  const cookie = kCookie.exec(document.cookie)?.[1]
  if (cookie) return cookie as Language
  return navigator.language.startsWith('en') ? 'en' : 'ja'
}

export const language = $state<{ now: Language }>({ now: chosen() })

export function speak(to: Language) {
  language.now = to
  // The server answers its errors in the same language.
  document.cookie = `sonae_language=${to}; path=/; max-age=31536000; samesite=strict`
  document.documentElement.lang = to === 'en' ? 'en' : 'ja'
}
speak(language.now)

// The sentence of a key; {name} in it is replaced.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const table: Partial<Record<Key, string>> = language.now === 'en' ? en : language.now === 'easy' ? easy : ja
  // A newer server may name what this page has no words for: its own name is better than nothing.
  const sentence = table[key] ?? ja[key] ?? key.slice(key.indexOf('.') + 1)
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

// What the server says in both languages at once.
export const both = (phrase: { ja: string; en: string }) => (language.now === 'en' ? phrase.en : phrase.ja)
