import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connect, type Db } from '#server/db/connect.ts'
import { appendEvents, sealEvents } from '#server/features/audit/audit.queries.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { startSealer } from './seal-events.ts'

const log = pino({ level: 'silent' })
const subjects = ['a', 'b', 'c', 'd', 'e', 'f']

let t: TestDb
/** Each sealer's own connection, as in a process of its own. */
let sealing: Db[]
beforeAll(async () => {
  t = await testDb()
  const rows = subjects.map((key) => ({ key, value: JSON.stringify({ version: 0 }) }))
  await t.db.insertInto('setting').values(rows).execute()
  const { rows: found } = await sql<{ name: string }>`select current_database() as name`.execute(t.db)
  const url = new URL(inject('appUrl'))
  url.pathname = `/${found[0]!.name}`
  sealing = [connect(url.href, { max: 1 }), connect(url.href, { max: 1 })]
})
afterAll(async () => {
  for (const db of sealing) await db.destroy()
  await t.drop()
})

type Act = { on: string[]; events: number; beforeMs: number; insideMs: number; rollsBack: boolean }

const act = fc.record<Act>({
  on: fc.uniqueArray(fc.constantFrom(...subjects), { minLength: 1, maxLength: 3 }),
  events: fc.integer({ min: 1, max: 3 }),
  beforeMs: fc.integer({ min: 0, max: 8 }),
  insideMs: fc.integer({ min: 0, max: 12 }),
  rollsBack: fc.boolean(),
})

class RolledBack extends Error {}

/** As a use case does it: locks its subjects, sorted, before the first write; then raises their versions. */
async function perform({ on, events, beforeMs, insideMs, rollsBack }: Act): Promise<number> {
  await sleep(beforeMs)
  const work = t.db.transaction().execute(async (tx) => {
    for (const key of on.toSorted()) {
      await tx.selectFrom('setting').select('key').where('key', '=', key).forUpdate().execute()
    }
    for (let n = 0; n < events; n += 1) {
      for (const id of on) {
        const { rows } = await sql<{ version: number }>`
          update setting set value = jsonb_build_object('version', (value ->> 'version')::int + 1)
          where key = ${id} returning (value ->> 'version')::int as version`.execute(tx)
        await appendEvents(tx, [
          { kind: 'test.changed', by: null, subject: { kind: 'test', id, version: rows[0]!.version } },
        ])
      }
      await sleep(insideMs)
    }
    if (rollsBack) throw new RolledBack()
  })
  return work.then(
    () => events * on.length,
    (error) => {
      if (error instanceof RolledBack) return 0
      throw error
    },
  )
}

/** Many events in each of many short transactions. */
async function performBulk(): Promise<number> {
  for (let n = 0; n < 8; n += 1) {
    const bulk = Array.from({ length: 150 }, () => ({
      kind: 'test.imported',
      by: null,
      subject: { kind: 'bulk', id: 'x' },
    }))
    await t.db.transaction().execute((tx) => appendEvents(tx, bulk))
  }
  return 8 * 150
}

/** Writes first and last, and keeps everybody waiting between. */
function performSlowly(ms: number): Promise<number> {
  return t.db.transaction().execute(async (tx) => {
    await appendEvents(tx, [{ kind: 'test.began', by: null, subject: { kind: 'slow', id: 'x', version: 1 } }])
    await sleep(ms)
    await appendEvents(tx, [{ kind: 'test.ended', by: null, subject: { kind: 'slow', id: 'x', version: 2 } }])
    return 2
  })
}

const readLog = (db: Db) =>
  db
    .selectFrom('event_seq')
    .innerJoin('event', 'event.id', 'event_seq.event_id')
    .select(['event_seq.seq', 'event.id', 'event.subject_kind', 'event.subject_id', 'event.subject_version'])
    .orderBy('event_seq.seq')
    .execute()

/** Reads the whole log again and again: it has no gap, and every reading begins with the one before. */
async function watch(isOver: () => boolean) {
  let before: string[] = []
  let readings = 0
  while (!isOver()) {
    const rows = await readLog(t.db)
    const now = rows.map(({ seq, id }) => `${seq}=${id}`)
    expect(rows.at(-1)?.seq ?? 0).toBe(rows.length)
    expect(now.slice(0, before.length)).toEqual(before)
    before = now
    readings += 1
    await sleep(15)
  }
  return readings
}

/** No gap, no event twice, none left out, and each subject's in the order in which they happened. */
async function expectWhole() {
  const sealed = await readLog(t.db)
  expect(sealed.map(({ seq }) => seq)).toEqual(sealed.map((_, index) => index + 1))
  const committed = await t.db.selectFrom('event').select('id').orderBy('id').execute()
  expect(sealed.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(committed.map(({ id }) => id))
  for (const subject of subjects) {
    const events = sealed.filter((event) => event.subject_kind === 'test' && event.subject_id === subject)
    expect(events.map((event) => event.subject_version)).toEqual(events.map((_, index) => index + 1))
  }
}

/** Ends the connections on which something is being sealed. */
const interrupt = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'active'
    and query like 'select * from seal_events()%'`.execute(t.owner)

describe('sealing', () => {
  it('brings every committed event out once, in one order that never changes', async () => {
    let expected = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 4, maxLength: 8 }), { minLength: 4, maxLength: 4 }),
        async (writers) => {
          let isOver = false
          const watching = watch(() => isOver)
          const sealers = [
            startSealer({ db: sealing[0]!, log, everyMs: 7 }),
            startSealer({ db: sealing[1]!, log, everyMs: 11 }),
          ]
          const restart = sleep(40).then(async () => {
            for (let n = 0; n < 20; n += 1) await interrupt()
            await sealers[0]!.stop()
            await sleep(40)
            sealers[0] = startSealer({ db: sealing[0]!, log, everyMs: 5 })
          })
          const written = await Promise.all([
            ...writers.map(async (acts) => {
              let count = 0
              for (const each of acts) count += await perform(each)
              return count
            }),
            performBulk(),
            performSlowly(250),
          ])
          expected += written.reduce((sum, count) => sum + count, 0)
          await restart
          expect((await sealEvents(t.db)).head).toBe(expected)
          isOver = true
          expect(await watching).toBeGreaterThan(2)
          for (const sealer of sealers) await sealer.stop()
          await expectWhole()
        },
      ),
      { numRuns: 4, endOnFailure: true },
    )
  })

  it('waits for no transaction, and numbers its events once it is committed', async () => {
    const { head } = await settle()
    const slow = performSlowly(120)
    await sleep(40)
    await appendEvents(t.db, [{ kind: 'test.quick', by: null, subject: { kind: 'order', id: 'x' } }])
    expect(await sealEvents(t.db)).toEqual({ head: head + 1, sealed: 1 })
    expect(await sealEvents(t.db)).toEqual({ head: head + 1, sealed: 0 })
    await slow
    expect(await sealEvents(t.db)).toEqual({ head: head + 3, sealed: 2 })
    const last = (await readLog(t.db)).slice(-3)
    expect(last.map(({ subject_kind }) => subject_kind)).toEqual(['order', 'slow', 'slow'])
    expect(last[1]!.id).toBeLessThan(last[0]!.id)
  })

  it('refuses inside a transaction that writes', async () => {
    const sealing = t.db.transaction().execute(async (tx) => {
      await appendEvents(tx, [{ kind: 'test.quick', by: null, subject: { kind: 'order', id: 'x' } }])
      await sealEvents(tx)
    })
    await expect(sealing).rejects.toThrow('a transaction of their own')
  })
})

async function settle() {
  const now = await sealEvents(t.db)
  const { count } = await t.db
    .selectFrom('event')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(now.head).toBe(count)
  return now
}

describe("what the server's role may not do to the log", () => {
  const denied = { code: '42501' }
  const event = sql`(kind, subject_kind, subject_id, data`

  it.each([
    ['change an event', sql`update event set kind = 'x'`],
    ['remove an event', sql`delete from event`],
    ['empty the log', sql`truncate event cascade`],
    ['choose the transaction of an event', sql`insert into event ${event}, xid) values ('x', 'x', 'x', '{}', '1')`],
    ['choose the time of an event', sql`insert into event ${event}, at) values ('x', 'x', 'x', '{}', now())`],
    [
      'choose the id of an event',
      sql`insert into event ${event}, id) overriding system value values ('x', 'x', 'x', '{}', 1)`,
    ],
    ['give a number', sql`insert into event_seq values (1000000, 1, now(), 'x', null, 'x', 'x')`],
    ['change a number', sql`update event_seq set seq = seq + 1`],
    ['remove a number', sql`delete from event_seq`],
    ['empty the numbers', sql`truncate event_seq`],
    ['move the sealer', sql`update sealer set last_seq = 0`],
  ])('refuses to %s', async (_, statement) => {
    await expect(statement.execute(t.db)).rejects.toMatchObject(denied)
  })

  it.each([
    ['change an event', sql`update event set kind = 'x'`],
    ['remove an event', sql`delete from event`],
    ['empty the log', sql`truncate event cascade`],
    ['change a number', sql`update event_seq set seq = seq + 1`],
  ])('refuses even its owner to %s', async (_, statement) => {
    await expect(statement.execute(t.owner)).rejects.toMatchObject(denied)
  })
})
