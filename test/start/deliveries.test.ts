import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '#server/db/connect.ts'
import { insertReceiver, insertSecret } from '#server/features/delivery/receivers/receivers.queries.ts'
import { testDb } from '#test/support/db.ts'
import { createAccount, createDecision, createReview } from '#test/support/factories.ts'
import { isSignedWith, useReceiver } from '#test/support/receiver.ts'
import { docket, freePort } from './cli.ts'

const secret = 'a secret of at least some length'

describe('servers that send deliveries', { timeout: 120_000 }, () => {
  const platform = useReceiver()
  const servers: ReturnType<typeof docket>[] = []
  let db: Db
  let drop: () => Promise<unknown>
  let env: Record<string, string>
  let folder: string

  beforeAll(async () => {
    const test = await testDb()
    db = test.db
    drop = test.drop
    folder = await mkdtemp(join(tmpdir(), 'docket-deliveries-'))
    env = {
      DATABASE_URL: test.appUrl,
      DATABASE_OWNER_URL: test.ownerUrl,
      DOCKET_DATA: join(folder, 'data'),
      PRIVATE_HOSTS: '127.0.0.1',
      LOG_LEVEL: 'error',
    }
    await db.transaction().execute(async (tx) => {
      const id = crypto.randomUUID()
      const now = new Date()
      const input = { name: 'VK', url: platform.url, platforms: [], sources: [], isActive: true }
      await insertReceiver(tx, id, input, now)
      await insertSecret(tx, id, secret, { now, oldEndsAt: now })
    })
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      if (server.child.exitCode === null) server.child.kill('SIGKILL')
      await server.ended
    }
  })
  afterAll(async () => {
    await drop()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  async function start() {
    const server = docket({ ...env, PORT: await freePort() }, 'start', '--api-only')
    servers.push(server)
    await server.says('Docket is on http://127.0.0.1')
    return server
  }

  /** Decisions whose undo window is over: so many on each of so many accounts, in turn. */
  async function decide(accounts: number, each: number) {
    const made: string[][] = []
    for (let index = 0; index < accounts; index += 1) {
      const account = await createAccount(db)
      const ids: string[] = []
      for (let nth = 0; nth < each; nth += 1) {
        const review = await createReview(db, { account_id: account.id })
        const measures = [{ target: 'account', kind: 'limit' } as const]
        ids.push((await createDecision(db, { review_id: review.id, measures })).id)
      }
      made.push(ids)
    }
    const ids = made.flat()
    await db.updateTable('measure').set({ began_at: null }).where('decision_id', 'in', ids).execute()
    await db.updateTable('outbox').set({ state: 'pending' }).where('decision_id', 'in', ids).execute()
    return made
  }

  async function untilDelivered(count: number) {
    for (;;) {
      const rows = await db.selectFrom('delivery').select('id').where('state', '=', 'delivered').execute()
      if (rows.length >= count) return
      await sleep(100)
    }
  }

  it('send each once, two of them, in the order of every account', async () => {
    const made = await decide(20, 4)
    await Promise.all([start(), start()])
    await untilDelivered(80)
    const sent = platform.received.map(({ body }) => body.decision.id)
    expect(sent.toSorted()).toEqual(made.flat().toSorted())
    for (const ids of made) expect(sent.filter((id) => ids.includes(id))).toEqual(ids)
    expect(platform.received.every((message) => isSignedWith(secret, message))).toBe(true)
  })

  it('are killed in the middle of one, and the next sends it under the same event id', async () => {
    platform.reply((_message, nth) => (nth === 1 ? () => {} : { answer: { answer: 'done' } }))
    const [[decisionId]] = (await decide(1, 1)) as [[string]]
    const first = await start()
    await platform.until(1)
    first.child.kill('SIGKILL')
    await first.ended
    const before = await db.selectFrom('delivery').selectAll().where('decision_id', '=', decisionId).executeTakeFirst()
    expect(before).toMatchObject({ state: 'sending', attempts: 1 })
    // As when the time is over in which the killed one could still have finished.
    await db.updateTable('delivery').set({ next_at: new Date() }).where('decision_id', '=', decisionId).execute()
    await start()
    await platform.until(2)
    const [one, two] = platform.received.map(({ headers }) => headers['docket-event-id'])
    expect(two).toBe(one)
    expect(platform.received[1]!.raw).toBe(platform.received[0]!.raw)
    await untilDelivered(81)
    const account = await db
      .selectFrom('account')
      .innerJoin('decision', 'decision.account_id', 'account.id')
      .select('account.status')
      .where('decision.id', '=', decisionId)
      .executeTakeFirst()
    expect(account?.status).toBe('limited')
  })

  it('put back what they were sending when they are stopped in good order', async () => {
    platform.reply((_message, nth) => (nth === 1 ? () => {} : {}))
    const [[decisionId]] = (await decide(1, 1)) as [[string]]
    const server = await start()
    await platform.until(1)
    server.child.kill('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0 })
    const after = await db.selectFrom('delivery').selectAll().where('decision_id', '=', decisionId).executeTakeFirst()
    expect(after).toMatchObject({ state: 'pending', attempts: 1, last_error: null })
  })
})
