import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { receiveFlags } from '../receive-flags.ts'
import { contentSha256, excerptOf, type FrozenSnapshot, snapshotSha256 } from './snapshot.ts'

const t = useTestApi()

const snapshot: FrozenSnapshot = {
  postId: 'p',
  accountId: 'a',
  caption: 'é\u2028"',
  language: null,
  claimedPlace: null,
  reach: 12,
  url: null,
  context: [],
  media: [],
  accountState: { status: 'active', handle: 'h', displayName: null },
  source: { kind: 'user_report', name: 's' },
  capturedAt: new Date('2026-07-02T12:00:00Z'),
  raw: '{}',
}

describe('snapshotSha256', () => {
  it('is the SHA-256 of the canonical JSON that anybody can write down', () => {
    const canonical =
      '{"accountId":"a","accountState":{"displayName":null,"handle":"h","status":"active"},' +
      '"caption":"é\u2028\\"","capturedAt":"2026-07-02T12:00:00.000Z","claimedPlace":null,"context":[],' +
      '"language":null,"media":[],"postId":"p","raw":"{}","reach":12,"source":{"kind":"user_report","name":"s"},' +
      '"url":null}'
    expect(snapshotSha256(snapshot)).toBe(createHash('sha256').update(canonical).digest('hex'))
  })

  it('can be computed again from what is stored', async () => {
    const body = buildFlagBody({
      post: {
        externalId: 'frozen',
        caption: 'Вот мой паспорт.\r\n\te\u0301 👩🏽‍🚀',
        claimedPlace: 'Mosul',
        reach: 3_000_000_000,
        url: 'https://example.org/wall-1',
        context: [{ text: 'Before' }, { author: 'x', text: 'Then' }],
        media: [
          { url: 'https://example.org/1.jpg', caption: 'One', name: '1.jpg' },
          { url: 'https://example.org/2', kind: 'video' },
        ],
      },
      account: { displayName: 'Артём', status: 'limited' },
    })
    await receiveFlags(t.deps, { by: null, flags: [sent(body)], now: new Date('2026-07-02T12:00:00.123Z') })

    const [review] = await reviewsOfPost(t.db, 'frozen')
    const row = await t.db
      .selectFrom('snapshot')
      .selectAll()
      .where('id', '=', review!.snapshot_id)
      .executeTakeFirstOrThrow()
    const media = await t.db
      .selectFrom('post_media')
      .select(['kind', 'sha256', 'url', 'name', 'caption'])
      .where('snapshot_id', '=', row.id)
      .orderBy('position')
      .execute()
    const stored: FrozenSnapshot = {
      postId: row.post_id,
      accountId: row.account_id,
      caption: row.caption,
      language: row.language,
      claimedPlace: row.claimed_place,
      reach: row.reach,
      url: row.url,
      context: row.context,
      media,
      accountState: row.account_state,
      source: { kind: row.source_kind, name: row.source_name },
      capturedAt: row.captured_at,
      raw: row.raw,
    }
    expect(media).toHaveLength(2)
    expect(snapshotSha256(stored)).toBe(row.sha256)
    expect(snapshotSha256({ ...stored, caption: stored.caption.normalize('NFC') })).not.toBe(row.sha256)
  })
})

describe('contentSha256', () => {
  it('tells apart what a reviewer could tell apart', () => {
    const content = { caption: 'x', claimedPlace: null, context: [], media: [] }
    const picture = { kind: 'image' as const, sha256: 'a'.repeat(64), url: null, caption: null }
    const other = { ...picture, sha256: 'b'.repeat(64) }
    const hashes = [
      content,
      { ...content, caption: 'x ' },
      { ...content, claimedPlace: 'Mosul' },
      { ...content, media: [picture, other] },
      { ...content, media: [other, picture] },
    ].map(contentSha256)
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('excerptOf', () => {
  it('puts a caption on one line and cuts no character in half', () => {
    expect(excerptOf('  one\r\n\ttwo  ')).toBe('one two')
    expect(excerptOf('😀'.repeat(400))).toBe('😀'.repeat(300))
    expect(excerptOf(`${'x'.repeat(1_199)}😀`).isWellFormed()).toBe(true)
  })
})
