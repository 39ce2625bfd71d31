import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { Sha256, Variant } from '#shared/contract/media.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createMedia, createReview, createSnapshot } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const grantMs = 20_000
const t = useTestApi({ grantMs })

const nobody = '01900000-0000-7000-8000-000000000000'
const ana = () => t.as('reviewer')

/** A review that shows one picture, of which all variants are there. */
async function createShown(overrides: Parameters<typeof createReview>[1] = {}, media = {}) {
  const { sha256 } = await createMedia(t.db, media)
  for (const variant of ['thumbnail', 'redacted', 'display', 'original'] as const) {
    await t.deps.mediaStore.put(sha256, variant, Buffer.from(`${variant} bytes`))
  }
  const review = await createReview(t.db, { media: [sha256], ...overrides })
  return { review, sha256 }
}

type Asked = { clientId?: string; variant?: 'display' | 'original' }

const reveal = (call: TestCall, reviewId: string, sha256: string, asked: Asked = {}) =>
  call(api.revealMedia, {
    params: { reviewId: reviewId as ReviewId },
    body: { clientId: crypto.randomUUID(), sha256: sha256 as Sha256, ...asked },
  })

const end = (call: TestCall, revealId: string, shownMs = 1_500) =>
  call(api.endReveal, { params: { revealId }, body: { shownMs } })

const getFile = (sha256: string, variant: Variant, who: Parameters<typeof t.fetch>[2] = 'reviewer') =>
  t.fetch(`/api/v1/media/${sha256}/${variant}`, {}, who)

describe('getMedia', () => {
  it('answers 401 without a session', async () => {
    const { sha256 } = await createShown()
    expect((await getFile(sha256, 'thumbnail', {})).status).toBe(401)
  })

  it.each(['thumbnail', 'redacted'] as const)('sends the %s, which the browser may keep', async (variant) => {
    const { sha256 } = await createShown()
    const response = await getFile(sha256, variant)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(`${variant} bytes`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=86400, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  it('answers 404 while the derivative is still being made', async () => {
    const { sha256 } = await createMedia(t.db, { state: 'pending' })
    await createReview(t.db, { media: [sha256] })
    const response = await getFile(sha256, 'thumbnail')
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ code: 'not_found' })
  })

  it('answers 404 for a file that no review shows', async () => {
    const { sha256 } = await createMedia(t.db)
    await t.deps.mediaStore.put(sha256, 'thumbnail', Buffer.from('x'))
    expect((await getFile(sha256, 'thumbnail')).status).toBe(404)
  })

  it('sends what an earlier snapshot of the post shows', async () => {
    const { review, sha256 } = await createShown()
    const { account_id, post_id } = review
    const { id: snapshot_id } = await createSnapshot(t.db, { account_id, post_id })
    await t.db.updateTable('review').set({ snapshot_id }).where('id', '=', review.id).execute()
    expect((await getFile(sha256, 'redacted')).status).toBe(200)
  })

  it.each(['display', 'original'] as const)('refuses the %s without a grant', async (variant) => {
    const { sha256 } = await createShown()
    const refused = await getFile(sha256, variant, 'supervisor')
    expect(refused.status).toBe(403)
    expect((await t.fetch(`/api/v1/media/${sha256}/${variant}?grant=guess`, {}, 'supervisor')).status).toBe(403)
  })

  it('shows nothing of a restricted file', async () => {
    const { sha256 } = await createShown({}, { is_restricted: true })
    for (const variant of ['thumbnail', 'redacted', 'display'] as const) {
      expect((await getFile(sha256, variant)).status).toBe(404)
    }
  })

  it('shows nothing under a restricted clause', async () => {
    const { sha256 } = await createShown({ policy_id: 'sexual.minors' })
    expect((await getFile(sha256, 'thumbnail', 'supervisor')).status).toBe(404)
  })

  it('refuses names that are no hash or no variant', async () => {
    expect((await t.fetch('/api/v1/media/..%2f..%2fetc/original', {}, 'reviewer')).status).toBe(400)
    expect((await t.fetch(`/api/v1/media/${'0'.repeat(64)}/raw`, {}, 'reviewer')).status).toBe(400)
  })
})

describe('revealMedia', () => {
  it('answers 401 without a session', async () => {
    await expect(reveal(t.anonymous, nobody, '0'.repeat(64))).rejects.toMatchObject({ status: 401 })
  })

  it('answers 403 to an admin, who reviews nothing', async () => {
    const { review, sha256 } = await createShown()
    await expect(reveal(t.as('admin'), review.id, sha256)).rejects.toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })

  it('answers 404 for a review that is not there or does not show the file', async () => {
    const { sha256 } = await createShown()
    await expect(reveal(ana(), nobody, sha256)).rejects.toMatchObject({ status: 404 })
    const other = await createReview(t.db)
    await expect(reveal(ana(), other.id, sha256)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it.each([
    ['file', {}, { is_restricted: true }],
    ['clause', { policy_id: 'sexual.minors' }, {}],
  ] as const)('shows a restricted %s to nobody', async (_what, overrides, media) => {
    const { review, sha256 } = await createShown(overrides, media)
    for (const role of ['reviewer', 'supervisor', 'auditor'] as const) {
      await expect(reveal(t.as(role), review.id, sha256)).rejects.toMatchObject({ status: 404 })
    }
    expect(await findEventsOn(t.db, review.id)).toEqual([])
  })

  it('gives one look at the original, written down before the first byte', async () => {
    const { review, sha256 } = await createShown()
    const { revealId, url, expiresAt } = await reveal(ana(), review.id, sha256)
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(grantMs + 100_000)
    expect(await findEventsOn(t.db, review.id)).toEqual([
      {
        kind: 'media.revealed',
        personId: t.person('reviewer').id,
        version: 1,
        data: { revealId, mediaSha256: sha256, variant: 'display' },
      },
    ])
    const response = await t.fetch(url, {}, 'reviewer')
    expect(await response.text()).toBe('display bytes')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect((await t.fetch(url, {}, 'reviewer')).status).toBe(403)
  })

  it('sends the original as what it is', async () => {
    const { review, sha256 } = await createShown({}, { mime: 'image/png' })
    const { url } = await reveal(ana(), review.id, sha256, { variant: 'original' })
    const response = await t.fetch(url, {}, 'reviewer')
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(await response.text()).toBe('original bytes')
  })

  it('gives the look to nobody else, to no other variant, and not later', async () => {
    const { review, sha256 } = await createShown()
    const { url } = await reveal(ana(), review.id, sha256)
    expect((await t.fetch(url, {}, t.secondPerson('reviewer').headers)).status).toBe(403)
    expect((await t.fetch(url.replace('/display?', '/original?'), {}, 'reviewer')).status).toBe(403)
    t.travel(grantMs)
    expect((await t.fetch(url, {}, 'reviewer')).status).toBe(403)
  })

  it('keeps no grant that could be read from the database', async () => {
    const { review, sha256 } = await createShown()
    const { url } = await reveal(ana(), review.id, sha256)
    const grant = new URL(url, t.url).searchParams.get('grant')!
    const stored = JSON.stringify([
      await t.db.selectFrom('reveal').selectAll().execute(),
      await t.db.selectFrom('receipt').selectAll().execute(),
      await t.db.selectFrom('event').selectAll().execute(),
    ])
    expect(stored).not.toContain(grant)
  })

  it('answers a repeat by the same reveal, still for one look', async () => {
    const { review, sha256 } = await createShown()
    const clientId = crypto.randomUUID()
    const first = await reveal(ana(), review.id, sha256, { clientId })
    const second = await reveal(ana(), review.id, sha256, { clientId })
    expect(second).toMatchObject({ revealId: first.revealId, expiresAt: first.expiresAt })
    expect((await t.fetch(second.url, {}, 'reviewer')).status).toBe(200)
    const third = await reveal(ana(), review.id, sha256, { clientId })
    for (const { url } of [first, second, third]) expect((await t.fetch(url, {}, 'reviewer')).status).toBe(403)
    expect(await findEventsOn(t.db, review.id)).toHaveLength(1)
  })
})

describe('endReveal', () => {
  it('answers 401 without a session', async () => {
    await expect(end(t.anonymous, nobody)).rejects.toMatchObject({ status: 401 })
  })

  it('answers 403 to an admin', async () => {
    await expect(end(t.as('admin'), nobody)).rejects.toMatchObject({ status: 403 })
  })

  it('answers 404 for the reveal of somebody else', async () => {
    const { review, sha256 } = await createShown()
    const { revealId } = await reveal(ana(), review.id, sha256)
    await expect(end(t.second('reviewer'), revealId)).rejects.toMatchObject({ status: 404 })
  })

  it('records once how long it was shown', async () => {
    const { review, sha256 } = await createShown()
    const { revealId } = await reveal(ana(), review.id, sha256)
    await end(ana(), revealId, 1_500)
    await end(ana(), revealId, 9_000)
    expect((await findEventsOn(t.db, review.id)).slice(1)).toEqual([
      {
        kind: 'media.hidden',
        personId: t.person('reviewer').id,
        version: 1,
        data: { revealId, mediaSha256: sha256, shownMs: 1_500 },
      },
    ])
  })
})
