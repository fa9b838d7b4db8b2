// Finding a household among the residents on the device, from any two of name, kana, birth date, town and telephone, or
// from the code on its card.
import { foldKana, nameFolder } from './fold'
import { Postings, union } from './postings'

export type Extract = { made: string; expires: string; version: string; columns: string[]; rows: string[][]; variants: string; places?: string[][] }

export type Member = {
  id: string
  household: string
  name: string
  kana: string
  sex: 'unknown' | 'male' | 'female'
  birth: string
  address: string
  phone: string
  relation: string
}
export type Household = { members: Member[]; hits: string[] } // hits: ids of those whom the words mean

type Row = Member & { foldedName: string; foldedKana: string; spacedKana: string; digits: string }

const shown = 8
const size = ({ lists }: { lists: number[][] }) => lists.reduce((sum, list) => sum + list.length, 0)

function commonStart(rows: Row[]): string {
  let start = rows[0]?.address ?? ''
  for (const { address } of rows) while (!address.startsWith(start)) start = start.slice(0, -1)
  return start
}

export class Search {
  private readonly rows: Row[]
  private readonly byHousehold = new Map<string, Row[]>()
  private readonly byCard = new Map<string, string>()
  private readonly foldName: (written: string) => string
  private readonly kana = new Postings() // the first two letters of each word of the reading
  private readonly letters = new Postings() // every letter of the name
  private readonly places = new Postings() // every letter of the address behind what all have (県 and 町)
  private readonly everywhere: string // with what every address begins
  private readonly ends = new Postings() // the last four digits of telephone and birth date
  private readonly begins = new Postings() // the first four

  constructor(extract: Extract) {
    const at = new Map(extract.columns.map((name, i) => [name, i]))
    const cell = (row: string[], name: string) => row[at.get(name) ?? -1] ?? ''
    this.foldName = nameFolder(extract.variants)
    this.rows = extract.rows.map((row) => ({
      id: cell(row, 'id'),
      household: cell(row, 'household'),
      name: cell(row, 'name'),
      kana: cell(row, 'kana'),
      sex: cell(row, 'sex') as Member['sex'],
      birth: cell(row, 'birth'),
      address: cell(row, 'address'),
      phone: cell(row, 'phone'),
      relation: cell(row, 'relation'),
      foldedName: cell(row, 'folded_name').replaceAll(' ', ''),
      foldedKana: cell(row, 'folded_kana').replaceAll(' ', ''),
      spacedKana: ` ${cell(row, 'folded_kana')}`,
      digits: cell(row, 'birth').replaceAll('-', ''),
    }))
    for (const row of this.rows) {
      const house = row.household || row.id
      const known = this.byHousehold.get(house)
      if (known) known.push(row)
      else this.byHousehold.set(house, [row])
    }
    this.everywhere = commonStart(this.rows)
    this.rows.forEach((row, i) => {
      for (const word of row.spacedKana.split(' ')) if (word) this.kana.add(word.slice(0, 2), i)
      for (const letter of row.foldedName) this.letters.add(letter, i)
      for (const letter of row.address.slice(this.everywhere.length)) this.places.add(letter, i)
      for (const digits of [row.digits, row.phone]) {
        this.ends.add(digits.slice(-4), i)
        this.begins.add(digits.slice(0, 4), i)
      }
    })
    for (const row of extract.rows) if (cell(row, 'card')) this.byCard.set(cell(row, 'card'), cell(row, 'household') || cell(row, 'id'))
  }

  get size() {
    return this.rows.length
  }

  // The household whose card has this code (codes.ts).
  ofCard(code: string): Household | undefined {
    const members = this.byHousehold.get(this.byCard.get(code) ?? '')
    return members && { members, hits: [] }
  }

  // Households with somebody whom all words mean, the best first. Empty for one short word: it would name too many.
  find(typed: string): Household[] {
    const words = typed.normalize('NFKC').split(/\s+/).filter(Boolean)
    if (words.join('').length < 2) return []
    const tests = words.map((word) => this.test(word))
    const narrowed = words.flatMap((word) => this.couldMean(word) ?? []).sort((one, other) => size(one) - size(other))[0]
    const found = new Map<string, { score: number; hits: string[] }>()
    for (const row of narrowed ? union(narrowed.lists).map((i) => this.rows[i]!) : this.rows) {
      let score = 0
      for (const test of tests) {
        const points = test(row)
        if (points === 0) {
          score = 0
          break
        }
        score += points
      }
      if (score === 0) continue
      const house = row.household || row.id
      const known = found.get(house)
      if (known) {
        known.score = Math.max(known.score, score)
        known.hits.push(row.id)
      } else found.set(house, { score, hits: [row.id] })
    }
    return [...found]
      .sort(([, one], [, other]) => other.score - one.score)
      .slice(0, shown)
      .map(([house, { hits }]) => ({ members: this.byHousehold.get(house)!, hits }))
  }

  // Lists that together have all rows that the word can mean; undefined where all must be looked at.
  private couldMean(word: string): { lists: number[][] } | undefined {
    const digits = word.replace(/[-/.]/g, '')
    if (/^\d{3,}$/.test(digits)) return digits.length < 4 ? undefined : { lists: [this.ends.of(digits.slice(-4)), this.begins.of(digits.slice(0, 4))] }
    const kana = foldKana(word)
    if (/^[ァ-ヺ]+$/u.test(kana)) return kana.length < 2 ? undefined : { lists: [this.kana.of(kana.slice(0, 2)), this.letters.rarest(kana)] }
    const telling = [...word].filter((letter) => !this.everywhere.includes(letter))
    return telling.length === 0 ? undefined : { lists: [this.letters.rarest(this.foldName(word)), this.places.rarest(telling)] }
  }

  // How well a word means a row: 3 the beginning of a name, 2 of a given name or a birth date, 1 within an address or a
  // telephone number, 0 not at all.
  private test(word: string): (row: Row) => number {
    const digits = word.replace(/[-/.]/g, '')
    if (/^\d{3,}$/.test(digits)) {
      const short = digits.length === 6 ? digits.slice(2) : digits
      return (row) =>
        row.digits === digits ? 3 : digits.length >= 4 && (row.digits.endsWith(short) || row.digits.startsWith(digits)) ? 2 : row.phone.endsWith(digits) || row.phone.startsWith(digits) ? 1 : 0
    }
    const kana = foldKana(word)
    if (/^[ァ-ヺ]+$/u.test(kana))
      return (row) => (row.foldedKana.startsWith(kana) ? 3 : row.spacedKana.includes(` ${kana}`) ? 2 : row.foldedName.startsWith(kana) ? 2 : 0)
    const name = this.foldName(word)
    return (row) => (row.foldedName.startsWith(name) ? 3 : row.foldedName.includes(name) ? 2 : row.address.includes(word) ? 1 : 0)
  }
}
