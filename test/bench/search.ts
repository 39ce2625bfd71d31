import { sql } from 'kysely'
import { type Asked, askInTurn, describeSlowest } from './ask-lists.ts'
import type { Bench } from './benches.ts'
import { atMost, percentile } from './result.ts'
import type { World } from './world.ts'

const rounds = 2
const wordsEach = 4

const filters = {
  'no filter': '',
  'one filter': '&platform=vk',
  'three filters': '&platform=vk&accountStatus=active&hasMedia=true',
}
const sides = { waiting: '', decided: '&state=decided' }
const sorts = ['priority', 'newest']

/** Rare, middle and common words, phrases and beginnings, under none, one and three filters, waiting and decided. */
export const search: Bench = async (world) => {
  const [reviewer] = await world.people('supervisor', 1)
  const asked: Asked[] = []
  for (const [kind, queries] of Object.entries(await findQueries(world))) {
    for (const [filter, extra] of Object.entries(filters)) {
      for (const [side, state] of Object.entries(sides)) {
        for (const [index, q] of queries.entries()) {
          const sort = sorts[index % sorts.length]
          const query = `q=${encodeURIComponent(q)}${extra}${state}&sort=${sort}`
          asked.push({ name: `${kind}, ${filter}, ${side}`, query })
        }
      }
    }
  }
  await askInTurn(world, reviewer!, asked)
  const samples = []
  for (let round = 0; round < rounds; round += 1) samples.push(...(await askInTurn(world, reviewer!, asked)))
  const hits = new Map(samples.flatMap(({ name, count }) => (count ? [[name, count.value] as const] : [])))
  const times = samples.map(({ ms }) => ms)
  const slowest = describeSlowest(samples, hits)
  return [
    atMost(100, {
      name: 'search p99',
      value: percentile(times, 0.99),
      unit: 'ms',
      detail: `${samples.length} pages; p50 ${percentile(times, 0.5).toFixed(1)} ms`,
    }),
    atMost(500, {
      name: 'search worst',
      value: Math.max(...times),
      unit: 'ms',
      detail: `slowest by p50: ${slowest.detail}, ${slowest.value.toFixed(0)} ms`,
    }),
  ]
}

/** Words by the share of a hundredth of all texts that has them. */
async function findQueries({ db, posts }: World): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ word: string; ndoc: number }>`
    select word, ndoc from ts_stat('select words from review_text tablesample system (1) repeatable (1)')
    where word ~ '^[[:alpha:]]{3,}$' and word not like 'account%' and word not like 'bench%'
    order by ndoc desc, word`.execute(db)
  const of = (least: number, most: number) => {
    const sample = posts / 100
    const found = rows.filter(({ ndoc }) => ndoc >= least * sample && ndoc <= most * sample)
    const step = Math.max(1, Math.floor(found.length / wordsEach))
    return found
      .filter((_, index) => index % step === 0)
      .slice(0, wordsEach)
      .map(({ word }) => word)
  }
  const [common, middle, rare] = [of(0.05, 1), of(0.003, 0.01), of(0, 2 * (100 / posts))]
  return {
    rare,
    middle,
    common,
    'two words': common.map((word, index) => `${word} ${middle[index]}`),
    phrase: [`"${common[0]} ${common[1]}"`, `"${common[1]} ${common[2]}"`],
    beginning: [...middle, ...common].slice(0, wordsEach).map((word) => `${word.slice(0, 3)}*`),
    id: ['DKT-4711', 'bench-777'],
  }
}
