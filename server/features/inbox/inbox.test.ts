import { beforeAll, describe, expect, it } from 'vitest'
import { wakeReviews } from '#server/jobs/wake-reviews.ts'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createQueue, createReview } from '#test/support/factories.ts'
import { useLive } from '#test/support/live.ts'
import { findInbox, notify } from './inbox.queries.ts'

const t = useTestApi()
const live = useLive(t)
const everything = { queues: null, takes: null, seesRestricted: true }

const dana = () => t.person('reviewer')
const ravi = () => t.secondPerson('reviewer')
const clientId = () => crypto.randomUUID()
const note = (
  call: TestCall,
  reviewId: string,
  body: string,
  more: { answersId?: string; supersedesId?: string } = {},
) =>
  call(api.addReviewNote, { params: { reviewId: reviewId as ReviewId }, body: { clientId: clientId(), body, ...more } })
const inboxOf = async (call: TestCall, query: Record<string, unknown> = {}) =>
  (await call(api.listInbox, { query: query as never })).items
const unreadOf = async (call: TestCall) => (await call(api.countInbox, {})).unread.value
const tell = (personId: string, reviewId: string, text: string | null = null) =>
  t.db.transaction().execute((tx) =>
    notify(tx, [
      {
        to: { personId },
        kind: 'assignment',
        about: { on: 'review', id: reviewId },
        byId: null,
        at: new Date(),
        text,
      },
    ]),
  )
const empty = () => t.db.deleteFrom('inbox_item').execute()

beforeAll(async () => {
  await createQueue(t.db, { id: 'hate', name: 'Hate', position: 2 })
})

describe('the inbox', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.listInbox, {})).rejects.toMatchObject({ status: 401 })
    await expect(t.anonymous(api.countInbox, {})).rejects.toMatchObject({ status: 401 })
    const body = { which: { ids: [clientId()] }, isRead: true }
    await expect(t.anonymous(api.markInbox, { body })).rejects.toMatchObject({ status: 401 })
  })

  it('tells who is mentioned, once, and not who wrote it', async () => {
    await empty()
    const { id } = await createReview(t.db, { handle: 'artyom_2' })
    const first = await note(t.as('reviewer'), id, `Ask <@${ravi().id}>, not <@${dana().id}>.`)
    await note(t.as('reviewer'), id, `Ask <@${ravi().id}> today.`, { supersedesId: first.id })
    expect(await inboxOf(t.as('reviewer'))).toEqual([])
    expect(await inboxOf(t.second('reviewer'))).toMatchObject([
      {
        kind: 'mention',
        isRead: false,
        byId: dana().id,
        review: { id },
        account: { handle: expect.any(String) },
        text: `Ask <@${ravi().id}>, not <@${dana().id}>.`,
      },
    ])
  })

  it('tells those who wrote in a thread of an answer', async () => {
    await empty()
    const { id } = await createReview(t.db)
    const first = await note(t.as('reviewer'), id, 'Who knows?')
    await note(t.second('reviewer'), id, 'I do.', { answersId: first.id })
    await note(t.as('supervisor'), id, `And I, <@${ravi().id}>.`, { answersId: first.id })
    expect((await inboxOf(t.as('reviewer'))).map(({ kind, text }) => [kind, text])).toEqual([
      ['answer', `And I, <@${ravi().id}>.`],
      ['answer', 'I do.'],
    ])
    expect((await inboxOf(t.second('reviewer'))).map(({ kind }) => kind)).toEqual(['answer'])
  })

  it('leads from a note on a post to the newest review that its reader sees', async () => {
    await empty()
    const old = await createReview(t.db, { queue_id: 'hate' })
    await createDecision(t.db, { review_id: old.id })
    await createReview(t.db, { queue_id: 'extremism', post_id: old.post_id, account_id: old.account_id })
    await t.setScope(ravi(), { queues: ['hate'] })
    const body = `For <@${ravi().id}>.`
    await t.as('reviewer')(api.addPostNote, { params: { postId: old.post_id! }, body: { clientId: clientId(), body } })
    expect(await inboxOf(t.second('reviewer'))).toMatchObject([{ kind: 'mention', review: { id: old.id }, text: body }])
    await t.setScope(ravi(), {})
  })

  it('speaks of an account where no review is meant', async () => {
    await empty()
    const { account_id: accountId } = await createReview(t.db)
    const body = { clientId: clientId(), body: `<@${ravi().id}>, look.` }
    await t.as('reviewer')(api.addAccountNote, { params: { accountId }, body })
    expect(await inboxOf(t.second('reviewer'))).toMatchObject([{ review: null, account: { id: accountId } }])
  })

  it('tells nobody who may not see the review, or is disabled', async () => {
    await empty()
    const { id } = await createReview(t.db, { queue_id: 'extremism' })
    await t.setScope(ravi(), { queues: ['hate'] })
    await tell(ravi().id, id)
    await t.setScope(ravi(), {})
    const lena = t.secondPerson('auditor').id
    await t.db.updateTable('auth.user').set({ disabledAt: new Date() }).where('id', '=', lena).execute()
    await tell(lena, id)
    expect(await t.db.selectFrom('inbox_item').select('id').execute()).toEqual([])
  })

  it('tells everybody of a role', async () => {
    await empty()
    const { id } = await createReview(t.db)
    await t.db.transaction().execute((tx) =>
      notify(tx, [
        {
          to: { role: 'supervisor' },
          kind: 'escalation',
          about: { on: 'review', id },
          byId: t.person('supervisor').id,
          at: new Date(),
          text: 'A member of parliament.',
        },
      ]),
    )
    expect(await inboxOf(t.as('supervisor'))).toEqual([])
    expect(await inboxOf(t.second('supervisor'))).toMatchObject([
      { kind: 'escalation', text: 'A member of parliament.' },
    ])
  })

  it('loses what leaves the scope, and has it again when it comes back', async () => {
    await empty()
    const { id } = await createReview(t.db, { queue_id: 'extremism' })
    await tell(dana().id, id)
    expect(await unreadOf(t.as('reviewer'))).toBe(1)
    await t.setScope(dana(), { queues: ['hate'] })
    expect(await inboxOf(t.as('reviewer'))).toEqual([])
    expect(await unreadOf(t.as('reviewer'))).toBe(0)
    await t.setScope(dana(), {})
    expect(await unreadOf(t.as('reviewer'))).toBe(1)
    await t.db.updateTable('review').set({ is_restricted: true }).where('id', '=', id).execute()
    expect(await inboxOf(t.as('reviewer'))).toEqual([])
  })

  it('pages through everything once, newest first', async () => {
    await empty()
    const { id } = await createReview(t.db)
    for (let n = 0; n < 7; n += 1) await tell(dana().id, id, `${n}`)
    const seen: (string | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof findInbox>> = await t.as('reviewer')(api.listInbox, {
        query: { limit: 3, ...(cursor && { cursor }) },
      })
      seen.push(...page.items.map(({ text }) => text))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0'])
  })
})

describe('turns of a review', () => {
  const params = (id: string) => ({ reviewId: id as ReviewId })
  const claim = (call: TestCall, id: string) =>
    call(api.claimReview, { params: params(id), body: { clientId: clientId() } })
  const said = async (call: TestCall) => (await inboxOf(call)).map(({ kind, text, byId }) => [kind, text, byId])

  it('are told to whom they mean: an escalation, its answer, a hand-over, an assignment', async () => {
    await empty()
    const [sofia, id] = [t.person('supervisor'), (await createReview(t.db)).id]
    const one = await claim(t.as('reviewer'), id)
    const two = await t.as('reviewer')(api.escalateReview, {
      params: params(id),
      body: { clientId: clientId(), version: one.version, to: { role: 'supervisor' }, reason: 'Two readings.' },
    })
    expect(await said(t.as('supervisor'))).toEqual([['escalation', 'Two readings.', dana().id]])
    expect(await said(t.second('supervisor'))).toEqual([['escalation', 'Two readings.', dana().id]])
    const three = await t.as('supervisor')(api.returnReview, {
      params: params(id),
      body: { clientId: clientId(), version: two.version, answer: 'The second.' },
    })
    expect(await said(t.as('reviewer'))).toEqual([['returned', 'The second.', sofia.id]])
    const four = await t.as('supervisor')(api.assignReview, {
      params: params(id),
      body: { clientId: clientId(), version: three.version, personId: ravi().id, reason: 'You know him.' },
    })
    const five = await claim(t.second('reviewer'), id)
    expect(five.version).toBeGreaterThan(four.version)
    await t.second('reviewer')(api.handOver, {
      params: params(id),
      body: { clientId: clientId(), version: five.version, toId: dana().id, note: 'Half done.' },
    })
    expect(await said(t.second('reviewer'))).toEqual([['assignment', 'You know him.', sofia.id]])
    expect(await said(t.as('reviewer'))).toEqual([
      ['hand_over', 'Half done.', ravi().id],
      ['returned', 'The second.', sofia.id],
    ])
  })

  it('are told to whoever put a review on hold when it wakes up', async () => {
    await empty()
    const { id } = await createReview(t.db)
    const { version } = await claim(t.as('reviewer'), id)
    const wakeAt = new Date(t.deps.now().getTime() + 60_000).toISOString()
    await t.as('reviewer')(api.holdReview, {
      params: params(id),
      body: { clientId: clientId(), version, reason: 'evidence', text: 'Asked the sender.', wakeAt },
    })
    expect(await said(t.as('reviewer'))).toEqual([])
    t.travel(60_001)
    await wakeReviews(t.deps)
    expect(await said(t.as('reviewer'))).toEqual([['woken', 'Asked the sender.', null]])
  })
})

describe('marks', () => {
  it('are read and unread, by ids or up to one, and only one’s own', async () => {
    await empty()
    const { id } = await createReview(t.db)
    for (const text of ['1', '2', '3']) await tell(dana().id, id, text)
    await tell(ravi().id, id)
    const [third, second, first] = await inboxOf(t.as('reviewer'))
    const mark = (which: { ids: string[] } | { upTo: string } | { reviewId: string }, isRead: boolean) =>
      t.as('reviewer')(api.markInbox, { body: { which, isRead } })
    const [theirs] = await inboxOf(t.second('reviewer'))
    await mark({ ids: [third!.id, theirs!.id] }, true)
    expect((await inboxOf(t.as('reviewer'), { isRead: 'false' })).map(({ text }) => text)).toEqual(['2', '1'])
    await mark({ upTo: first!.id }, true)
    expect((await inboxOf(t.as('reviewer'), { isRead: 'true' })).map(({ text }) => text)).toEqual(['3', '1'])
    await mark({ upTo: second!.id }, true)
    expect(await unreadOf(t.as('reviewer'))).toBe(0)
    await mark({ ids: [second!.id] }, false)
    expect(await unreadOf(t.as('reviewer'))).toBe(1)
    expect(await unreadOf(t.second('reviewer'))).toBe(1)
    await mark({ reviewId: (await createReview(t.db)).id }, true)
    expect(await unreadOf(t.as('reviewer'))).toBe(1)
    await mark({ reviewId: id }, true)
    expect(await unreadOf(t.as('reviewer'))).toBe(0)
    expect(await unreadOf(t.second('reviewer'))).toBe(1)
  })
})

describe('the stream', () => {
  it('tells the one who is mentioned that something came, and nobody else', async () => {
    const { id } = await createReview(t.db)
    await live.seal()
    const [theirs, mine] = [await live.follow(ravi().headers), await live.follow('reviewer')]
    await note(t.as('reviewer'), id, `Ask <@${ravi().id}>.`)
    await live.seal()
    await theirs.until(() => theirs.changes().length > 0)
    await mine.until(() => mine.changes().length > 0)
    expect(theirs.changes()).toMatchObject([{ reviews: [{ id, kinds: ['note.written'] }], inbox: true }])
    expect(mine.changes()[0]).not.toHaveProperty('inbox')
  })

  it('tells every reader of a post of a note on it', async () => {
    const { id, post_id } = await createReview(t.db)
    const stream = await live.follow('auditor')
    const body = { clientId: clientId(), body: 'Seen before.' }
    await t.as('reviewer')(api.addPostNote, { params: { postId: post_id! }, body })
    await live.seal()
    await stream.until(() => stream.changes().length > 0)
    expect(stream.changes()).toMatchObject([{ reviews: [{ id, kinds: ['note.written'] }] }])
  })
})

describe('an inbox of thousands', () => {
  it('is counted up to a thousand', async () => {
    const { id: review_id } = await createReview(t.db)
    const rows = Array.from({ length: 5_000 }, (_, n) => ({
      id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      person_id: n % 2 ? dana().id : ravi().id,
      kind: 'mention' as const,
      review_id,
      account_id: null,
      note_id: null,
      by_id: null,
      text: 'x',
      at: new Date(),
      read_at: null,
    }))
    await t.db.insertInto('inbox_item').values(rows).execute()
    const { items, count } = await findInbox(t.db, { id: dana().id, scope: everything }, { limit: 50 } as never)
    expect(items).toHaveLength(50)
    expect(count).toEqual({ value: 1_000, exact: false })
  })
})
