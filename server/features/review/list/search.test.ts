import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import {
  createAccount,
  createDecision,
  createFlag,
  createMedia,
  createPost,
  createQueue,
  createReview,
} from '#test/support/factories.ts'
import { buildFlagBody } from '#test/support/flags.ts'

const t = useTestApi()

let review: Awaited<ReturnType<typeof createReview>>
let media: string
beforeAll(async () => {
  const account = await createAccount(t.db, {
    external_id: 'id-77_a',
    handle: 'artyom_2',
    url: 'https://vk.com/artyom_2',
  })
  const { id: post_id } = await createPost(t.db, {
    account_id: account.id,
    external_id: 'wall-1_22',
    url: 'https://vk.com/wall-1_22',
  })
  media = (await createMedia(t.db)).sha256
  review = await createReview(t.db, {
    account_id: account.id,
    post_id,
    caption: 'Слава воинам, смерть тагуту!',
    display_name: 'Артём М.',
    media: [media],
    reach: 5_000,
  })
  await createReview(t.db, { caption: 'Слава труду, воинам мир' })
})

async function find(q: string, query: object = {}): Promise<string[]> {
  const { items } = await t.as('reviewer')(api.listReviews, { query: { q, ...query } })
  return items.map(({ id }) => id)
}
const findsIt = async (q: string, query: object = {}) => expect(await find(q, query)).toEqual([review.id])

describe('a search', () => {
  it.each([
    ['words in any order', 'ТАГУТУ слава'],
    ['a phrase', '"слава воинам"'],
    ['the beginning of a word', 'тагу*'],
    ['the beginning of the last word of a phrase', '"смерть таг*"'],
    ['a handle', '@artyom_2'],
    ['part of a handle', 'artyom'],
    ['a display name', 'артем'],
    ['the id of a post at its platform', 'wall-1_22'],
    ['the id of an account at its platform', 'id-77_a'],
    ['a link to the post', 'https://m.vk.com/wall-1_22/?utm_source=share'],
    ['a link to the account', 'vk.com/artyom_2'],
  ])('finds by %s', (_, q) => findsIt(q))

  it('finds by its number and by the ids of what hangs on it', async () => {
    const { id, account_id, post_id, snapshot_id, number } = review
    const flag = await createFlag(t.db, { review_id: id, account_id, post_id, snapshot_id })
    for (const q of [`DKT-${number}`, `dkt${number}`, id, account_id, post_id!.toUpperCase(), flag.id]) {
      expect(await find(q), q).toEqual([id])
    }
  })

  it('finds by the hash of a file it shows', () => findsIt(media))

  it('finds a decided review by its decision, where decided ones are asked for', async () => {
    const decision = await createDecision(t.db)
    expect(await find(decision.id, { state: 'decided' })).toEqual([decision.review_id])
    expect(await find(decision.id)).toEqual([])
  })

  it.each([
    ['words that are not all there', 'слава паспорт'],
    ['a phrase in another order', '"воинам слава"'],
    ['the beginning of a word without a star', 'тагу'],
    ['nothing but signs', '!!!'],
    ['an id of nothing', '01900000-0000-7000-8000-000000000000'],
    ['a number of nothing', 'DKT-999999999999999'],
    ['quotes and operators', `' & ! | <-> ":*`],
  ])('finds nothing by %s', async (_, q) => {
    expect(await find(q)).toEqual([])
  })

  it('refuses U+0000', async () => {
    await expect(find('a\u0000b')).rejects.toMatchObject({ status: 400 })
  })

  it('narrows filters, and filters narrow it', async () => {
    await findsIt('слава', { reachMin: 5_000, hasMedia: 'true' })
    expect(await find('слава', { reachMin: 5_001 })).toEqual([])
  })

  it('tells of changed reviews whether they belong to it', async () => {
    const other = await createReview(t.db, { caption: 'паспорт' })
    const ids = [review.id, other.id]
    await findsIt('тагуту', { id: ids })
    expect((await find('', { id: ids })).sort()).toEqual(ids.sort())
  })

  it('is counted by state and queue', async () => {
    const counts = await t.as('reviewer')(api.countReviews, { query: { q: 'слава' } })
    expect(counts.byState.open).toEqual({ value: 2, exact: true })
    expect(counts.byQueue.find(({ queueId }) => queueId === 'extremism')).toMatchObject({ value: 2, exact: true })
  })

  it('is obeyed, with the other filters, by whoever takes the next', async () => {
    const take = (filter: object) =>
      t.as('reviewer')(api.takeNext, { body: { clientId: crypto.randomUUID(), filter, sort: 'priority', count: 1 } })
    expect((await take({ q: 'тагуту', hasMedia: false })).items).toEqual([])
    expect((await take({ q: 'тагуту', hasMedia: true, reachMin: 5_000 })).items).toMatchObject([
      { reviewId: review.id },
    ])
    expect((await take({ q: 'тагуту' })).items).toEqual([])
  })

  it('does not reach out of the scope', async () => {
    await createQueue(t.db, { id: 'spam' })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['spam'] })
    for (const q of ['тагуту', review.id, media, `DKT-${review.number}`, 'vk.com/wall-1_22']) {
      expect((await t.second('reviewer')(api.listReviews, { query: { q } })).items, q).toEqual([])
    }
  })

  it('finds notes as soon as they are written, on the review or on its account', async () => {
    const note = (body: string) => ({ clientId: crypto.randomUUID(), body })
    const params = { reviewId: review.id as ReviewId }
    await t.as('reviewer')(api.addReviewNote, { params, body: note('Видел паспорт на снимке') })
    await findsIt('"паспорт на снимке"')
    const on = { params: { accountId: review.account_id } }
    await t.as('reviewer')(api.addAccountNote, { ...on, body: note('Says he is in Mosul') })
    await findsIt('mosul паспорт')
  })

  it('finds what came in as soon as it was taken in, and by its new name when that changes', async () => {
    const send = (handle: string) => {
      const body = buildFlagBody({
        post: { externalId: 'wall-9', caption: 'Қазақ ӘНІ' },
        account: { externalId: 'id9', handle },
      })
      return t.key({ role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] })(api.createFlag, { body })
    }
    const { reviewId } = await send('ivan_old')
    expect(await find('қазақ әні ivan_old')).toEqual([reviewId])
    await send('ivan_new')
    expect(await find('қазақ ivan_new')).toEqual([reviewId])
    expect(await find('ivan_old')).toEqual([])
  })

  it('finds words far down in a long text, though no longer as a phrase', async () => {
    const { id } = await createReview(t.db, { caption: `${'山'.repeat(17_000)} дальний конец` })
    expect(await find('дальний конец')).toEqual([id])
    expect(await find('"дальний конец"')).toEqual([])
    expect(await find('山山山山')).toEqual([id])
  })
})
