import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Bench } from './benches.ts'
import { send, sendJson } from './client.ts'
import { atLeast, atMost, percentile } from './result.ts'
import type { Person, World } from './world.ts'

const reviewers = 50
const runMs = 15_000
const thoughtMs = 1_000

/** Take the next, decide it, log it, over HTTP: fifty reviewers without pause, then with a second of thought. */
export const decide: Bench = async (world) => {
  const people = await world.people('reviewer', reviewers)
  const snapshots = await findSnapshots(world)
  const before = await countDecisions(world)
  const hurried = await decideFor({ world, people, snapshots, pause: 0 })
  const thoughtful = await decideFor({ world, people, snapshots, pause: thoughtMs })
  const added = (await countDecisions(world)) - before
  const twice = await sql<{ n: number }>`
    select count(*) as n from (select review_id from decision where supersedes_id is null group by 1 having count(*) > 1) d`.execute(
    world.db,
  )
  return [
    atLeast(300, { name: 'decide without pause', value: hurried.length / (runMs / 1_000), unit: 'decisions/s' }),
    atMost(50, {
      name: 'decide p99 with thought',
      value: percentile(thoughtful, 0.99),
      unit: 'ms',
      detail: `${thoughtful.length} decisions`,
    }),
    atMost(0, {
      name: 'decided twice',
      value: (twice.rows[0]?.n ?? 0) + Math.abs(added - hurried.length - thoughtful.length),
      unit: 'reviews',
      detail: `${added} decisions in the database`,
    }),
  ]
}

type Run = { world: World; people: Person[]; snapshots: Map<string, string>; pause: number }

async function decideFor({ world, people, snapshots, pause }: Run): Promise<number[]> {
  const until = performance.now() + runMs
  const samples = await Promise.all(
    people.map(async (person, index) => {
      const mine: number[] = []
      await sleep((index / people.length) * pause)
      while (performance.now() < until) {
        const took = await decideNext(world, person, snapshots, pause)
        if (took !== null) mine.push(took)
      }
      return mine
    }),
  )
  return samples.flat()
}

type Taken = { items: { reviewId: string; version: number }[] }

/** Milliseconds the decision took, without the thought; null when somebody else was first. */
async function decideNext(
  world: World,
  person: Person,
  snapshots: Map<string, string>,
  pause: number,
): Promise<number | null> {
  const reviews = `${world.url}/api/v1/reviews`
  const next = await sendJson<Taken>(`${reviews}/next`, person.headers, {
    method: 'POST',
    body: { clientId: randomUUID(), filter: {} },
  })
  const taken = next.body.items[0]
  if (!taken) throw new Error('Nothing is left to decide: seed again.')
  await sleep(pause)
  const reply = await send(`${reviews}/${taken.reviewId}/decisions`, person.headers, {
    method: 'POST',
    body: {
      clientId: randomUUID(),
      version: taken.version,
      snapshotId: snapshots.get(taken.reviewId),
      outcome: 'no_violation',
      clause: null,
      exemption: null,
      measures: [],
      rationale: '',
      handlingMs: pause,
    },
  })
  if (reply.status === 409) return null
  if (reply.status !== 201) throw new Error(`${reply.status}: ${reply.body.toString().slice(0, 300)}`)
  return reply.ms
}

/** What a reviewer sees with the review; looked up before, so that only taking and deciding are measured. */
async function findSnapshots(world: World): Promise<Map<string, string>> {
  const rows = await world.db.selectFrom('review').select(['id', 'snapshot_id']).where('state', '=', 'open').execute()
  return new Map(rows.map((row) => [row.id, row.snapshot_id]))
}

async function countDecisions(world: World): Promise<number> {
  const { n } = await world.db.selectFrom('decision').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return n
}
