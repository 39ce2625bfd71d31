import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createAccount, createDecision, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const t = useTestApi()

type Words = { body: string; supersedesId?: string; clientId?: string }

const nobody = '01900000-0000-7000-8000-000000000000'
const input = (words: Words) => ({ clientId: crypto.randomUUID(), ...words })
const onReview = (call: TestCall, id: string, words: Words) =>
  call(api.addReviewNote, { params: { reviewId: id as ReviewId }, body: input(words) })
const onAccount = (call: TestCall, id: string, words: Words) =>
  call(api.addAccountNote, { params: { accountId: id }, body: input(words) })
const ana = () => t.as('reviewer')

describe.each([
  ['addReviewNote', 'review', onReview, async () => (await createReview(t.db)).id],
  ['addAccountNote', 'account', onAccount, async () => (await createAccount(t.db)).id],
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

  it('answers a repeat as it answered first', async () => {
    const id = await create()
    const words = { body: 'one', clientId: crypto.randomUUID() }
    expect(await add(ana(), id, words)).toEqual(await add(ana(), id, words))
    expect(await findEventsOn(t.db, id)).toHaveLength(1)
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
