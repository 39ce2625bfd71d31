import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderStore } from '#server/media/store.ts'
import { FlagInput } from '#shared/contract/flags.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { receiveFlags } from './receive-flags.ts'

let t: TestDb
let folder: string
beforeAll(async () => {
  t = await testDb()
  folder = await mkdtemp(join(tmpdir(), 'docket-media-'))
})
afterAll(async () => {
  await t.drop()
  await rm(folder, { recursive: true })
})

describe('receiveFlags', () => {
  it('opens', async () => {
    const now = new Date('2026-07-02T12:00:00Z')
    const mk = (i: number, post = i) => {
      const body = {
        source: { kind: 'user_report', name: 'vk-intake', externalId: `r-${i}` },
        reason: { code: 'hate' },
        flaggedAt: '2026-07-02T10:00:00Z',
        post: { platform: 'vk', externalId: `p-${post}`, caption: `Caption ${post} ${'слово '.repeat(20)}`, language: 'ru' },
        account: { externalId: `a-${post % 100}`, handle: `handle${post % 100}`, status: 'active' },
      }
      return { input: FlagInput.parse(body), raw: JSON.stringify(body) }
    }
    const deps = { db: t.db, mediaStore: folderStore(folder) }
    const t0 = performance.now()
    for (let k = 0; k < 20; k++) {
      const r = await receiveFlags(deps, { by: null, now, flags: Array.from({ length: 500 }, (_, i) => mk(k * 500 + i)) })
      if (k === 0) console.log(r[0])
    }
    console.log('10k new', performance.now() - t0)
    const t1 = performance.now()
    for (let k = 0; k < 20; k++) {
      const r = await receiveFlags(deps, { by: null, now, flags: Array.from({ length: 500 }, (_, i) => mk(k * 500 + i)) })
      if (k === 0) console.log(r[0])
    }
    console.log('10k dup', performance.now() - t1)
    const t2 = performance.now()
    for (let k = 0; k < 20; k++) {
      await receiveFlags(deps, { by: null, now, flags: Array.from({ length: 500 }, (_, i) => mk(20000 + k * 500 + i, 1)) })
    }
    console.log('10k on one', performance.now() - t2)
    console.log(await t.db.selectFrom('review').selectAll().orderBy('flag_count', 'desc').limit(1).execute())
    console.log(await t.db.selectFrom('event').select(['kind']).select((e) => e.fn.countAll().as('n')).groupBy('kind').execute())
    expect(1).toBe(1)
  }, 120000)
})
