import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeDataFolder } from '#server/db/cluster.ts'
import { connect } from '#server/db/connect.ts'
import { type Embedded, startEmbedded } from '#server/db/embedded.ts'
import { testDb } from '#test/support/db.ts'
import { docket, docketCramped, freePort } from './cli.ts'
import { buildLines, createSender, sendLines } from './sender.ts'

let folder: string
let server: ReturnType<typeof docket> | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-outage-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  server?.child.kill('SIGKILL')
  await server?.ended
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))

async function start({ appUrl, ownerUrl }: { appUrl: string; ownerUrl: string }, run = docket) {
  const port = await freePort()
  const env = { DOCKET_DATA: join(folder, 'data'), PORT: port, LOG_LEVEL: 'silent' }
  server = run({ ...env, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }, 'start', '--api-only')
  await server.says('Docket is on')
  const db = connect(appUrl, { max: 1 })
  const headers = await createSender(db)
  await db.destroy()
  return { url: `http://127.0.0.1:${port}`, headers }
}

describe('a server whose database is restarted under load', { timeout: 120_000 }, () => {
  const dataDir = () => join(folder, 'postgres')
  let postgres: Embedded
  beforeAll(async () => {
    postgres = await startEmbedded({ dataDir: dataDir(), durable: false })
  })
  afterAll(async () => {
    await postgres.stop()
    await removeDataFolder(dataDir())
  })

  it('refuses clearly, keeps running and goes on by itself', async () => {
    const { url, headers } = await start(postgres)
    const answers: { at: number; status: number; code: string | null; ms: number }[] = []
    let isOver = false
    const ask = async () => {
      while (!isOver) {
        const at = performance.now()
        const response = await fetch(`${url}/api/v1/reviews`, { headers })
        const { code = null } = (await response.json()) as { code?: string }
        answers.push({ at, status: response.status, code, ms: performance.now() - at })
        await sleep(5)
      }
    }
    const batches: ReturnType<typeof sendLines>[] = []
    const send = async () => {
      while (!isOver) {
        const batch = sendLines(url, headers, buildLines(40))
        batches.push(batch)
        await batch.ended
        await sleep(20)
      }
    }
    const load = [ask(), ask(), ask(), send(), send()]
    await sleep(500)
    const stoppedAt = performance.now()
    await postgres.stop()
    await sleep(700)
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    postgres = await startEmbedded({ dataDir: dataDir(), durable: false })
    const startedAt = performance.now()
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 10_000 }).toBe(200)
    await sleep(1_000)
    isOver = true
    await Promise.all(load)

    const refusals = answers.filter(({ status }) => status !== 200)
    expect(new Set(refusals.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['503 not_ready']))
    const isUndisturbed = ({ at, ms }: (typeof answers)[number]) => at + ms < stoppedAt || at > startedAt + 500
    expect(answers.filter(isUndisturbed).every(({ status }) => status === 200)).toBe(true)
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(10_000)
    const refusedLines = new Set(batches.flatMap(({ refused }) => refused))
    expect([...refusedLines].filter((code) => code !== 'not_ready')).toEqual([])
    expect(batches.at(-1)?.kept.size).toBe(40)

    const kept = batches.flatMap((batch) => [...batch.kept.values()])
    const events = await fetch(`${url}/api/v1/events?kind=flag.received&limit=1`, { headers })
    expect(((await events.json()) as { count: { value: number } }).count.value).toBeGreaterThanOrEqual(kept.length)
  })
})

describe('a server whose disk is full', { timeout: 60_000 }, () => {
  it('refuses a file by that reason, keeps no part of it, and takes what has room', async () => {
    const t = await testDb()
    const { url, headers } = await start(t, docketCramped)
    const upload = async (bytes: Buffer) => {
      const form = new FormData()
      form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'clip.gif')
      const response = await fetch(`${url}/api/v1/media`, { method: 'POST', body: form, headers })
      return { status: response.status, body: (await response.json()) as { code?: string } }
    }
    const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64')
    expect(await upload(Buffer.concat([picture, randomBytes(4_000_000)]))).toMatchObject({
      status: 507,
      body: { code: 'storage_full' },
    })
    const files = await readdir(join(folder, 'data', 'media'), { recursive: true, withFileTypes: true })
    expect(files.filter((file) => file.isFile())).toEqual([])
    expect(await t.db.selectFrom('media').selectAll().execute()).toEqual([])
    expect(await upload(picture)).toMatchObject({ status: 201 })
    server?.child.kill('SIGTERM')
    expect(await server?.ended).toMatchObject({ code: 0 })
    await t.drop()
  })

  it('refuses flags while the database has no room, and keeps none by half', async () => {
    const t = await testDb()
    const { url, headers } = await start(t)
    await sql`create function fill_disk() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`.execute(t.owner)
    await sql`create trigger full_disk after insert on flag execute function fill_disk()`.execute(t.owner)
    const lines = buildLines(30)
    const refused = sendLines(url, headers, lines)
    await refused.ended
    expect(new Set(refused.refused)).toEqual(new Set(['storage_full']))
    expect(await t.db.selectFrom('post').selectAll().execute()).toEqual([])
    const one = await fetch(`${url}/api/v1/flags`, {
      method: 'POST',
      body: lines[0]!.text,
      headers: { ...headers, 'content-type': 'application/json' },
    })
    expect(one.status).toBe(507)
    await sql`drop trigger full_disk on flag`.execute(t.owner)
    const again = sendLines(url, headers, lines)
    await again.ended
    expect(again.kept.size).toBe(30)
    await t.drop()
  })
})
