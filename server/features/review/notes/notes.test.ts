import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createAccount, createDecision, createQueue, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const t = useTestApi()

type Words = { body: string; supersedesId?: string; answersId?: string; clientId?: string }

const nobody = '01900000-0000-7000-8000-000000000000'
const input = (words: Words) => ({ clientId: crypto.randomUUID(), ...words })
const onReview = (call: TestCall, id: string, words: Words) =>
  call(api.addReviewNote, { params: { reviewId: id as ReviewId }, body: input(words) })
const onAccount = (call: TestCall, id: string, words: Words) =>
  call(api.addAccountNote, { params: { accountId: id }, body: input(words) })
const onPost = (call: TestCall, id: string, words: Words) =>
  call(api.addPostNote, { params: { postId: id }, body: input(words) })
const ana = () => t.as('reviewer')
const createPost = async () => (await createReview(t.db)).post_id!

describe.each([
  ['addReviewNote', 'review', onReview, async () => (await createReview(t.db)).id],
  ['addAccountNote', 'account', onAccount, async () => (await createAccount(t.db)).id],
  ['addPostNote', 'post', onPost, createPost],
] as const)('%s', (_name, on, add, create) => {
  it('answers 401 without a session', async () => {
    await expect(add(t.anonymous, nobody, { body: 'x' })).rejects.toMatchObject({
      status: 401,
      body: { code: 'signed_out' },
    })
  })

  it.each(['auditor', 'admin'] as const)('answers 403 to an %s', async (role) => {
    const id = await create()
    await expect(add(t.as(role), id, { body: 'x' })).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it(`answers 404 for a ${on} that is not there`, async () => {
    await expect(add(ana(), nobody, { body: 'x' })).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('refuses a note without words', async () => {
    await expect(add(ana(), await create(), { body: ' \n ' })).rejects.toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: 'body' }] },
    })
  })

  it('keeps who wrote what, and logs the hash alone', async () => {
    const id = await create()
    const note = await add(ana(), id, { body: 'Обещал вернуться.' })
    expect(note).toMatchObject({ on, body: 'Обещал вернуться.', authorId: t.person('reviewer').id, earlier: [] })
    expect(await findEventsOn(t.db, id)).toEqual([
      {
        kind: 'note.written',
        personId: t.person('reviewer').id,
        version: on === 'review' ? 1 : null,
        data: {
          noteId: note.id,
          supersedesId: null,
          sha256: createHash('sha256').update('Обещал вернуться.').digest('hex'),
        },
      },
    ])
  })

  it('keeps the earlier wording readable under the new one', async () => {
    const id = await create()
    const first = await add(ana(), id, { body: 'one' })
    const second = await add(t.second('reviewer'), id, { body: 'two', supersedesId: first.id })
    const third = await add(ana(), id, { body: 'three', supersedesId: second.id })
    expect(third.earlier.map(({ id: noteId, body, authorId }) => ({ noteId, body, authorId }))).toEqual([
      { noteId: second.id, body: 'two', authorId: t.secondPerson('reviewer').id },
      { noteId: first.id, body: 'one', authorId: t.person('reviewer').id },
    ])
  })

  it('refuses a second new wording of one note', async () => {
    const id = await create()
    const { id: supersedesId } = await add(ana(), id, { body: 'one' })
    const together = await Promise.allSettled([
      add(ana(), id, { body: 'two', supersedesId }),
      add(t.second('reviewer'), id, { body: 'three', supersedesId }),
    ])
    expect(together.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(add(ana(), id, { body: 'four', supersedesId })).rejects.toMatchObject({
      status: 409,
      body: { code: 'already_superseded' },
    })
  })

  it('does not word a note of another subject anew', async () => {
    const { id: supersedesId } = await add(ana(), await create(), { body: 'one' })
    await expect(add(ana(), await create(), { body: 'two', supersedesId })).rejects.toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })

  it('gathers answers under the note, whatever wording of it they name', async () => {
    const id = await create()
    const note = await add(ana(), id, { body: 'Who knows the place?' })
    const reworded = await add(ana(), id, { body: 'Who knows this place?', supersedesId: note.id })
    await add(t.second('reviewer'), id, { body: 'Atyrau.', answersId: note.id })
    const { answers } = await add(ana(), id, { body: 'Thanks.', answersId: reworded.id })
    expect(answers?.map(({ body }) => body)).toEqual(['Atyrau.', 'Thanks.'])
    const under = await add(t.second('reviewer'), id, { body: 'The station.', answersId: answers![1]!.id })
    expect(under).toMatchObject({ id: reworded.id, body: 'Who knows this place?' })
    expect(under.answers?.map(({ body }) => body)).toEqual(['Atyrau.', 'Thanks.', 'The station.'])
    const [first] = under.answers!
    const { answers: mended } = await add(ana(), id, { body: 'Atyrau, the station.', supersedesId: first!.id })
    expect(mended?.map(({ body, earlier }) => [body, earlier.map((each) => each.body)])).toEqual([
      ['Atyrau, the station.', ['Atyrau.']],
      ['Thanks.', []],
      ['The station.', []],
    ])
    expect((await findEventsOn(t.db, id)).map(({ kind }) => kind)).toEqual([
      'note.written',
      'note.superseded',
      'note.answered',
      'note.answered',
      'note.answered',
      'note.superseded',
    ])
  })

  it('does not answer a note of another subject', async () => {
    const { id: answersId } = await add(ana(), await create(), { body: 'one' })
    await expect(add(ana(), await create(), { body: 'two', answersId })).rejects.toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })

  it('refuses to mention who is not there, and says whom', async () => {
    await expect(add(ana(), await create(), { body: 'Ask <@somebody>.' })).rejects.toMatchObject({
      status: 409,
      body: { code: 'cannot_see', issues: [{ path: 'somebody' }] },
    })
  })

  it('answers a repeat as it answered first', async () => {
    const id = await create()
    const words = { body: 'one', clientId: crypto.randomUUID() }
    expect(await add(ana(), id, words)).toEqual(await add(ana(), id, words))
    expect(await findEventsOn(t.db, id)).toHaveLength(1)
  })
})

describe('a note on a post', () => {
  const notesOf = async (call: TestCall, id: string) =>
    (await call(api.getReview, { params: { reviewId: id as ReviewId } })).notes

  it('shows on every review of the post, later ones too', async () => {
    const first = await createReview(t.db)
    await createDecision(t.db, { review_id: first.id })
    await onPost(ana(), first.post_id!, { body: 'Seen in the news.' })
    const later = await createReview(t.db, { post_id: first.post_id, account_id: first.account_id })
    for (const { id } of [first, later]) {
      expect(await notesOf(ana(), id)).toMatchObject([{ on: 'post', body: 'Seen in the news.' }])
    }
  })

  it('is found with each of its reviews', async () => {
    const { id, post_id } = await createReview(t.db)
    await onPost(ana(), post_id!, { body: 'krasnoyarskaya' })
    const { items } = await ana()(api.listReviews, { query: { q: 'krasnoyarskaya' } })
    expect(items.map((review) => review.id)).toEqual([id])
  })

  it('is kept from those who do not see restricted things while any review of it is restricted', async () => {
    const open = await createReview(t.db)
    await onPost(ana(), open.post_id!, { body: 'Names the child.' })
    await createDecision(t.db, { review_id: open.id })
    await createReview(t.db, { post_id: open.post_id, account_id: open.account_id, is_restricted: true })
    expect(await notesOf(ana(), open.id)).toEqual([])
    await expect(onPost(ana(), open.post_id!, { body: 'More.' })).rejects.toMatchObject({ status: 404 })
    await t.setScope(t.person('supervisor'), { seesRestricted: true })
    expect(await notesOf(t.as('supervisor'), open.id)).toMatchObject([{ body: 'Names the child.' }])
    await t.setScope(t.person('supervisor'), {})
  })
})

describe('a mention', () => {
  it('of somebody who may not see the review is refused by name, and holds once it was made', async () => {
    await createQueue(t.db, { id: 'spam', name: 'Spam', position: 3 })
    const { id } = await createReview(t.db, { queue_id: 'extremism' })
    const ravi = t.secondPerson('reviewer')
    const first = await onReview(ana(), id, { body: `Ask <@${ravi.id}>.` })
    await t.setScope(ravi, { queues: ['spam'] })
    await expect(onReview(ana(), id, { body: `And <@${ravi.id}>?` })).rejects.toMatchObject({
      status: 409,
      body: { code: 'cannot_see', issues: [{ path: ravi.id }] },
    })
    const { body } = await onReview(ana(), id, { body: `Ask <@${ravi.id}> first.`, supersedesId: first.id })
    expect(body).toBe(`Ask <@${ravi.id}> first.`)
    await t.setScope(ravi, {})
  })
})

describe('the page of a decision', () => {
  it('shows the notes on its review, post and account, later ones too', async () => {
    const { id: decisionId, review_id } = await createDecision(t.db)
    const review = await t.db.selectFrom('review').selectAll().where('id', '=', review_id).executeTakeFirstOrThrow()
    await onReview(ana(), review.id, { body: 'one' })
    await onPost(ana(), review.post_id!, { body: 'two' })
    await onAccount(ana(), review.account_id, { body: 'three' })
    const { notes } = await ana()(api.getDecision, { params: { decisionId } })
    expect(notes?.map(({ on, body }) => [on, body])).toEqual([
      ['review', 'one'],
      ['post', 'two'],
      ['account', 'three'],
    ])
  })
})

describe('pinNote', () => {
  const pin = (call: TestCall, reviewId: string, noteId: string | null, clientId = crypto.randomUUID()) =>
    call(api.pinNote, { body: { clientId, on: 'review', id: reviewId, noteId } })
  const pinned = async (id: string) =>
    (await ana()(api.getReview, { params: { reviewId: id as ReviewId } })).notes.map(({ body, isPinned }) => [
      body,
      isPinned,
    ])

  it('answers 401 without a session', async () => {
    await expect(pin(t.anonymous, nobody, null)).rejects.toMatchObject({ status: 401 })
  })

  it.each(['auditor', 'admin'] as const)('answers 403 to an %s', async (role) => {
    await expect(pin(t.as(role), nobody, null)).rejects.toMatchObject({ status: 403 })
  })

  it('answers 404 for a review or a note that is not there, and for an answer', async () => {
    const { id } = await createReview(t.db)
    const note = await onReview(ana(), id, { body: 'one' })
    const { answers } = await onReview(ana(), id, { body: 'two', answersId: note.id })
    for (const [reviewId, noteId] of [
      [nobody, null],
      [id, nobody],
      [id, answers![0]!.id],
    ] as const) {
      await expect(pin(ana(), reviewId, noteId)).rejects.toMatchObject({ status: 404 })
    }
  })

  it('lets one note stand first, also when it is worded anew', async () => {
    const { id } = await createReview(t.db)
    const [one, two] = [await onReview(ana(), id, { body: 'one' }), await onReview(ana(), id, { body: 'two' })]
    await onReview(ana(), id, { body: 'three' })
    await pin(ana(), id, two.id)
    await pin(ana(), id, one.id)
    await onReview(ana(), id, { body: 'one, again', supersedesId: one.id })
    expect(await pinned(id)).toEqual([
      ['one, again', true],
      ['three', false],
      ['two', false],
    ])
    await pin(ana(), id, null)
    expect((await pinned(id)).every(([, isPinned]) => !isPinned)).toBe(true)
    const kinds = (await findEventsOn(t.db, id)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.includes('pinned'))).toEqual(['note.pinned', 'note.pinned', 'note.unpinned'])
  })

  it('pins once, however often it is sent', async () => {
    const { id } = await createReview(t.db)
    const note = await onReview(ana(), id, { body: 'one' })
    const clientId = crypto.randomUUID()
    await pin(ana(), id, note.id, clientId)
    await pin(ana(), id, note.id, clientId)
    expect(await findEventsOn(t.db, id)).toHaveLength(2)
  })
})

describe('lookAtNotes', () => {
  const look = (call: TestCall, id: string) => call(api.lookAtNotes, { body: { subjects: [{ on: 'account', id }] } })
  const news = async (call: TestCall, accountId: string) =>
    (await call(api.getAccount, { params: { accountId } })).notes.map(({ body, isNew }) => [body, isNew])

  it('answers 401 without a session, and 404 for an account that is not there', async () => {
    await expect(look(t.anonymous, nobody)).rejects.toMatchObject({ status: 401 })
    await expect(look(ana(), nobody)).rejects.toMatchObject({ status: 404 })
  })

  it('tells apart what others wrote since', async () => {
    const { account_id } = await createReview(t.db)
    await onAccount(t.second('reviewer'), account_id, { body: 'one' })
    await onAccount(ana(), account_id, { body: 'my own' })
    expect(await news(ana(), account_id)).toEqual([
      ['my own', false],
      ['one', true],
    ])
    await look(ana(), account_id)
    await onAccount(t.second('reviewer'), account_id, { body: 'two' })
    expect(await news(ana(), account_id)).toEqual([
      ['two', true],
      ['my own', false],
      ['one', false],
    ])
  })
})

describe('listReaders', () => {
  const readers = (call: TestCall, id: string) => call(api.listReaders, { query: { on: 'review', id } })

  it('answers 401 without a session, 403 to an auditor, 404 for what is not there', async () => {
    await expect(readers(t.anonymous, nobody)).rejects.toMatchObject({ status: 401 })
    await expect(readers(t.as('auditor'), nobody)).rejects.toMatchObject({ status: 403 })
    await expect(readers(ana(), nobody)).rejects.toMatchObject({ status: 404 })
  })

  it('names those who may see the review, and none who is disabled or a program', async () => {
    await createQueue(t.db, { id: 'hate', name: 'Hate', position: 2 })
    const { id } = await createReview(t.db, { queue_id: 'extremism' })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['hate'] })
    await t.db
      .updateTable('auth.user')
      .set({ disabledAt: new Date() })
      .where('id', '=', t.secondPerson('auditor').id)
      .execute()
    await t.keyHeaders({ role: 'reviewer' })
    const { items } = await readers(ana(), id)
    expect(items.map(({ name }) => name)).toEqual(['Ada', 'Dana', 'Igor', 'Noor', 'Sofia', 'Yusuf'])
    await t.db
      .updateTable('auth.user')
      .set({ disabledAt: null })
      .where('id', '=', t.secondPerson('auditor').id)
      .execute()
    await t.setScope(t.secondPerson('reviewer'), {})
  })
})

describe('a chain of wordings', () => {
  it('stays one note with everything that was ever said in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ onto: fc.nat(9), kind: fc.constantFrom('supersede', 'answer', 'new'), who: fc.nat(1) }), {
          minLength: 1,
          maxLength: 10,
        }),
        async (acts) => {
          const { id } = await createReview(t.db)
          const said: string[] = []
          const known: string[] = []
          for (const { onto, kind, who } of acts) {
            const call = who === 0 ? t.as('reviewer') : t.second('reviewer')
            const target = known[onto % Math.max(1, known.length)]
            const body = `words ${said.length}`
            const words =
              !target || kind === 'new' ? {} : kind === 'answer' ? { answersId: target } : { supersedesId: target }
            try {
              const note = await onReview(call, id, { body, ...words })
              said.push(body)
              const all = [note, ...(note.answers ?? [])]
              known.push(all.find((each) => each.body === body)!.id)
            } catch (err) {
              expect(err).toMatchObject({ status: 409, body: { code: 'already_superseded' } })
            }
          }
          const { notes } = await ana()(api.getReview, { params: { reviewId: id as ReviewId } })
          const shown = notes
            .flatMap((note) => [note, ...(note.answers ?? [])])
            .flatMap((note) => [note.body, ...note.earlier.map(({ body }) => body)])
          expect(shown.sort()).toEqual(said.sort())
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('a note', () => {
  it('can still be left on a decided review, whose version stays', async () => {
    const { review_id } = await createDecision(t.db)
    const before = await t.db.selectFrom('review').select('version').where('id', '=', review_id).executeTakeFirst()
    await onReview(ana(), review_id, { body: 'Seen again elsewhere.' })
    const after = await t.db.selectFrom('review').select('version').where('id', '=', review_id).executeTakeFirst()
    expect(after).toEqual(before)
  })
})
