// Made-up Australians in the manner of FEBRL's data set 4, any number of them: values drawn from that data set, errors
// as often and of the kinds that its duplicates have.
//
//   node febrl_like.mjs FEBRL_FOLDER ORIGINALS DUPLICATES SEED OUT_FOLDER
//
// Writes originals.csv, duplicates.csv (each of another original) and truth.csv (entry_id, resident_id).
import { createWriteStream, readFileSync } from 'node:fs'

const [folder, originals, duplicates, seed, out] = process.argv.slice(2).map((word, i) => (i > 0 && i < 4 ? Number(word) : word))
const kFields = ['given_name', 'surname', 'street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state', 'date_of_birth', 'soc_sec_id']
// Of 5,000 duplicates: in how many fields 1, 2, ... they differ from their original.
const kFieldsChanged = [1488, 1690, 1155, 480, 152, 34, 1]
// By field: slips of the pen, other values, another field's value, values lost.
const kChanges = {
  given_name: [697, 494, 278, 132], surname: [940, 356, 272, 59], street_number: [10, 584, 0, 155], address_1: [1448, 192, 149, 123],
  address_2: [1389, 90, 169, 470], suburb: [897, 258, 0, 61], postcode: [731, 50, 0, 0], state: [0, 183, 0, 60],
  date_of_birth: [123, 202, 0, 112], soc_sec_id: [247, 192, 0, 0],
}
const kExchangedWith = { given_name: 'surname', surname: 'given_name', address_1: 'address_2', address_2: 'address_1' }

// splitmix32 (public domain): the same seed, the same people.
let state = seed >>> 0
const random = () => {
  state = (state + 0x9e3779b9) | 0
  let t = state ^ (state >>> 16)
  t = Math.imul(t, 0x21f0aaad)
  t ^= t >>> 15
  t = Math.imul(t, 0x735a2d97)
  return ((t ^ (t >>> 15)) >>> 0) / 4294967296
}
const below = (count) => Math.floor(random() * count)
const one_of = (values) => values[below(values.length)]
const by_weight = (weights) => {
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0)
  return weights.findIndex((weight) => (at -= weight) < 0)
}

const seen = readFileSync(`${folder}/dataset4a.csv`, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(',').map((cell) => cell.trim()))
const values = Object.fromEntries(kFields.map((field, i) => [field, seen.map((row) => row[i + 1])]))
const two = (number) => String(number).padStart(2, '0')
const value_of = (field) =>
  field === 'date_of_birth' ? (random() < 0.02 ? '' : `${1900 + below(100)}${two(1 + below(12))}${two(1 + below(28))}`)
  : field === 'soc_sec_id' ? String(1000000 + below(9000000))
  : one_of(values[field])

const letters = 'abcdefghijklmnopqrstuvwxyz', figures = '0123456789'
function slip(text) {
  if (text === '') return text
  const of = /^\d+$/.test(text) ? figures : letters, at = below(text.length)
  const same_length = of === figures  // codes and dates keep theirs
  switch (below(4)) {
    case 0: if (!same_length) return text.slice(0, at) + one_of(of) + text.slice(at)
    case 1: if (!same_length && text.length > 2) return text.slice(0, at) + text.slice(at + 1)
    case 2: if (at + 1 < text.length) return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
    default: return text.slice(0, at) + one_of(of) + text.slice(at + 1)
  }
}
function worn(person) {
  const record = { ...person }, changed = new Set()
  const wanted = 1 + by_weight(kFieldsChanged)
  while (changed.size < wanted) {
    const field = kFields[by_weight(kFields.map((name) => (changed.has(name) ? 0 : kChanges[name].reduce((a, b) => a + b))))]
    changed.add(field)
    switch (by_weight(kChanges[field])) {
      case 0: record[field] = slip(record[field]); break
      case 1: record[field] = value_of(field); break
      case 2: {
        const other = kExchangedWith[field]
        ;[record[field], record[other]] = [record[other], record[field]]
        changed.add(other)
        break
      }
      default: record[field] = ''
    }
  }
  return record
}

const line = (id, record) => `${id},${kFields.map((field) => record[field]).join(',')}\n`
const files = ['originals', 'duplicates', 'truth'].map((name) => createWriteStream(`${out}/${name}.csv`))
const write = async (file, text) => { if (!file.write(text)) await new Promise((go) => file.once('drain', go)) }
for (const file of files.slice(0, 2)) await write(file, `rec_id,${kFields.join(',')}\n`)
await write(files[2], 'entry_id,resident_id\n')
let left = duplicates
for (let number = 0; number < originals; ++number) {
  const person = Object.fromEntries(kFields.map((field) => [field, value_of(field)]))
  await write(files[0], line(`rec-${number}-org`, person))
  if (random() * (originals - number) >= left) continue
  --left
  await write(files[1], line(`rec-${number}-dup-0`, worn(person)))
  await write(files[2], `rec-${number}-dup-0,rec-${number}-org\n`)
}
for (const file of files) await new Promise((go) => file.end(go))
