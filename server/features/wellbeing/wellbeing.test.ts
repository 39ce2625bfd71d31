import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tidyExposure } from '#server/jobs/tidy-exposure.ts'
import { api } from '#shared/contract/api.ts'
import type { Sha256 } from '#shared/contract/media.ts'
import { blankOrganisation, blankPreferences, type Organisation } from '#shared/contract/preferences.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createMedia, createPolicy, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const t = useTestApi()
const newId = () => crypto.randomUUID()
const ana = () => t.as('reviewer')
const lena = () => t.as('supervisor')
const dayMs = 86_400_000

beforeAll(async () => {
  await createPolicy(t.db, { id: 'test.violence', code: '3.9', section_code: '3', section_name: 'Violence' })
  await createPolicy(t.db, { id: 'test.hate', code: '4.9', section_code: '4', section_name: 'Hate' })
})

/** Each test has a day of its own, on which nobody saw anything. */
beforeEach(async () => {
  t.travel(dayMs)
  await house({})
})

function house(care: Partial<Organisation['care']>) {
  const body = { ...blankOrganisation, care: { ...blankOrganisation.care, ...care } }
  return t.as('admin')(api.changeOrganisation, { body })
}

async function createShown(policy_id: string | null = 'test.violence') {
  const { sha256 } = await createMedia(t.db)
  return { review: await createReview(t.db, { media: [sha256], policy_id }), sha256: sha256 as Sha256 }
}
type Shown = Awaited<ReturnType<typeof createShown>>

const reveal = (call: TestCall, { review, sha256 }: Shown, clientId = newId()) =>
  call(api.revealMedia, { params: { reviewId: review.id as ReviewId }, body: { clientId, sha256 } })

const end = (call: TestCall, revealId: string, shownMs: number) =>
  call(api.endReveal, { params: { revealId }, body: { shownMs } })

async function decide(call: TestCall, { review: { id, snapshot_id } }: Shown, clientId = newId()) {
  const params = { reviewId: id as ReviewId }
  const { version } = await call(api.claimReview, { params, body: { clientId: newId() } })
  const body = { clientId, version, snapshotId: snapshot_id, handlingMs: 1_000, ...keep }
  await call(api.decideReview, { params, body })
  return () => call(api.decideReview, { params, body })
}
const keep = { outcome: 'no_violation' as const, clause: null, exemption: null, measures: [], rationale: '' }

const today = (call: TestCall) => call(api.getExposure, {})
const add = (call: TestCall, personId: string, reveals = 5, clientId = newId()) =>
  call(api.addReveals, { params: { personId }, body: { clientId, reveals } })
const ask = (call: TestCall) => call(api.askForReveals, { body: { clientId: newId() } })

const usedUp = { status: 409, body: { code: 'exposure_budget_reached' } }

describe('getExposure', () => {
  it('answers 401 without a session and 403 to an admin', async () => {
    await expect(today(t.anonymous)).rejects.toMatchObject({ status: 401 })
    await expect(today(t.as('admin'))).rejects.toMatchObject({ status: 403 })
  })

  it('counts what one person looked at, by kind of harm', async () => {
    const [violent, hateful, unsorted] = [await createShown(), await createShown('test.hate'), await createShown(null)]
    const { revealId } = await reveal(ana(), violent)
    t.travel(10_000)
    await end(ana(), revealId, 4_000)
    await reveal(ana(), hateful)
    await reveal(ana(), hateful)
    await decide(ana(), violent)
    await decide(ana(), unsorted)

    expect(await today(ana())).toMatchObject({
      budget: 120,
      items: 2,
      reveals: 3,
      shownMs: 4_000,
      byKind: [
        { kind: '3', items: 1, reveals: 1, shownMs: 4_000 },
        { kind: '4', items: 0, reveals: 2, shownMs: 0 },
        { kind: null, items: 1, reveals: 0, shownMs: 0 },
      ],
    })
    expect(await today(t.second('reviewer'))).toMatchObject({ items: 0, reveals: 0, byKind: [] })
  })

  it('counts what its holder passed on, and not what somebody else took away', async () => {
    const [mine, taken] = [await createShown(), await createShown()]
    for (const { review } of [mine, taken]) {
      await ana()(api.claimReview, { params: { reviewId: review.id as ReviewId }, body: { clientId: newId() } })
    }
    await ana()(api.skipReview, {
      params: { reviewId: mine.review.id as ReviewId },
      body: { clientId: newId(), version: mine.review.version + 1, reason: 'too_heavy', text: '' },
    })
    await lena()(api.assignReview, {
      params: { reviewId: taken.review.id as ReviewId },
      body: { clientId: newId(), version: taken.review.version + 1, personId: t.secondPerson('reviewer').id },
    })
    expect(await today(ana())).toMatchObject({ items: 1, byKind: [{ kind: '3', items: 1 }] })
    expect(await today(lena())).toMatchObject({ items: 0 })
  })

  it('counts a repeat of the same act once', async () => {
    const shown = await createShown()
    const clientId = newId()
    const { revealId } = await reveal(ana(), shown, clientId)
    await reveal(ana(), shown, clientId)
    t.travel(5_000)
    await end(ana(), revealId, 1_000)
    await end(ana(), revealId, 3_000)
    const again = await decide(ana(), shown)
    await again()
    expect(await today(ana())).toMatchObject({ items: 1, reveals: 1, shownMs: 1_000 })
  })

  it('believes nobody that an original was shown for longer than there was time for', async () => {
    const { revealId } = await reveal(ana(), await createShown())
    t.travel(2_000)
    await end(ana(), revealId, 60_000)
    const { shownMs } = await today(ana())
    expect(shownMs).toBeGreaterThanOrEqual(2_000)
    expect(shownMs).toBeLessThan(30_000)
  })

  it('does not count posts of text alone', async () => {
    const review = await createReview(t.db, { policy_id: 'test.hate' })
    await decide(ana(), { review, sha256: '0'.repeat(64) as Sha256 })
    expect(await today(ana())).toMatchObject({ items: 0, byKind: [] })
  })

  it("begins anew with the organisation's day, not with the server's", async () => {
    const noon = new Date(t.deps.now())
    t.travel(Date.parse(`${noon.toISOString().slice(0, 10)}T20:00:00Z`) + dayMs - noon.getTime())
    await t.as('admin')(api.changeOrganisation, { body: { timeZone: 'Asia/Almaty' } })
    const shown = await createShown()
    await reveal(ana(), shown)
    const late = await today(ana())
    // 20:00 in UTC is 01:00 of the next day there.
    expect(late.day > t.deps.now().toISOString().slice(0, 10)).toBe(true)
    t.travel(5 * 3_600_000)
    expect(await today(ana())).toMatchObject({ day: late.day, reveals: 1 })
    t.travel(20 * 3_600_000)
    expect(await today(ana())).toMatchObject({ reveals: 0 })
  })

  it('counts nothing where the organisation counts nothing', async () => {
    await house({ isCounted: false, dailyReveals: 1 })
    const shown = await createShown()
    await reveal(ana(), shown)
    await reveal(ana(), shown)
    await decide(ana(), shown)
    expect(await today(ana())).toMatchObject({ isCounted: false, budget: null, items: 0, reveals: 0, byKind: [] })
  })

  it('counts no program', async () => {
    const shown = await createShown()
    await house({ dailyReveals: 1 })
    const key = t.key({ role: 'reviewer' })
    await reveal(key, shown)
    await reveal(key, shown)
    const programs = await t.db
      .selectFrom('auth.user')
      .innerJoin('exposure', 'exposure.person_id', 'auth.user.id')
      .select('id')
      .where('isProgram', '=', true)
      .execute()
    expect(programs).toEqual([])
  })
})

describe('the budget of a day', () => {
  it('refuses the one original more, and shows and records nothing of it', async () => {
    await house({ dailyReveals: 2 })
    const shown = await createShown()
    await reveal(ana(), shown)
    await reveal(ana(), shown)
    await expect(reveal(ana(), shown)).rejects.toMatchObject(usedUp)
    expect(await findEventsOn(t.db, shown.review.id)).toHaveLength(2)
    expect(await today(ana())).toMatchObject({ budget: 2, reveals: 2 })
    // Another person has a day of their own.
    await reveal(t.second('reviewer'), shown)
  })

  it('holds for originals that are asked for at once', async () => {
    await house({ dailyReveals: 3 })
    const all = await Promise.all(Array.from({ length: 4 }, () => createShown()))
    const outcomes = await Promise.allSettled([...all, ...all].map((shown) => reveal(ana(), shown)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await today(ana())).toMatchObject({ reveals: 3 })
  })

  it('may be lowered by the person and not raised', async () => {
    await house({ dailyReveals: 2 })
    const shown = await createShown()
    const own = (dailyReveals: number | null) =>
      ana()(api.changePreferences, { body: { care: { ...blankPreferences.care, dailyReveals } } })
    await own(1)
    await reveal(ana(), shown)
    await expect(reveal(ana(), shown)).rejects.toMatchObject(usedUp)
    await own(50)
    await reveal(ana(), shown)
    await expect(reveal(ana(), shown)).rejects.toMatchObject(usedUp)
    await own(null)
  })

  it('is full again on the next day', async () => {
    await house({ dailyReveals: 1 })
    const shown = await createShown()
    await reveal(ana(), shown)
    await expect(reveal(ana(), shown)).rejects.toMatchObject(usedUp)
    t.travel(dayMs)
    await reveal(ana(), shown)
  })
})

describe('askForReveals', () => {
  it('answers 401 without a session and 403 to an admin', async () => {
    await expect(ask(t.anonymous)).rejects.toMatchObject({ status: 401 })
    await expect(ask(t.as('admin'))).rejects.toMatchObject({ status: 403 })
  })

  it('is seen by supervisors until one of them answers, and logged once', async () => {
    const { id } = t.person('reviewer')
    await ask(ana())
    await ask(ana())
    const { askedAt } = await today(ana())
    expect(askedAt).not.toBeNull()
    const { items } = await lena()(api.listExposure, {})
    expect(items.find(({ personId }) => personId === id)?.askedAt).toBe(askedAt)
    await add(lena(), id)
    expect((await today(ana())).askedAt).toBeNull()
    const { day } = await today(ana())
    const asked = (await findEventsOn(t.db, id)).filter(
      ({ kind, data }) => kind === 'exposure.more_asked' && (data as { day: string }).day === day,
    )
    expect(asked).toHaveLength(1)
  })
})

describe('addReveals', () => {
  it('answers 401 without a session', async () => {
    await expect(add(t.anonymous, t.person('reviewer').id)).rejects.toMatchObject({ status: 401 })
  })

  it.each(['reviewer', 'admin', 'auditor'] satisfies Role[])('answers 403 to a %s', async (role) => {
    await expect(add(t.as(role), t.person('reviewer').id)).rejects.toMatchObject({ status: 403 })
  })

  it('answers 404 for somebody who is not there', async () => {
    await expect(add(lena(), 'nobody')).rejects.toMatchObject({ status: 404 })
  })

  it('is for others only', async () => {
    await expect(add(lena(), t.person('supervisor').id)).rejects.toMatchObject({
      status: 403,
      body: { code: 'not_yours' },
    })
  })

  it('lets somebody see so many more that day, once for each act, and says so in the log', async () => {
    await house({ dailyReveals: 1 })
    const { id } = t.person('reviewer')
    const shown = await createShown()
    await reveal(ana(), shown)
    await expect(reveal(ana(), shown)).rejects.toMatchObject(usedUp)
    const clientId = newId()
    expect(await add(lena(), id, 2, clientId)).toEqual({ budget: 3 })
    expect(await add(lena(), id, 2, clientId)).toEqual({ budget: 3 })
    await reveal(ana(), shown)
    await reveal(ana(), shown)
    await expect(reveal(ana(), shown)).rejects.toMatchObject(usedUp)

    expect(await today(ana())).toMatchObject({ budget: 3, added: 2, reveals: 3 })
    const { day } = await today(ana())
    expect((await findEventsOn(t.db, id)).filter(({ kind }) => kind === 'exposure.budget_added').at(-1)).toMatchObject({
      personId: t.person('supervisor').id,
      data: { day, reveals: 2 },
    })
    t.travel(dayMs)
    expect(await today(ana())).toMatchObject({ budget: 1, added: 0 })
  })
})

describe('listExposure', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.listExposure, {})).rejects.toMatchObject({ status: 401 })
  })

  it.each(['reviewer', 'admin', 'auditor'] satisfies Role[])('answers 403 to a %s', async (role) => {
    await expect(t.as(role)(api.listExposure, {})).rejects.toMatchObject({ status: 403 })
  })

  it('shows everybody by name, however much they saw', async () => {
    const shown = await createShown()
    await reveal(t.second('reviewer'), shown)
    await reveal(t.second('reviewer'), shown)
    await reveal(ana(), shown)
    await decide(ana(), shown)
    const { items } = await lena()(api.listExposure, {})
    const names = items.map(({ name }) => name)
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)))
    expect(names).toEqual(expect.arrayContaining(['Dana', 'Ravi', 'Sofia', 'Yusuf']))
    const of = (name: string) => items.find((item) => item.name === name)
    expect(of('Dana')).toMatchObject({ items: 1, reveals: 1, budget: 120, byKind: [{ kind: '3' }] })
    expect(of('Ravi')).toMatchObject({ items: 0, reveals: 2 })
  })

  it('offers no order but that of names', async () => {
    const query = new URLSearchParams({ sort: 'reveals', order: 'desc' })
    const [plain, sorted] = await Promise.all(
      ['', `?${query}`].map(async (part) => (await t.fetch(`/api/v1/exposure${part}`, {}, 'supervisor')).text()),
    )
    expect(sorted).toBe(plain)
  })

  it('shows a day that is past', async () => {
    await reveal(ana(), await createShown())
    const { day } = await today(ana())
    t.travel(2 * dayMs)
    const past = await lena()(api.listExposure, { query: { day } })
    expect(past.items.find(({ name }) => name === 'Dana')).toMatchObject({ day, reveals: 1 })
    const now = await lena()(api.listExposure, {})
    expect(now.items.find(({ name }) => name === 'Dana')).toMatchObject({ reveals: 0 })
  })
})

it('is cleared away after the days that the organisation chose', async () => {
  await house({ keepDays: 7 })
  await reveal(ana(), await createShown())
  const { day } = await today(ana())
  const seen = async () =>
    (await lena()(api.listExposure, { query: { day } })).items.find(({ name }) => name === 'Dana')
  t.travel(7 * dayMs)
  await tidyExposure(t.deps)
  expect(await seen()).toMatchObject({ reveals: 1 })
  t.travel(dayMs)
  await tidyExposure(t.deps)
  expect(await seen()).toMatchObject({ reveals: 0 })
})
