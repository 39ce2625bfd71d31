import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { BatchLine } from '#shared/contract/flags.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, reviewsOfPost } from '#test/support/flags.ts'

const t = useTestApi()
const bound = { role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report', 'classifier'] } as const
const key = () => t.key({ ...bound, sources: [...bound.sources], kinds: [...bound.kinds] })
const keyHeaders = () => t.keyHeaders({ ...bound, sources: [...bound.sources], kinds: [...bound.kinds] })

const own = (body: FlagBody): FlagBody => ({
  ...body,
  source: { ...body.source, kind: 'own_initiative', name: 'docket' },
})

describe('POST /flags', () => {
  it('asks who is there', async () => {
    await expect(t.anonymous(api.createFlag, { body: buildFlagBody() })).rejects.toMatchObject({
      status: 401,
      body: { code: 'signed_out' },
    })
  })

  it('refuses an auditor, who changes nothing', async () => {
    await expect(t.as('auditor')(api.createFlag, { body: own(buildFlagBody()) })).rejects.toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })

  it('lets a key speak for its own sources only', async () => {
    const send = key()
    for (const source of [{ name: 'other-intake' }, { kind: 'removal_order' as const }]) {
      await expect(send(api.createFlag, { body: buildFlagBody({ source }) })).rejects.toMatchObject({
        status: 403,
        body: { code: 'source_not_allowed' },
      })
    }
  })

  it('lets a person flag as own initiative only', async () => {
    await expect(t.as('reviewer')(api.createFlag, { body: buildFlagBody() })).rejects.toMatchObject({
      status: 403,
      body: { code: 'source_not_allowed' },
    })
    const result = await t.as('reviewer')(api.createFlag, { body: own(buildFlagBody()) })
    expect(result).toMatchObject({ effect: 'opened', isDuplicate: false })
  })

  it('tells nobody of a review that is not theirs to see', async () => {
    await t.owner
      .updateTable('auth.user')
      .set({ seesAllQueues: false })
      .where('id', '=', t.secondPerson('reviewer').id)
      .execute()
    const result = await t.second('reviewer')(api.createFlag, { body: own(buildFlagBody()) })
    expect(result).toMatchObject({ effect: 'opened', reviewId: null })
    const flag = await t.db
      .selectFrom('flag')
      .select('review_id')
      .where('id', '=', result.flagId)
      .executeTakeFirstOrThrow()
    expect(flag.review_id).toEqual(expect.any(String))
  })

  it('opens a review and keeps the very text that was sent', async () => {
    const body = `{ "extra": 1.0, ${JSON.stringify(buildFlagBody({ post: { externalId: 'verbatim' } })).slice(1)}`
    const headers = { ...(await keyHeaders()), 'content-type': 'application/json' }
    const response = await t.fetch('/api/v1/flags', { method: 'POST', body }, headers)
    expect(response.status).toBe(201)
    const { flagId } = (await response.json()) as { flagId: string }
    const flag = await t.db.selectFrom('flag').selectAll().where('id', '=', flagId).executeTakeFirstOrThrow()
    expect(flag.raw).toBe(body)
    const events = await t.db.selectFrom('event').selectAll().where('subject_id', '=', flagId).execute()
    expect(events).toMatchObject([{ kind: 'flag.received', key_id: expect.any(String) }])
  })

  it.each([
    ['U+0000', 'nul \u0000', 'Contains U+0000, which cannot be stored.'],
    ['a lone surrogate', 'half \ud83d', 'Contains a lone surrogate, which cannot be stored.'],
  ])('refuses %s by its name', async (_name, caption, message) => {
    const body = buildFlagBody({ post: { caption } })
    await expect(key()(api.createFlag, { body })).rejects.toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: 'post.caption', message }] },
    })
  })

  it('says what does not fit', async () => {
    const { platform: _platform, ...account } = buildFlagBody({ post: null }).account
    const body = { ...buildFlagBody({ post: null }), account, flaggedAt: '0001-01-01T00:00:00+14:00' }
    await expect(key()(api.createFlag, { body })).rejects.toMatchObject({
      status: 400,
      body: { issues: [{ path: 'flaggedAt' }, { path: 'account.platform' }] },
    })
  })

  it('refuses what is no JSON, no UTF-8, no gzip, or too large', async () => {
    const headers = { ...(await keyHeaders()), 'content-type': 'application/json' }
    const send = async (body: string | Buffer, more: Record<string, string> = {}) => {
      const init = { method: 'POST', body: body as BodyInit, headers: more }
      const response = await t.fetch('/api/v1/flags', init, headers)
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    expect(await send('{ "source": ')).toEqual([400, 'invalid_request'])
    expect(await send(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual([400, 'invalid_request'])
    expect(await send('{}', { 'content-encoding': 'gzip' })).toEqual([400, 'invalid_request'])
    expect(await send('{}', { 'content-encoding': 'br' })).toEqual([400, 'invalid_request'])
    const unfolding = gzipSync(' '.repeat(api.createFlag.maxBytes + 1))
    expect(await send(unfolding, { 'content-encoding': 'gzip' })).toEqual([413, 'payload_too_large'])
  })

  it('stores a picture that comes inside the flag', async () => {
    const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#a33' } })
      .png()
      .toBuffer()
    const media = [{ base64: picture.toString('base64'), name: 'one.png' }, { url: 'https://example.org/two.jpg' }]
    const { flagId } = await key()(api.createFlag, { body: buildFlagBody({ post: { externalId: 'inline', media } }) })
    const [review] = await reviewsOfPost(t.db, 'inline')
    expect(review).toMatchObject({ media_count: 2, first_media: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const { raw } = await t.db.selectFrom('flag').select('raw').where('id', '=', flagId).executeTakeFirstOrThrow()
    expect(JSON.parse(raw).post.media).toEqual([{ name: 'one.png', sha256: review!.first_media }, media[1]])
  })

  it('refuses a flag whose picture is broken, and says which', async () => {
    const media = [{ base64: Buffer.from('no picture').toString('base64') }]
    await expect(key()(api.createFlag, { body: buildFlagBody({ post: { media } }) })).rejects.toMatchObject({
      status: 400,
      body: { code: 'unsupported_media', issues: [{ path: 'post.media.0.base64' }] },
    })
  })
})

type Answer = BatchLine & { code?: string; issues?: unknown; effect?: string; isDuplicate?: boolean }

async function sendBatch(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer[]> {
  const response = await t.fetch(
    '/api/v1/flags/batch',
    { method: 'POST', body: body as BodyInit },
    { ...(await keyHeaders()), 'content-type': 'application/x-ndjson', ...headers },
  )
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  return toAnswers(await response.text())
}

function toAnswers(text: string): Answer[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

describe('POST /flags/batch', () => {
  it('asks who is there, and whether they may', async () => {
    const send = (who: 'auditor' | undefined) => t.fetch('/api/v1/flags/batch', { method: 'POST', body: '{}' }, who)
    expect((await send(undefined)).status).toBe(401)
    expect((await send('auditor')).status).toBe(403)
  })

  it('answers line by line, and bad lines leave the others alone', async () => {
    const good = buildFlagBody()
    const lines = [
      JSON.stringify(good),
      '',
      '{ broken',
      JSON.stringify({ ...buildFlagBody(), flaggedAt: 'yesterday' }),
      JSON.stringify(buildFlagBody({ source: { name: 'other-intake' } })),
      '   ',
      JSON.stringify(good),
      JSON.stringify(buildFlagBody({ post: { caption: 'x'.repeat(2_000_001) } })),
      JSON.stringify(buildFlagBody()),
    ]
    const answers = await sendBatch(lines.join('\r\n'))
    expect(answers).toMatchObject([
      { line: 1, ok: true, effect: 'opened', isDuplicate: false },
      { line: 3, ok: false, code: 'invalid_request', message: 'This is not JSON.' },
      { line: 4, ok: false, code: 'invalid_request', issues: [{ path: 'flaggedAt' }] },
      { line: 5, ok: false, code: 'source_not_allowed' },
      { line: 7, ok: true, isDuplicate: true },
      { line: 8, ok: false, code: 'payload_too_large' },
      { line: 9, ok: true, effect: 'opened' },
    ])
    expect(answers).toHaveLength(7)
  })

  it('refuses a line that is not UTF-8 instead of changing it', async () => {
    const line = Buffer.from(JSON.stringify(buildFlagBody({ post: { caption: 'caf\u00e9' } })), 'latin1')
    const next = Buffer.from(`\n${JSON.stringify(buildFlagBody())}\n`)
    expect(await sendBatch(Buffer.concat([line, next]))).toMatchObject([
      { line: 1, ok: false, message: 'The line is not UTF-8.' },
      { line: 2, ok: true },
    ])
  })

  it('takes more lines than one transaction, gzipped, and shows them at once', async () => {
    const bodies = Array.from({ length: 1_100 }, (_, index) =>
      buildFlagBody({ post: { externalId: `many-${index % 550}`, caption: `Many ${index % 550}` } }),
    )
    const answers = await sendBatch(gzipSync(bodies.map((body) => JSON.stringify(body)).join('\n')), {
      'content-encoding': 'gzip',
    })
    expect(answers.map((answer) => answer.line)).toEqual(bodies.map((_, index) => index + 1))
    expect(answers.filter((answer) => answer.effect === 'opened')).toHaveLength(550)
    expect(await reviewsOfPost(t.db, 'many-7')).toMatchObject([{ flag_count: 2 }])
  })

  it('answers a slow sender while he still sends', async () => {
    const { hostname, port } = new URL(t.url)
    const req = request({ hostname, port, method: 'POST', path: '/api/v1/flags/batch', headers: await keyHeaders() })
    req.write(`${JSON.stringify(buildFlagBody())}\n`)
    const answer = await new Promise<string>((resolve, reject) => {
      req.once('error', reject)
      req.once('response', (res) => res.once('data', (chunk) => resolve(String(chunk))))
    })
    expect(toAnswers(answer)).toMatchObject([{ line: 1, ok: true }])
    req.destroy()
  })

  it('acts once when a torn connection makes the sender try again', async () => {
    const bodies = Array.from({ length: 600 }, () => buildFlagBody({ account: { externalId: 'torn' } }))
    const text = bodies.map((body) => `${JSON.stringify(body)}\n`).join('')
    const { hostname, port } = new URL(t.url)
    const headers = { ...(await keyHeaders()), 'content-length': Buffer.byteLength(text) }
    await new Promise<void>((resolve) => {
      const req = request({ hostname, port, method: 'POST', path: '/api/v1/flags/batch', headers })
      req.once('error', () => resolve())
      req.once('response', (res) => res.once('data', () => req.destroy()).once('error', () => resolve()))
      req.write(text.slice(0, -50))
    })

    const answers = await sendBatch(text)

    expect(answers).toHaveLength(600)
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(answers.some((answer) => answer.isDuplicate)).toBe(true)
    const { count } = await t.db
      .selectFrom('review')
      .innerJoin('account', 'account.id', 'review.account_id')
      .select((eb) => [eb.fn.sum('flag_count').as('count')])
      .where('account.external_id', '=', 'torn')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(600)
  })
})
