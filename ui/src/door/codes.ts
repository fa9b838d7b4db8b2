// Codes on paper as they come from a hand, from a scanner that types, or from a camera: evacuee cards and numbered
// forms. The alphabet and the check letter are those of src/base/typed_code.h.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const meant: Record<string, string> = { O: '0', I: '1', L: '1' } // as in Crockford's base32
const doubled = (value: number) => ((value <<= 1) & 32 ? value ^ 0b100101 : value)

export type Kind = 'card' | 'form'
export type Read = { kind: Kind; code: string; good: boolean }
const lengths: Record<Kind, number> = { card: 13, form: 8 }

function holds(code: string): boolean {
  let sum = 0
  for (const symbol of code.slice(0, -1)) sum = doubled(sum ^ alphabet.indexOf(symbol))
  return alphabet[sum] === code.at(-1)
}

// What was read; undefined where it is no code at all. A scanner set to another keyboard changes the signs between
// the letters, so any sign will do.
export function readCode(typed: string, only?: Kind): Read | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().trim()
  if (/[^0-9A-Z\P{L}]/u.test(plain)) return undefined
  const marked = /^SONAE[^0-9A-Z]?(CARD|FORM)[^0-9A-Z]?(.*)$/.exec(plain)
  const symbols = [...(marked ? marked[2]! : plain).replace(/[^0-9A-Z]/g, '')].map((one) => meant[one] ?? one).join('')
  const kind = marked ? (marked[1] === 'CARD' ? 'card' : 'form') : (only ?? 'card')
  if ([...symbols].some((one) => !alphabet.includes(one)) || (only && kind !== only)) return marked ? { kind, code: symbols, good: false } : undefined
  if (symbols.length !== lengths[kind]) return marked ? { kind, code: symbols, good: false } : undefined
  // Typed without its mark, a telephone number could be taken for one: a card has letters.
  if (!marked && !/[A-Z]/.test(symbols)) return undefined
  const good = holds(symbols)
  if (!marked && !good && !/[0-9]/.test(symbols)) return undefined // a name in Roman letters
  return { kind, code: symbols, good }
}
