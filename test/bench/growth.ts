import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { readConfig } from '#server/config.ts'
import type { Db } from '#server/db/connect.ts'
import { openCommandDatabase } from '#server/db/open-database.ts'
import type { Database } from '#server/db/schema.ts'
import { decideReview } from '#server/features/review/decisions/decide-review.ts'
import { takeNext } from '#server/features/review/lease/take-next.ts'
import { findReviews } from '#server/features/review/list/list.queries.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import { type Deps, defaultSettings } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { DecisionInput } from '#shared/contract/decisions.ts'
import { listReviews, ReviewSort, takeNext as takeNextEndpoint } from '#shared/contract/reviews.ts'
import type { Bench } from './benches.ts'
import { atMost } from './result.ts'
import { openWorld, type World } from './world.ts'

const decisions = 20
const most = 1.5

/** Pages that PostgreSQL reads for one list, one take and one decision: here, and in a world with a tenth of the posts. */
export const growth: Bench = async (world) => {
  const large = await countPages(world)
  const tenth = await openWorld({ posts: Math.round(world.posts / 10), captions: world.captions })
  try {
    const small = await countPages(tenth)
    return (['list', 'take', 'decide'] as const).map((name) =>
      atMost(most, {
        name: `growth ${name}`,
        value: large[name] / small[name],
        unit: '×',
        detail: `${small[name].toFixed(1)} pages at ${tenth.posts.toLocaleString('en')} posts, ${large[name].toFixed(1)} at ${world.posts.toLocaleString('en')}`,
      }),
    )
  } finally {
    await tenth.close()
  }
}

async function countPages(world: World) {
  const opened = await openCommandDatabase({ ...readConfig(), dataDir: world.dataDir }, 'bench')
  const [person] = await world.people('supervisor', 1)
  const looking = connectLooking(opened.ownerUrl)
  try {
    const reader: Caller = { id: person!.id, name: '', email: '', role: 'supervisor', key: null, scope: everything }
    const list = await countList(looking, reader)
    const { take, decide } = await countDecisions(looking, reader)
    return { list, take, decide }
  } finally {
    await looking.db.destroy()
    await opened.close()
  }
}

type Looking = { db: Db; pages: () => Promise<number> }

/** The first two pages in each order, with their count, waiting and decided. */
async function countList({ db, pages }: Looking, reader: Caller): Promise<number> {
  let lists = 0
  await pages()
  for (const state of [{}, { state: 'decided' }]) {
    for (const sort of ReviewSort.options) {
      const ask = (cursor: object) => findReviews(db, listReviews.query.parse({ ...state, sort, ...cursor }), reader)
      const { nextCursor } = await ask({})
      if (nextCursor) await ask({ cursor: nextCursor })
      lists += 2
    }
  }
  return (await pages()) / lists
}

async function countDecisions({ db, pages }: Looking, caller: Caller) {
  const deps = { db, now: () => new Date(), settings: { ...defaultSettings, publicUrl: '' } } as unknown as Deps
  const sums = { take: 0, decide: 0 }
  for (let n = 0; n < decisions; n += 1) {
    await pages()
    const body = takeNextEndpoint.body.parse({ clientId: randomUUID(), filter: {} })
    const { items } = await takeNext(deps, caller, body)
    sums.take += await pages()
    const { reviewId, version } = items[0]!
    const { snapshot_id } = await db
      .selectFrom('review')
      .select('snapshot_id')
      .where('id', '=', reviewId)
      .executeTakeFirstOrThrow()
    await pages()
    const outcome = {
      outcome: 'no_violation',
      clause: null,
      exemption: null,
      measures: [],
      rationale: '',
      handlingMs: 0,
    }
    const input = DecisionInput.parse({ clientId: randomUUID(), version, snapshotId: snapshot_id, ...outcome })
    await decideReview(deps, caller, reviewId, input)
    sums.decide += await pages()
  }
  return { take: sums.take / decisions, decide: sums.decide / decisions }
}

type Plan = { Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }

/** One connection that has each statement explained before it is run; `pages` tells the sum since it was last asked. */
function connectLooking(url: string): Looking {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  let read = 0
  let isInside = false
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (text: unknown, values?: unknown) => Promise<pg.QueryResult>
    client.query = (async (text: unknown, values?: unknown) => {
      if (text === 'begin') isInside = true
      if (text === 'commit' || text === 'rollback') isInside = false
      if (typeof text === 'string' && /^\s*(select|with|insert|update|delete)/i.test(text)) {
        if (isInside) await query('savepoint looked')
        const { rows } = await query(`explain (analyze, buffers, format json) ${text}`, values)
        const { Plan } = (rows[0]['QUERY PLAN'] as [Plan])[0]
        read += Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
        if (isInside) await query('rollback to savepoint looked')
      }
      return query(text, values)
    }) as typeof client.query
  })
  const pages = async () => {
    const sum = read
    read = 0
    return sum
  }
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pages }
}
