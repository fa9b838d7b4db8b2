// A plain Fellegi-Sunter linker in SQL over DuckDB, as general record linkage programs are made: blocking rules as
// joins, comparison levels as CASE, m by expectation maximisation over counts of agreement patterns, u from pairs drawn
// at random, term frequencies for exact names. It is the baseline that Sonae's engine is measured beside, in one run.
//
//   node fellegi_sunter.mjs DIRECTORY [THREADS]     reads registry_normal.csv and list_normal.csv, writes
//                                                   fellegi_sunter.csv (entry_id, resident_id, probability)
//
// Fellegi, Sunter, "A Theory for Record Linkage", JASA 64 (1969). Prints one line of JSON: seconds of each stage, how
// many pairs were compared, how many of the true ones were among them.
import { DuckDBInstance } from '@duckdb/node-api'

const directory = process.argv[2], threads = process.argv[3] ?? '2'
const database = await DuckDBInstance.create(':memory:', { threads })
const sql = await database.connect()
const rows = async (text) => (await sql.runAndReadAll(text)).getRowObjects()

const seconds = {}
let last = performance.now()
function stage(name) {
  const now = performance.now()
  seconds[name] = +((now - last) / 1000).toFixed(3)
  last = now
}

// --- load
for (const [table, file] of [['r', 'registry_normal'], ['l', 'list_normal']])
  await sql.run(`create table ${table} as select * from read_csv('${directory}/${file}.csv', header = true,
    all_varchar = true, nullstr = '')`)
for (const table of ['r', 'l'])
  await sql.run(`alter table ${table} alter birth_year type integer`)
stage('load')

// --- comparisons: level 0 is the most alike, null where either side lacks it
const name = (field) => ({
  name: field,
  levels: [`l.${field} = r.${field}`, `jaro_winkler_similarity(l.${field}, r.${field}) >= 0.92`,
           `jaro_winkler_similarity(l.${field}, r.${field}) >= 0.75`],
  missing: `l.${field} is null or r.${field} is null`,
})
const same = (field) => ({ name: field, levels: [`l.${field} = r.${field}`],
                           missing: `l.${field} is null or r.${field} is null` })
const comparisons = [
  name('family_kana'), name('given_kana'), name('family_kanji'), name('given_kanji'),
  { name: 'birth',
    levels: ['l.birth_date = r.birth_date', 'levenshtein(l.birth_date, r.birth_date) <= 1',
             'l.birth_date is null and abs(l.birth_year - r.birth_year) <= 1',
             'abs(l.birth_year - r.birth_year) <= 1'],
    missing: 'l.birth_year is null or r.birth_year is null' },
  same('sex'), same('town'), same('number'), same('phone'),
]
const gamma = (c) => `case when ${c.missing} then -1 ` +
  c.levels.map((condition, i) => `when ${condition} then ${i} `).join('') + `else ${c.levels.length} end`
const gammas = comparisons.map((c) => `${gamma(c)} as g_${c.name}`).join(', ')
const gammaNames = comparisons.map((c) => `g_${c.name}`).join(', ')

// --- blocking: equality joins, each pair once
const blocks = [
  ['family_kana', 'given_kana'], ['family_kanji', 'given_kanji'], ['birth_date'], ['phone'], ['town', 'number'],
  ['given_kana', 'birth_year'], ['family_kana', 'birth_year'], ['given_kana', 'town'], ['family_kanji', 'birth_year'],
]
await sql.run('create table pairs as select distinct * from (' + blocks.map((fields) =>
  `select l.id as lid, r.id as rid from l join r on ${fields.map((f) => `l.${f} = r.${f}`).join(' and ')}`)
  .join(' union all ') + ')')
stage('block')
await sql.run(`create table compared as select lid, rid, ${gammas}, l.family_kana as fk, l.given_kana as gk
  from pairs join l on l.id = lid join r on r.id = rid`)
stage('compare')

// --- training
const patterns = (await rows(`select ${gammaNames}, count(*) as n from compared group by all`))
  .map((row) => ({ g: comparisons.map((c) => Number(row[`g_${c.name}`])), n: Number(row.n) }))
const drawn = (await rows(`select ${gammaNames}, count(*) as n from (
    select ${gammas} from (select *, row_number() over () as at from (select * from l using sample 1000 rows (reservoir, 7))) l,
                          (select * from r using sample 1000 rows (reservoir, 7)) r) group by all`))
  .map((row) => ({ g: comparisons.map((c) => Number(row[`g_${c.name}`])), n: Number(row.n) }))
const u = comparisons.map((c, i) => {
  const counts = new Array(c.levels.length + 1).fill(0.5)
  for (const { g, n } of drawn) if (g[i] >= 0) counts[g[i]] += n
  const all = counts.reduce((a, b) => a + b)
  return counts.map((n) => n / all)
})
const m = comparisons.map((c) => {
  const first = 0.9, rest = 0.1 / c.levels.length
  return [first, ...new Array(c.levels.length).fill(rest)]
})
// The share of matches is that among all pairs: those that no block brings together count as pairs that do not match.
const [{ n: every }] = await rows('select (select count(*) from l) * (select count(*) from r) as n')
let share = 0.5 / Number((await rows('select count(*) as n from r'))[0].n)
for (let turn = 0; turn < 50; ++turn) {
  const sums = comparisons.map((c) => new Array(c.levels.length + 1).fill(1e-3))
  let matches = 0
  for (const { g, n } of patterns) {
    let odds = share / (1 - share)
    g.forEach((level, i) => { if (level >= 0) odds *= m[i][level] / u[i][level] })
    const p = 1 / (1 + 1 / odds)
    matches += p * n
    g.forEach((level, i) => { if (level >= 0) sums[i][level] += p * n })
  }
  share = matches / Number(every)
  sums.forEach((counts, i) => {
    const all = counts.reduce((a, b) => a + b)
    m[i] = counts.map((n) => n / all)
  })
}
stage('train')

// --- prediction: the likeliest resident of each row
const bits = comparisons.map((c, i) => `case g_${c.name} ` +
  m[i].map((value, level) => `when ${level} then ${Math.log2(value / u[i][level])} `).join('') + 'else 0 end').join(' + ')
const rarity = (field, i) => `case when g_${field} = 0 then log2(${u[i][0]} / t_${field}.share) else 0 end`
for (const field of ['family_kana', 'given_kana'])
  await sql.run(`create table t_${field} as select ${field} as value, count(*) / (select count(*) from r) as share
    from r where ${field} is not null group by 1`)
await sql.run(`create table scored as select lid, rid, ${Math.log2(share / (1 - share))} + ${bits} +
    coalesce(${rarity('family_kana', 0)}, 0) + coalesce(${rarity('given_kana', 1)}, 0) as weight
  from compared left join t_family_kana on t_family_kana.value = fk left join t_given_kana on t_given_kana.value = gk`)
await sql.run(`copy (select lid as entry_id, arg_max(rid, weight) as resident_id,
    1 / (1 + pow(2, -greatest(least(max(weight), 60), -60))) as probability from scored group by lid)
  to '${directory}/fellegi_sunter.csv' (header)`)
stage('predict')

const [count] = await rows(`select count(*) as pairs, count(t.entry_id) as found from pairs
  left join read_csv('${directory}/truth.csv', all_varchar = true) t on t.entry_id = lid and t.resident_id = rid`)
console.log(JSON.stringify({ seconds, pairs: Number(count.pairs), found: Number(count.found),
                             peak_mb: Math.round(process.resourceUsage().maxRSS / 1024) }))
