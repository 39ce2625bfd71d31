import { sendJson } from './client.ts'
import { percentile } from './result.ts'
import type { Person, World } from './world.ts'

export type Asked = { name: string; query: string }
type Count = { value: number; exact: boolean }
export type Sample = { name: string; ms: number; count: Count | null }
type Page = { items: unknown[]; nextCursor: string | null; count: Count | null }

/** The first page of each list, with its count, and the second. */
export async function askInTurn(world: World, { headers }: Person, asked: Asked[]): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const { name, query } of asked) {
    const url = `${world.url}/api/v1/reviews?${new URLSearchParams(query)}`
    const first = await sendJson<Page>(url, headers)
    samples.push({ name, ms: first.ms, count: first.body.count })
    const { nextCursor } = first.body
    if (!nextCursor) continue
    const second = await sendJson<Page>(`${url}&cursor=${encodeURIComponent(nextCursor)}`, headers)
    samples.push({ name, ms: second.ms, count: null })
  }
  return samples
}

/** The list that takes longest, by the middle of its samples, and how much it holds. */
export function describeSlowest(samples: Sample[], hits: Map<string, number>): { value: number; detail: string } {
  const byName = Map.groupBy(samples, ({ name }) => name)
  const medians = Array.from(byName, ([name, of]) => {
    const times = of.map(({ ms }) => ms)
    return { name, value: percentile(times, 0.5) }
  })
  const { name, value } = medians.reduce((a, b) => (a.value > b.value ? a : b))
  return { value, detail: `${name}: ${(hits.get(name) ?? 0).toLocaleString('en')} hits` }
}
