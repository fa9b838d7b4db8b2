// What evacuees read (cards, forms, questions), in their own languages: tables that are files of their own under
// /words/, fetched when a language is chosen and kept by the service worker.
export const languages = ['ja', 'easy', 'en', 'zh', 'ko', 'pt', 'vi', 'tl', 'ne'] as const
export type Tongue = (typeof languages)[number]
export type Table = Record<string, string>

// As each calls itself, so that a choice can be made before its table is here.
export const names: Record<Tongue, string> = {
  ja: '日本語', easy: 'やさしい日本語', en: 'English', zh: '简体中文', ko: '한국어', pt: 'Português', vi: 'Tiếng Việt', tl: 'Tagalog', ne: 'नेपाली',
}
// For the `lang` attribute: screen readers and fonts go by it.
export const tagOf = (tongue: Tongue) => (tongue === 'easy' ? 'ja' : tongue === 'zh' ? 'zh-Hans' : tongue)

const loaded = new Map<Tongue, Promise<Table>>()
export function tableOf(tongue: Tongue): Promise<Table> {
  let table = loaded.get(tongue)
  if (!table) {
    table = fetch(`/words/${tongue}.json`).then((answer) => answer.json() as Promise<Table>)
    table.catch(() => loaded.delete(tongue)) // asked for again when there is a network
    loaded.set(tongue, table)
  }
  return table
}
