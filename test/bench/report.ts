import type { Report } from '#shared/contract/reports.ts'
import type { Bench } from './benches.ts'
import { sendJson } from './client.ts'
import { seedHistory } from './report-history.ts'
import { atMost, percentile } from './result.ts'

const rounds = 5

/** Every figure of the Reports screen over a year, whole and filtered, as a supervisor's browser asks for it. */
export const report: Bench = async (world) => {
  await seedHistory(world.db)
  const [supervisor] = await world.people('supervisor', 1)
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  const year = `from=${day(364)}&to=${day(0)}`
  const asked = {
    'a year': year,
    'a year by language': `${year}&by=language`,
    'a year of one queue': `${year}&queue=hate`,
    'a year of two clauses in one language': `${year}&clause=abuse.insult&clause=hate.incitement&language=en`,
    'half a year against the half before': `from=${day(182)}&to=${day(0)}&againstFrom=${day(365)}&againstTo=${day(183)}`,
    'a month': `from=${day(29)}&to=${day(0)}`,
  }
  const ask = (query: string) => sendJson<Report>(`${world.url}/api/v1/reports?${query}`, supervisor!.headers)
  const first = await ask(year)
  const { figures } = first.body
  const times: { name: string; ms: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, query] of Object.entries(asked)) times.push({ name, ms: (await ask(query)).ms })
  }
  const of = (name: string) =>
    percentile(
      times.filter((each) => each.name === name).map(({ ms }) => ms),
      0.5,
    )
  const slowest = Object.keys(asked).toSorted((a, b) => of(b) - of(a))[0]!
  const rows = await ask(`${year}&seq=${first.body.seq}`)
  if (rows.body.hash !== first.body.hash) throw new Error('The same report has another hash.')
  const counted = [figures.flags, figures.reviews, figures.decisions].map((n) => n.toLocaleString('en'))
  return [
    atMost(300, {
      name: 'report',
      value: of('a year'),
      unit: 'ms',
      detail: `a year: ${counted[0]} flags, ${counted[1]} reviews, ${counted[2]} decisions; the first time ${first.ms.toFixed(0)} ms`,
    }),
    atMost(300, { name: 'report slowest query p50', value: of(slowest), unit: 'ms', detail: slowest }),
  ]
}
