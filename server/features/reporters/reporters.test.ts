import { describe, expect, it } from 'vitest'
import { receiveFlags } from '#server/features/intake/receive-flags.ts'
import { AppError } from '#server/http/errors.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import {
  getReporter,
  listFlags,
  listReporters,
  muteReporter,
  previewSetAside,
  setAsideFlags,
  takeUpFlags,
  trustReporter,
  unmuteReporter,
} from '#shared/contract/reporters.ts'
import { claimReview, getReview, listReviewFlags } from '#shared/contract/reviews.ts'
import { Role } from '#shared/domain/permissions.ts'
import type { SourceKind } from '#shared/domain/words.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision } from '#test/support/factories.ts'
import { buildFlagBody, sent } from '#test/support/flags.ts'

const t = useTestApi()
const nobody = '01900000-0000-7000-8000-000000000000'

let names = 0
/** Each test has reporters and posts of its own. */
const newName = () => `r-${++names}`

type Sent = {
  kind?: SourceKind
  code?: string
  policy?: string
  reporter?: string | null
  post?: string
  name?: string
}

/** A flag of a reporter on a post, taken in now. */
async function flag({
  kind = 'user_report',
  code = 'extremism',
  policy,
  reporter = null,
  post,
  name = 'vk-intake',
}: Sent) {
  const key = post ?? newName()
  const body = buildFlagBody({
    source: { kind, name, externalId: newName() },
    ...(reporter && { reporter: { externalId: reporter, name: `Name of ${reporter}` } }),
    reason: { code, ...(policy && { policy }) },
    post: { platform: 'vk', externalId: key, caption: `Caption of ${key}` },
    account: { externalId: `account-of-${key}`, handle: `handle_of_${key}`, status: 'active' },
  })
  const [result] = await receiveFlags(t.deps, { by: null, flags: [sent(body)], now: t.deps.now() })
  if (result instanceof AppError) throw result
  return result as FlagResult & { reviewId: string }
}

async function idOf(externalId: string) {
  const row = await t.db
    .selectFrom('reporter')
    .select('id')
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow()
  return row.id
}
const reviewOf = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const eventsOn = (id: string) =>
  t.db.selectFrom('event').select(['kind', 'person_id', 'data']).where('subject_id', '=', id).orderBy('id').execute()

const supervisor: TestCall = (e, args) => t.as('supervisor')(e, args)
const act = () => ({ clientId: crypto.randomUUID() })

async function limitTo(personId: string, queueId: string) {
  await t.owner.updateTable('auth.user').set({ seesAllQueues: false }).where('id', '=', personId).execute()
  await t.owner.insertInto('queue_member').values({ person_id: personId, queue_id: queueId }).execute()
  t.travel(6_000)
}

describe('listFlags', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(listFlags, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it('names the reporter to those who need to know, and masks them to others', async () => {
    const reporter = newName()
    const { reviewId } = await flag({ reporter })
    const { account_id: account } = await reviewOf(reviewId)
    for (const role of Role.options) {
      const { items } = await t.as(role)(listFlags, { query: { account } })
      const named = role === 'supervisor' || role === 'auditor'
      const expected = named ? { name: `Name of ${reporter}`, isTrusted: false, isMuted: false } : null
      expect(items, role).toHaveLength(1)
      if (expected) expect(items[0]!.reporter, role).toMatchObject(expected)
      else expect(items[0]!.reporter, role).toBeNull()
    }
  })

  it('refuses to look for a reporter where they are masked', async () => {
    await expect(t.as('reviewer')(listFlags, { query: { reporter: nobody } })).rejects.toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })

  it('filters by source, sender, clause, effect, reporter and time', async () => {
    const [reporter, name] = [newName(), newName()]
    const opened = await flag({ reporter, name, post: name, policy: 'hate.slur' })
    t.travel(60_000)
    const joined = await flag({ kind: 'classifier', name, post: name, policy: 'spam.scam' })
    const { account_id: account } = await reviewOf(opened.reviewId)
    const ids = async (query: object) => {
      const { items, count } = await supervisor(listFlags, { query: query as never })
      expect(count).toEqual({ value: items.length, exact: true })
      return items.map(({ id }) => id)
    }
    expect(await ids({ account })).toEqual([joined.flagId, opened.flagId])
    expect(await ids({ account, sort: 'oldest' })).toEqual([opened.flagId, joined.flagId])
    expect(await ids({ sourceName: name })).toEqual([joined.flagId, opened.flagId])
    expect(await ids({ sourceName: name, source: 'classifier' })).toEqual([joined.flagId])
    expect(await ids({ account, policy: 'hate.slur' })).toEqual([opened.flagId])
    expect(await ids({ sourceName: name, effect: 'joined' })).toEqual([joined.flagId])
    expect(await ids({ reporter: await idOf(reporter) })).toEqual([opened.flagId])
    const between = new Date(t.deps.now().getTime() - 30_000).toISOString()
    expect(await ids({ account, from: between })).toEqual([joined.flagId])
    expect(await ids({ account, to: between })).toEqual([opened.flagId])
    const { sourceNames } = await supervisor(listFlags, { query: { account } })
    expect(sourceNames).toContain(name)
  })

  it('goes through pages without losing or repeating one', async () => {
    const name = newName()
    for (let n = 0; n < 5; n += 1) await flag({ name, post: name })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query = { sourceName: name, limit: 2, ...(cursor && { cursor }) }
      const page = await supervisor(listFlags, { query })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  it('leaves out flags on reviews outside the scope', async () => {
    const name = newName()
    const first = await flag({ name })
    const second = await flag({ name })
    await t.db.updateTable('review').set({ queue_id: 'safety' }).where('id', '=', first.reviewId).execute()
    await t.db.updateTable('review').set({ queue_id: 'hate' }).where('id', '=', second.reviewId).execute()
    await limitTo(t.secondPerson('auditor').id, 'hate')
    const { items, count } = await t.second('auditor')(listFlags, { query: { sourceName: name } })
    expect(items.map(({ id }) => id)).toEqual([second.flagId])
    expect(count?.value).toBe(1)
    await t.db.updateTable('review').set({ is_restricted: true }).where('id', '=', second.reviewId).execute()
    expect((await supervisor(listFlags, { query: { sourceName: name } })).items.map(({ id }) => id)).toEqual([
      first.flagId,
    ])
  })
})

describe('listReporters', () => {
  it('answers 401 without a session and 403 to those who need not know', async () => {
    await expect(t.anonymous(listReporters, {})).rejects.toMatchObject({ status: 401 })
    for (const role of ['reviewer', 'admin'] as const) {
      await expect(t.as(role)(listReporters, {})).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
    }
  })

  it('puts the busiest first and says how often they were right', async () => {
    const sourceName = newName()
    const [busy, calm] = [newName(), newName()]
    const flags = [await flag({ reporter: calm, name: sourceName })]
    for (let n = 0; n < 3; n += 1) flags.push(await flag({ reporter: busy, name: sourceName }))
    await flag({ reporter: busy, name: sourceName, post: 'shared' })
    await flag({ reporter: busy, name: sourceName, post: 'shared' })
    const outcomes = ['violation', 'violation', 'no_violation', 'exempt'] as const
    for (const [index, outcome] of outcomes.entries()) {
      const rest = outcome === 'exempt' ? { exemption: 'satire' } : {}
      await createDecision(t.db, { review_id: flags[index]!.reviewId, outcome, ...rest })
    }
    const { items, count } = await t.as('auditor')(listReporters, { query: { sourceName } })
    expect(count).toEqual({ value: 2, exact: true })
    expect(items).toMatchObject([
      {
        externalId: busy,
        recent: 5,
        flags: { value: 5, exact: true },
        outcomes: { upheld: 1, dismissed: 1, exempt: 1, isFew: true, isCut: false },
      },
      { externalId: calm, recent: 1, outcomes: { upheld: 1, dismissed: 0, exempt: 0 } },
    ])
    const { share, low, high } = items[0]!.outcomes.share!
    expect([share, low.toFixed(3), high.toFixed(3)]).toEqual([0.5, '0.095', '0.905'])
  })

  it('finds reporters by name, mark and source, and pages through them', async () => {
    const sourceName = newName()
    const all = [newName(), newName(), newName()]
    for (const reporter of all) await flag({ reporter, name: sourceName })
    await supervisor(trustReporter, { params: { reporterId: await idOf(all[1]!) }, body: { ...act(), weight: 5 } })
    const found = async (query: object) =>
      (await supervisor(listReporters, { query: { sourceName, sort: 'newest', ...query } })).items.map(
        (item) => item.externalId,
      )
    expect(await found({})).toEqual(all.toReversed())
    expect(await found({ trusted: 'true' })).toEqual([all[1]])
    expect(await found({ muted: 'true' })).toEqual([])
    expect(await found({ q: `NAME OF ${all[0]}` })).toContain(all[0])
    const page = await supervisor(listReporters, { query: { sourceName, limit: 2 } })
    const next = await supervisor(listReporters, { query: { sourceName, limit: 2, cursor: page.nextCursor! } })
    expect([...page.items, ...next.items].map((item) => item.externalId).sort()).toEqual(all.toSorted())
  })
})

describe('getReporter', () => {
  const get = (reporterId: string, call: TestCall = supervisor) => call(getReporter, { params: { reporterId } })

  it('answers 404 for none, and for one of whom nothing may be seen', async () => {
    await expect(get(nobody)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
    const reporter = newName()
    const { reviewId } = await flag({ reporter })
    await t.db.updateTable('review').set({ is_restricted: true }).where('id', '=', reviewId).execute()
    await expect(get(await idOf(reporter))).rejects.toMatchObject({ status: 404 })
  })

  it('counts what became of the flags', async () => {
    const [reporter, post] = [newName(), newName()]
    await flag({ reporter, post })
    await flag({ reporter, post })
    expect(await get(await idOf(reporter))).toMatchObject({
      externalId: reporter,
      effects: { opened: { value: 1 }, joined: { value: 1 }, recorded: { value: 0 }, muted: { value: 0 } },
      setAside: { value: 0, exact: true },
      muted: null,
      trustedWeight: null,
    })
  })
})

describe('muteReporter', () => {
  it('is a supervisor’s alone, and asks for a time to come', async () => {
    const params = { reporterId: nobody }
    await expect(t.anonymous(muteReporter, { params, body: act() })).rejects.toMatchObject({ status: 401 })
    for (const role of ['reviewer', 'admin', 'auditor'] as const) {
      await expect(t.as(role)(muteReporter, { params, body: act() })).rejects.toMatchObject({ status: 403 })
    }
    await expect(supervisor(muteReporter, { params, body: act() })).rejects.toMatchObject({ status: 404 })
    const until = '2020-01-01T00:00:00Z'
    await expect(supervisor(muteReporter, { params, body: { ...act(), until } })).rejects.toMatchObject({
      status: 400,
      body: { issues: [{ path: 'until' }] },
    })
  })

  it('keeps later flags as evidence that makes no work, until it ends', async () => {
    const [reporter, post] = [newName(), newName()]
    const { reviewId } = await flag({ reporter, post })
    const reporterId = await idOf(reporter)
    const until = new Date(t.deps.now().getTime() + 3_600_000).toISOString()
    const body = { ...act(), until }
    const muted = await supervisor(muteReporter, { params: { reporterId }, body })
    expect(muted.muted).toMatchObject({ until, byId: t.person('supervisor').id })
    expect(await supervisor(muteReporter, { params: { reporterId }, body })).toEqual(muted)

    const before = await reviewOf(reviewId)
    expect(await flag({ reporter, post })).toMatchObject({ effect: 'muted', reviewId: null })
    expect(await flag({ reporter })).toMatchObject({ effect: 'muted', reviewId: null })
    expect(await flag({ kind: 'removal_order', reporter })).toMatchObject({ effect: 'opened' })
    expect(await reviewOf(reviewId)).toMatchObject({
      flag_count: 1,
      priority: before.priority,
      version: before.version,
    })
    const { items } = await supervisor(listFlags, { query: { reporter: reporterId, effect: 'muted' } })
    expect(items).toMatchObject([{ review: null, effect: 'muted' }, { reporter: { isMuted: true } }])

    t.travel(3_700_000)
    expect(await flag({ reporter, post })).toMatchObject({ effect: 'joined', reviewId })
    expect((await supervisor(getReporter, { params: { reporterId } })).muted).toBeNull()
    expect((await eventsOn(reporterId)).map(({ kind }) => kind)).toEqual(['reporter.muted'])
  })

  it('is ended by unmuting', async () => {
    const reporter = newName()
    await flag({ reporter })
    const params = { reporterId: await idOf(reporter) }
    await supervisor(muteReporter, { params, body: act() })
    expect((await supervisor(unmuteReporter, { params, body: act() })).muted).toBeNull()
    expect(await flag({ reporter })).toMatchObject({ effect: 'opened' })
    expect((await eventsOn(params.reporterId)).map(({ kind }) => kind)).toEqual(['reporter.muted', 'reporter.unmuted'])
  })
})

describe('trustReporter', () => {
  it('adds its weight to what the reporter flags from now on', async () => {
    const [trusted, other] = [newName(), newName()]
    await flag({ reporter: trusted })
    const params = { reporterId: await idOf(trusted) }
    await supervisor(trustReporter, { params, body: { ...act(), weight: 9 } })
    const plain = await reviewOf((await flag({ reporter: other })).reviewId)
    const weighed = await reviewOf((await flag({ reporter: trusted })).reviewId)
    expect(weighed.priority).toBe(plain.priority + 9)
    expect(weighed.priority_terms).toContainEqual({ code: 'reporter', detail: '9', value: 9 })
    const detail = await t.as('reviewer')(getReview, { params: { reviewId: weighed.id as never } })
    expect(detail.review.priority).toBe(weighed.priority)

    await supervisor(trustReporter, { params, body: { ...act(), weight: null } })
    expect((await reviewOf((await flag({ reporter: trusted })).reviewId)).priority).toBe(plain.priority)
    expect((await eventsOn(params.reporterId)).map(({ kind, data }) => [kind, data])).toEqual([
      ['reporter.trusted', { weight: 9 }],
      ['reporter.distrusted', { weight: null }],
    ])
  })

  it('is told to reviewers at the desk, without the name', async () => {
    const reporter = newName()
    const { reviewId } = await flag({ reporter })
    await supervisor(trustReporter, { params: { reporterId: await idOf(reporter) }, body: { ...act(), weight: 3 } })
    const params = { reviewId: reviewId as never }
    const { items } = await t.as('reviewer')(listReviewFlags, { params })
    expect(items).toMatchObject([{ isTrusted: true, reporter: null, reporterId: null, setAsideAt: null }])
    const named = await supervisor(listReviewFlags, { params })
    expect(named.items).toMatchObject([{ reporter: `Name of ${reporter}`, reporterId: await idOf(reporter) }])
  })

  it('refuses weights beyond the scale', async () => {
    for (const weight of [0, 13, 1.5]) {
      const args = { params: { reporterId: nobody }, body: { ...act(), weight } }
      await expect(supervisor(trustReporter, args)).rejects.toMatchObject({ status: 400 })
    }
  })
})

describe('setAsideFlags', () => {
  const preview = (reporterId: string) => supervisor(previewSetAside, { params: { reporterId } })
  const setAside = (reporterId: string, upTo: string, clientId = crypto.randomUUID()) =>
    supervisor(setAsideFlags, { params: { reporterId }, body: { clientId, upTo } })

  it('is a supervisor’s alone', async () => {
    const args = { params: { reporterId: nobody }, body: { ...act(), upTo: new Date().toISOString() } }
    for (const role of ['reviewer', 'admin', 'auditor'] as const) {
      await expect(t.as(role)(setAsideFlags, args)).rejects.toMatchObject({ status: 403 })
      await expect(t.as(role)(previewSetAside, { params: args.params })).rejects.toMatchObject({ status: 403 })
    }
    await expect(supervisor(setAsideFlags, args)).rejects.toMatchObject({ status: 404 })
    await expect(preview(nobody)).rejects.toMatchObject({ status: 404 })
  })

  it('does what the preview said, decides nothing and leaves what others flagged', async () => {
    const [reporter, other] = [newName(), newName()]
    const alone = await flag({ reporter })
    const shared = await flag({ reporter, post: newName() })
    const sharedPost = (
      await t.db.selectFrom('review').select('post_id').where('id', '=', shared.reviewId).executeTakeFirstOrThrow()
    ).post_id
    const { external_id: post } = await t.db
      .selectFrom('post')
      .select('external_id')
      .where('id', '=', sharedPost!)
      .executeTakeFirstOrThrow()
    await flag({ reporter, post })
    await flag({ kind: 'classifier', reporter: other, post })
    const held = await flag({ reporter })
    await t.db.updateTable('review').set({ holder_id: 'ana' }).where('id', '=', held.reviewId).execute()
    const critical = await flag({ reporter, policy: 've.threat-person' })
    await t.db.updateTable('policy').set({ severity: 'critical' }).where('id', '=', 've.threat-person').execute()
    const decided = await flag({ reporter })
    await createDecision(t.db, { review_id: decided.reviewId })
    const ordered = await flag({ kind: 'removal_order', reporter })
    const reporterId = await idOf(reporter)

    const seen = await preview(reporterId)
    expect(seen).toMatchObject({ flags: 5, reviews: 4, closed: 1, flaggedByOthers: 1, inHand: 1, critical: 1 })
    t.travel(1_000)
    const later = await flag({ reporter })
    const clientId = crypto.randomUUID()
    const done = await setAside(reporterId, seen.upTo, clientId)
    expect(done).toEqual(seen)
    expect(await setAside(reporterId, seen.upTo, clientId)).toEqual(done)

    expect(await reviewOf(alone.reviewId)).toMatchObject({
      state: 'decided',
      outcome: null,
      decision_id: null,
      decided_by: null,
      flag_count: 0,
      version: 2,
    })
    const rest = await reviewOf(shared.reviewId)
    expect(rest).toMatchObject({ state: 'open', flag_count: 1, sources: ['classifier'], version: 1 })
    const likeIt = await reviewOf((await flag({ kind: 'classifier' })).reviewId)
    expect(rest.priority).toBe(likeIt.priority)
    for (const { reviewId } of [held, critical, ordered, later]) {
      expect(await reviewOf(reviewId)).toMatchObject({ state: 'open' })
    }
    expect(await reviewOf(decided.reviewId)).toMatchObject({ state: 'decided', outcome: 'violation', flag_count: 1 })
    expect(await t.db.selectFrom('decision').select('id').where('review_id', '=', alone.reviewId).execute()).toEqual([])
    expect(await eventsOn(alone.reviewId)).toMatchObject([
      { kind: 'review.opened' },
      { kind: 'review.closed_undecided', person_id: t.person('supervisor').id, data: { reporterId, flags: 1 } },
    ])
    expect((await eventsOn(reporterId)).filter(({ kind }) => kind === 'reporter.flags_set_aside')).toHaveLength(1)
    expect(await supervisor(getReporter, { params: { reporterId } })).toMatchObject({ setAside: { value: 5 } })
    const { items } = await supervisor(listFlags, { query: { reporter: reporterId, setAside: 'true' } })
    expect(items).toHaveLength(5)
  })

  it('shows flags set aside on the desk’s list, and counts them for nothing', async () => {
    const [reporter, post] = [newName(), newName()]
    const { reviewId } = await flag({ reporter, post })
    await flag({ kind: 'classifier', post })
    const reporterId = await idOf(reporter)
    await setAside(reporterId, (await preview(reporterId)).upTo)
    const params = { reviewId: reviewId as never }
    const detail = await t.as('reviewer')(getReview, { params })
    expect(detail.flags).toMatchObject([{ kind: 'classifier', count: 1 }])
    const { items } = await t.as('reviewer')(listReviewFlags, { params })
    expect(items.map(({ setAsideAt }) => setAsideAt !== null)).toEqual([false, true])
  })

  it('lets a later flag open a new review of what was closed', async () => {
    const [reporter, post] = [newName(), newName()]
    const first = await flag({ reporter, post })
    const reporterId = await idOf(reporter)
    await setAside(reporterId, (await preview(reporterId)).upTo)
    const again = await flag({ reporter: newName(), post })
    expect(again).toMatchObject({ effect: 'opened' })
    expect(again.reviewId).not.toBe(first.reviewId)
    expect(await reviewOf(again.reviewId)).toMatchObject({ previous_review_id: first.reviewId })
  })

  it('is taken back: flags count again, and what was closed waits again unless it was flagged anew', async () => {
    const [reporter, again] = [newName(), newName()]
    const closed = await flag({ reporter })
    const before = await reviewOf(closed.reviewId)
    const anew = await flag({ reporter, post: again })
    const shared = newName()
    const joined = await flag({ reporter, post: shared })
    await flag({ kind: 'classifier', post: shared })
    const beforeShared = await reviewOf(joined.reviewId)
    const reporterId = await idOf(reporter)
    await setAside(reporterId, (await preview(reporterId)).upTo)
    const newer = await flag({ kind: 'classifier', post: again })
    expect(newer.effect).toBe('opened')

    const body = act()
    const takeUp = (call = supervisor) => call(takeUpFlags, { params: { reporterId }, body })
    await expect(takeUp(t.as('reviewer'))).rejects.toMatchObject({ status: 403 })
    const done = await takeUp()
    expect(done).toEqual({ flags: 2, reviews: 2, reopened: 1, left: 1 })
    expect(await takeUp()).toEqual(done)
    const { version, ...as } = before
    expect(await reviewOf(closed.reviewId)).toEqual({ ...as, version: version + 2 })
    expect(await reviewOf(joined.reviewId)).toEqual(beforeShared)
    expect(await reviewOf(anew.reviewId)).toMatchObject({ state: 'decided', decision_id: null, flag_count: 0 })
    expect((await eventsOn(closed.reviewId)).map(({ kind }) => kind)).toEqual([
      'review.opened',
      'review.closed_undecided',
      'review.reopened',
    ])
    expect(await supervisor(getReporter, { params: { reporterId } })).toMatchObject({ setAside: { value: 1 } })
    await expect(supervisor(takeUpFlags, { params: { reporterId: nobody }, body: act() })).rejects.toMatchObject({
      status: 404,
    })
  })

  it('keeps count while others flag, claim and set aside at the same time', async () => {
    const reporter = newName()
    const posts = Array.from({ length: 24 }, () => newName())
    const first = await Promise.all(posts.map((post) => flag({ reporter, post })))
    const reporterId = await idOf(reporter)
    const { upTo } = await preview(reporterId)
    const acts = posts.flatMap((post, index) => [
      ...(index % 3 === 0 ? [() => flag({ reporter: newName(), post })] : []),
      ...(index % 4 === 0
        ? [
            () =>
              t
                .as('reviewer')(claimReview, { params: { reviewId: first[index]!.reviewId as never }, body: act() })
                .catch((refusal) => expect(refusal).toMatchObject({ status: 409 })),
          ]
        : []),
    ])
    const other = () => t.second('supervisor')(setAsideFlags, { params: { reporterId }, body: { ...act(), upTo } })
    const [one, two] = await Promise.all([setAside(reporterId, upTo), other(), ...acts.map((run) => run())] as const)
    expect((one as { flags: number }).flags + (two as { flags: number }).flags).toBe(posts.length)
    for (const { reviewId } of first) {
      const review = await reviewOf(reviewId)
      const flags = await t.db.selectFrom('flag').select('set_aside_at').where('review_id', '=', reviewId).execute()
      const left = flags.filter((each) => each.set_aside_at === null).length
      expect(review.flag_count).toBe(left)
      if (review.state === 'decided') expect([left, review.holder_id]).toEqual([0, null])
      else expect(left > 0 || review.holder_id !== null).toBe(true)
    }
    for (const post of posts.filter((_, index) => index % 3 === 0)) {
      const waiting = await t.db
        .selectFrom('review')
        .innerJoin('post', 'post.id', 'review.post_id')
        .select('review.id')
        .where('post.external_id', '=', post)
        .where('review.state', '<>', 'decided')
        .execute()
      expect(waiting).toHaveLength(1)
    }
  })

  it('sets more aside than fit one transaction', async () => {
    const reporter = newName()
    const bodies = Array.from({ length: 230 }, (_, n) =>
      sent(
        buildFlagBody({
          source: { kind: 'user_report', name: 'vk-intake', externalId: newName() },
          reporter: { externalId: reporter },
          post: { platform: 'vk', externalId: `${reporter}-${n}`, caption: `Caption ${n}` },
          account: { externalId: `${reporter}-account`, status: 'active' },
        }),
      ),
    )
    await receiveFlags(t.deps, { by: null, flags: bodies, now: t.deps.now() })
    const reporterId = await idOf(reporter)
    const seen = await preview(reporterId)
    expect(seen).toMatchObject({ flags: 230, reviews: 230, closed: 230 })
    expect(await setAside(reporterId, seen.upTo)).toEqual(seen)
    expect(await preview(reporterId)).toMatchObject({ flags: 0, reviews: 0 })
  })
})
