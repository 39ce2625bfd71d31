import { ReviewSort } from '#shared/contract/reviews.ts'
import type { Bench } from './benches.ts'
import { sendJson } from './client.ts'
import { atLeast, atMost, percentile } from './result.ts'
import type { Person, World } from './world.ts'

type Page = { items: unknown[]; nextCursor: string | null }

/** How far each walk pages before it begins again with the next order. */
const depth = 40
const rounds = 6
const clients = 8
const loadMs = 10_000

/** Pages of 50 in every order, from the first to the fortieth, undecided and decided alike. */
export const list: Bench = async (world) => {
  const people = await world.people('reviewer', clients)
  await walk(world, people[0]!)
  const samples: number[] = []
  for (let round = 0; round < rounds; round += 1) samples.push(...(await walk(world, people[0]!)))

  const until = performance.now() + loadMs
  const counts = await Promise.all(people.map((person) => walkUntil(world, person, until)))
  const rate = counts.reduce((sum, count) => sum + count, 0) / (loadMs / 1_000)
  const detail = `${world.posts.toLocaleString('en')} posts, ${samples.length} pages`
  return [
    atMost(5, { name: 'list p50', value: percentile(samples, 0.5), unit: 'ms', detail }),
    atMost(20, { name: 'list p99', value: percentile(samples, 0.99), unit: 'ms', detail }),
    atLeast(500, { name: 'list 8 clients', value: rate, unit: 'requests/s' }),
  ]
}

async function walk(world: World, person: Person): Promise<number[]> {
  const samples: number[] = []
  for (const state of ['', '&state=decided']) {
    for (const sort of ReviewSort.options) {
      let cursor: string | null = ''
      for (let page = 0; page < depth && cursor !== null; page += 1) {
        const { body, ms }: { body: Page; ms: number } = await get(world, person, sort, state, cursor)
        samples.push(ms)
        cursor = body.nextCursor
      }
    }
  }
  return samples
}

async function walkUntil(world: World, person: Person, until: number): Promise<number> {
  let count = 0
  while (performance.now() < until) {
    for (const sort of ReviewSort.options) {
      let cursor: string | null = ''
      for (let page = 0; page < depth && cursor !== null && performance.now() < until; page += 1) {
        const { body }: { body: Page } = await get(world, person, sort, '', cursor)
        cursor = body.nextCursor
        count += 1
      }
    }
  }
  return count
}

function get(world: World, person: Person, sort: string, state: string, cursor: string) {
  const at = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
  return sendJson<Page>(`${world.url}/api/v1/reviews?sort=${sort}&limit=50${state}${at}`, person.headers)
}
