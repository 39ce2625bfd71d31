import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import {
  createAccount,
  createDecision,
  createFlag,
  createMedia,
  createPost,
  createQueue,
  createReview,
} from '#test/support/factories.ts'

const t = useTestApi()
const dana = () => t.as('reviewer')

async function lookUp(call: TestCall, text: string) {
  const { items } = await call(api.lookUp, { query: { text } })
  return items.map(({ kind, id }) => ({ kind, id }))
}

type Row = { id: string }
let account: Row & { handle: string; external_id: string }
let review: Row & { number: number }
let decision: Row
let flag: Row
let sha256: string

beforeAll(async () => {
  await createQueue(t.db, { id: 'far' })
  account = await createAccount(t.db, {
    handle: 'Artyom_2',
    display_name: 'Артём, 30',
    external_id: 'vk-7740312',
    url: 'https://vk.example/artyom_2',
  })
  const post = await createPost(t.db, {
    account_id: account.id,
    external_id: 'wall-77_1',
    url: 'https://vk.example/wall-77_1',
  })
  sha256 = (await createMedia(t.db)).sha256
  const made = await createReview(t.db, { account_id: account.id, post_id: post.id, media: [sha256] })
  review = { id: made.id, number: made.number }
  decision = await createDecision(t.db, { review_id: review.id })
  flag = await createFlag(t.db, { review_id: review.id, account_id: account.id, snapshot_id: made.snapshot_id })
})

describe('lookUp', () => {
  it('answers 401 without a session', async () => {
    await expect(lookUp(t.anonymous, 'DKT-1')).rejects.toMatchObject({ status: 401 })
  })

  it('refuses nothing at all, and too much', async () => {
    await expect(lookUp(dana(), '  ')).rejects.toMatchObject({ status: 400 })
    await expect(lookUp(dana(), 'x'.repeat(2_001))).rejects.toMatchObject({ status: 400 })
  })

  it('finds a review by its reference, its id, its flag, its post, its file and its link', async () => {
    const found = { kind: 'review', id: review.id }
    const texts = [
      `DKT-${review.number}`,
      `${review.number}`,
      review.id,
      review.id.toUpperCase(),
      flag.id,
      sha256,
      'wall-77_1',
      'https://vk.example/wall-77_1',
      'http://www.vk.example/wall-77_1/?from=feed#c1',
      `${t.url}/reviews/${review.id}`,
    ]
    for (const text of texts) expect(await lookUp(dana(), text), text).toContainEqual(found)
    const { items } = await dana()(api.lookUp, { query: { text: review.id } })
    expect(items).toMatchObject([{ kind: 'review', reference: `DKT-${review.number}`, state: 'decided' }])
  })

  it('finds a decision by its id, and its review with it', async () => {
    expect(await lookUp(dana(), decision.id)).toEqual([
      { kind: 'review', id: review.id },
      { kind: 'decision', id: decision.id },
    ])
  })

  it('finds an account by its id, its handle, its name, its id at its platform and its link', async () => {
    const texts = [account.id, 'artyom_2', '@Artyom_2', 'арт', 'ARTYOM', 'vk-7740312', 'vk.example/artyom_2']
    for (const text of texts)
      expect(await lookUp(dana(), text), text).toContainEqual({ kind: 'account', id: account.id })
    expect(await lookUp(dana(), 'rtyom')).toEqual([])
  })

  it('puts the very name before those that only begin so', async () => {
    const longer = await createAccount(t.db, { handle: 'aaronson' })
    const exact = await createAccount(t.db, { handle: 'aaron' })
    for (const account_id of [longer.id, exact.id]) await createReview(t.db, { account_id })
    const { items } = await dana()(api.lookUp, { query: { text: 'AARON' } })
    expect(items).toMatchObject([{ handle: 'aaron' }, { handle: 'aaronson' }])
  })

  it('finds nothing that lies outside the scope, by whatever it is called', async () => {
    await t.setScope(t.secondPerson('reviewer'), { queues: ['far'] })
    const ravi = t.second('reviewer')
    const texts = [`DKT-${review.number}`, review.id, decision.id, flag.id, account.id, sha256, 'artyom_2', 'wall-77_1']
    for (const text of texts) expect(await lookUp(ravi, text), text).toEqual([])
  })

  it('finds what is restricted for those alone who may see it', async () => {
    const file = await createMedia(t.db, { is_restricted: true })
    const sealed = await createReview(t.db, { media: [file.sha256] })
    expect(await lookUp(dana(), sealed.id)).toEqual([])
    await t.setScope(t.person('supervisor'), { seesRestricted: true })
    expect(await lookUp(t.as('supervisor'), sealed.id)).toEqual([{ kind: 'review', id: sealed.id }])
  })

  it('takes a text as a text', async () => {
    for (const text of [
      "'; drop table review; --",
      '%',
      '_',
      '\u{10FFFF}',
      'https://',
      '\u202e',
      'DKT-999999999999999',
    ]) {
      expect(await lookUp(dana(), text), text).toEqual([])
    }
  })
})
