import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeDataFolder } from '#server/db/cluster.ts'
import { connect } from '#server/db/connect.ts'
import { openCommandDatabase } from '#server/db/open-database.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { docket, freePort } from './cli.ts'
import { buildLines, sendLines } from './sender.ts'

const kills = 20
/** More than are kept in one go, so that some are acknowledged while others are still to be. */
const linesEach = 1_600

describe('docket start', { timeout: 240_000 }, () => {
  let dataDir: string
  let url: string
  let env: Record<string, string>
  let headers: Record<string, string>
  let server: ReturnType<typeof docket> | undefined

  beforeAll(async () => {
    const parent = await mkdtemp(join(tmpdir(), 'docket-kill-'))
    await chmod(parent, 0o755)
    dataDir = join(parent, 'data')
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    env = { DOCKET_DATA: dataDir, PORT: port, LOG_LEVEL: 'error' }
    const sender = ['sender', '--role', 'reviewer', '--source', 'vk-intake', '--kind', 'user_report']
    const { out } = await docket(env, 'key', 'add', ...sender).ended
    headers = { authorization: `Bearer ${out.trim()}` }
  }, 60_000)
  afterEach(async () => {
    if (server?.child.exitCode === null) server.child.kill('SIGKILL')
    await server?.ended
  })
  afterAll(async () => {
    await removeDataFolder(dataDir)
    await rm(join(dataDir, '..'), { recursive: true, maxRetries: 20, retryDelay: 100 })
  })

  async function start() {
    server = docket(env, 'start', '--api-only')
    await server.says('Docket is on')
    return server
  }

  /** The whole of PostgreSQL at once, as when the power fails. */
  async function killPostgres() {
    const [pid] = (await readFile(await postmasterFile(), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
  }

  async function postmasterFile() {
    const { cluster } = JSON.parse(await readFile(join(dataDir, 'database.json'), 'utf8')) as { cluster: string }
    return join(cluster.startsWith('/') ? cluster : join(dataDir, cluster), 'postmaster.pid')
  }

  it(`loses nothing it has acknowledged and leaves nothing half when killed ${kills} times in mid-batch`, async () => {
    const kept = new Map<string, string>()
    let broken = 0
    for (let kill = 0; kill < kills; kill += 1) {
      const { child, ended } = await start()
      const batch = sendLines(url, headers, buildLines(linesEach))
      // Every third before anything was acknowledged, the others while the rest is under way, however fast the machine.
      if (kill % 3 > 0) await batch.begun
      await sleep(Math.random() * 100)
      if (kill % 2 === 1) await killPostgres()
      child.kill('SIGKILL')
      await ended
      if (!(await batch.ended)) broken += 1
      for (const [externalId, { flagId }] of batch.kept) kept.set(externalId, flagId)
    }
    expect(broken).toBeGreaterThan(kills / 2)
    expect(kept.size).toBeGreaterThan(linesEach)

    await start()
    const found = await inspect(dataDir)
    expect(found.halves).toEqual([])
    const lost = [...kept].filter(([externalId, flagId]) => found.flags.get(externalId) !== flagId)
    expect(lost).toEqual([])
  })

  it('ends the batch it is at, when asked to end, and takes no more', async () => {
    const { child, ended } = await start()
    const lines = buildLines(linesEach)
    const batch = sendLines(url, headers, lines)
    await batch.begun
    child.kill('SIGTERM')
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          () => true,
          () => false,
        ),
      )
      .toBe(false)
    expect(await batch.ended).toBe(true)
    expect(batch.kept.size).toBe(linesEach)
    expect(await ended).toMatchObject({ code: 0, err: '' })
    await start()
    expect((await inspect(dataDir)).halves).toEqual([])
    const again = sendLines(url, headers, lines)
    await again.ended
    expect([...again.kept.values()].every(({ isDuplicate }) => isDuplicate)).toBe(true)
  })
})

/** What is in the database, and what is there by half: a flag without its review or event, a count that does not add up. */
async function inspect(dataDir: string) {
  const database = await openCommandDatabase({ databaseUrl: null, databaseOwnerUrl: null, dataDir }, 'test')
  const db = connect(database.ownerUrl, { max: 1 })
  try {
    await sealEvents(db)
    const { rows } = await sql<Record<string, number>>`select
      (select count(*) from flag) - (select count(*) from event where kind = 'flag.received') as "flags without event",
      (select count(*) from review) - (select count(*) from event where kind = 'review.opened') as "reviews without event",
      (select count(*) from snapshot) - (select count(*) from event where kind = 'snapshot.taken') as "snapshots without event",
      (select count(*) from review where flag_count <> (select count(*) from flag where review_id = review.id)) as "wrong counts",
      (select count(*) from post where current_snapshot_id is null) as "posts without snapshot",
      (select count(*) from post where not exists (select from review where post_id = post.id)) as "posts without review",
      (select count(*) from account where not exists (select from post where account_id = account.id)) as "accounts without post",
      (select max(seq) from event_seq) - (select count(*) from event_seq) as "gaps in the log",
      (select count(*) from event) - (select count(*) from event_seq) as "events not in the log"`.execute(db)
    const flags = await db.selectFrom('flag').select(['external_id', 'id']).execute()
    return {
      halves: Object.entries(rows[0]!).filter(([, count]) => count !== 0),
      flags: new Map(flags.map((flag) => [flag.external_id, flag.id])),
    }
  } finally {
    await db.destroy()
    await database.close()
  }
}
