// Folding of what is typed on a device that may have no network: the rules of src/text/fold.h, for queries. The names
// of the extract come folded by the server; a test in the browser holds the two against each other.

const rows: [vowel: string, kana: string][] = [
  ['ア', 'アカサタナハマヤラワガザダバパ'],
  ['イ', 'イキシチニヒミリギジビピ'],
  ['ウ', 'ウクスツヌフムユルグズブプ'],
  ['エ', 'エケセテネヘメレゲゼデベペ'],
  ['オ', 'オコソトノホモヨロゴゾドボポ'],
]
const vowelOf = new Map(rows.flatMap(([vowel, kana]) => [...kana].map((one) => [one, vowel] as const)))
const small: Record<string, string> = {
  ァ: 'ア', ィ: 'イ', ゥ: 'ウ', ェ: 'エ', ォ: 'オ', ッ: 'ツ', ャ: 'ヤ', ュ: 'ユ', ョ: 'ヨ', ヮ: 'ワ', ヵ: 'カ', ヶ: 'ケ',
}
const plain: Record<string, string> = { ヂ: 'ジ', ヅ: 'ズ', ヴ: 'ブ', ヰ: 'イ', ヱ: 'エ', ヲ: 'オ' }
const afterVu: Record<string, string> = { ァ: 'バ', ィ: 'ビ', ェ: 'ベ', ォ: 'ボ' }
const isHiragana = (letter: string) => letter >= 'ぁ' && letter <= 'ゖ'
const isKatakana = (letter: string) => letter >= 'ァ' && letter <= 'ヺ'
const isKanji = (letter: string | undefined) => letter !== undefined && /\p{Script=Han}/u.test(letter)

function fold(written: string, variant: (letter: string) => string): string {
  const out: string[] = []
  let vu = false
  for (const original of written.normalize('NFKC').toLowerCase()) {
    const known = variant(original)
    const letter = isHiragana(known) ? String.fromCharCode(known.charCodeAt(0) + 0x60) : known
    const last = out.at(-1)
    if (letter === 'ー' || letter === '-' || letter === '―' || letter === '−') {
      if (last !== undefined && vowelOf.get(last) === 'エ') out.push('イ')
    } else if (isKatakana(letter)) {
      if (vu && last === 'ブ' && afterVu[letter]) {
        out[out.length - 1] = afterVu[letter]
        vu = false
        continue
      }
      vu = letter === 'ヴ'
      const large = small[letter] ?? letter
      let kana = plain[large] ?? large
      const before = last === undefined ? undefined : vowelOf.get(last)
      if (before === 'エ' && kana === 'エ') kana = 'イ'
      if (kana !== before && !(before === 'オ' && kana === 'ウ')) out.push(kana)
    } else if (letter === '々') {
      out.push(isKanji(last) ? last! : letter)
    } else if (/[\p{L}\p{N}]/u.test(letter)) {
      // 龍ケ崎, 龍ヶ崎, 龍が崎
      if ((last === 'ガ' || last === 'カ') && isKanji(letter) && isKanji(out.at(-2))) out[out.length - 1] = 'ケ'
      out.push(letter)
    }
  }
  return out.join('')
}

export const foldKana = (written: string) => fold(written, (letter) => letter)

// `variants` as the extract has them: pairs of a character and what it becomes.
export function nameFolder(variants: string): (written: string) => string {
  const letters = [...variants]
  const becomes = new Map([['之', 'ノ']]) // 吉之助, 吉ノ助
  for (let i = 0; i + 1 < letters.length; i += 2) becomes.set(letters[i]!, letters[i + 1]!)
  return (written) => fold(written, (letter) => becomes.get(letter) ?? letter)
}
