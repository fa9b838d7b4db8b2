// How right a file of answers is. Everywhere the likeliest resident of a row counts, over all thresholds:
//
//   node figures.mjs TRUTH.csv ANSWERS.csv     entry_id, resident_id, probability and more columns in any order
//
// Prints one line of JSON: best F1, recall at precision .995, precision and recall at probability .995, strangers
// accepted there, Brier.
import { readFileSync } from 'node:fs'

// The files of a run hold ids and numbers in these columns; reasons, which may be quoted, come after them.
function* records(file) {
  const [header, ...lines] = readFileSync(file, 'utf8').split(/\r?\n/)
  const columns = header.split(',')
  for (const line of lines) {
    const cells = line.split(',')
    if (cells.length >= 2) yield Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
  }
}

const truth = new Map()
for (const { entry_id, resident_id } of records(process.argv[2])) truth.set(entry_id, resident_id)
const calls = new Map([...truth.keys()].map((entry) => [entry, { p: 0, right: false, stranger: truth.get(entry) === '' }]))
for (const { entry_id, resident_id, probability } of records(process.argv[3])) {
  const call = calls.get(entry_id)
  if (!call || resident_id === '' || +probability <= call.p) continue
  call.p = +probability
  call.right = truth.get(entry_id) === resident_id
}

const all = [...calls.values()].filter((call) => call.p > 0).sort((a, b) => b.p - a.p)
const strangers = [...truth.values()].filter((id) => id === '').length, residents = truth.size - strangers
const answer = { rows: truth.size, best_f1: 0, recall_at_995: 0 }
let right = 0
all.forEach((call, i) => {
  right += call.right
  if (all[i + 1]?.p === call.p) return
  const precision = right / (i + 1), recall = right / residents
  answer.best_f1 = Math.max(answer.best_f1, (2 * precision * recall) / (precision + recall))
  if (precision >= 0.995) answer.recall_at_995 = recall
})
const accepted = all.filter((call) => call.p >= 0.995)
answer.precision = accepted.filter((call) => call.right).length / Math.max(1, accepted.length)
answer.recall = accepted.filter((call) => call.right).length / residents
answer.strangers_accepted = accepted.filter((call) => call.stranger).length / Math.max(1, strangers)
answer.brier = [...calls.values()].reduce((sum, call) => sum + (call.p - call.right) ** 2, 0) / truth.size
console.log(JSON.stringify(answer, (_, value) => typeof value === 'number' ? +value.toFixed(5) : value))
