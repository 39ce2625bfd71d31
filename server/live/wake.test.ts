import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createWake, type Wake } from './wake.ts'

let t: TestDb
let url: string
beforeAll(async () => {
  t = await testDb()
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(t.db)
  const own = new URL(inject('appUrl'))
  own.pathname = `/${rows[0]!.name}`
  url = own.href
})
afterAll(() => t.drop())

async function listening(): Promise<{ wake: Wake; heard: () => number }> {
  const wake = createWake(url, { retryMs: 20 })
  let count = 0
  wake.onWake(() => {
    count += 1
  })
  await vi.waitFor(() => expect(count).toBe(1))
  return { wake, heard: () => count }
}

describe('wake', () => {
  it('tells every process once for many calls in a row', async () => {
    const [here, there] = [await listening(), await listening()]
    for (let n = 0; n < 50; n += 1) here.wake.wake()
    await vi.waitFor(() => expect([here.heard(), there.heard()]).toEqual([2, 2]))
    await sleep(60)
    expect([here.heard(), there.heard()]).toEqual([2, 2])
    await here.wake.close()
    await there.wake.close()
  })

  it('tells again after the connection was lost', async () => {
    const { wake, heard } = await listening()
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'docket wake'`.execute(t.owner)
    await vi.waitFor(() => expect(heard()).toBe(2))
    wake.wake()
    await vi.waitFor(() => expect(heard()).toBe(3))
    await wake.close()
  })

  it('tells its own process when the database cannot be reached', async () => {
    const unreachable = new URL(url)
    unreachable.pathname = '/nowhere'
    const wake = createWake(unreachable.href, { retryMs: 20 })
    const listener = vi.fn()
    wake.onWake(listener)
    wake.wake()
    await vi.waitFor(() => expect(listener).toHaveBeenCalled())
    await wake.close()
  })
})
