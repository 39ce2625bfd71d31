import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import {
  createAccount,
  createMedia,
  createPost as createPostRow,
  createQueue,
  createReview,
  createSnapshot,
} from '#test/support/factories.ts'
import { buildFlagBody } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'
import { startTranslator } from '#test/support/translator.ts'

const translator = await startTranslator()
const t = useTestApi({ translator: { url: translator.url, key: 'secret-key' }, privateHosts: ['127.0.0.1'] })
const host = new URL(translator.url).host

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const dana = () => t.as('reviewer')
const translate = (call: TestCall, { id }: { id: string }, to = 'en') =>
  call(api.translateReview, { params: { reviewId: id as ReviewId }, body: { to } })
const read = (call: TestCall, { id }: { id: string }) => call(api.getReview, { params: { reviewId: id as ReviewId } })

let posts = 0
/** Of a caption that no other test has, two files of which one has a caption, and a message before it. */
async function createPost() {
  posts += 1
  const caption = `Три снимка ${posts}`
  const account = await createAccount(t.db)
  const post = await createPostRow(t.db, { account_id: account.id })
  const context = JSON.stringify([{ author: 'mira', text: `Где ты? ${posts}` }])
  const snapshot = await createSnapshot(t.db, { account_id: account.id, post_id: post.id, caption, context })
  const files = [await createMedia(t.db), await createMedia(t.db)]
  const rows = files.map(({ sha256 }, position) => ({
    snapshot_id: snapshot.id,
    position,
    kind: 'image' as const,
    sha256,
    caption: position === 1 ? `Вот мой паспорт ${posts}` : null,
  }))
  await t.db.insertInto('post_media').values(rows).execute()
  const ids = { account_id: account.id, post_id: post.id, snapshot_id: snapshot.id }
  return { ...(await createReview(t.db, ids)), caption }
}

beforeAll(() => createQueue(t.db, { id: 'far' }))

describe('translateReview', () => {
  it('answers 401 without a session, and 403 to those who only read', async () => {
    const review = await createReview(t.db)
    await expect(translate(t.anonymous, review)).rejects.toMatchObject({ status: 401 })
    await expect(translate(t.as('auditor'), review)).rejects.toMatchObject({ status: 403 })
    await expect(translate(t.as('admin'), review)).rejects.toMatchObject({ status: 403 })
    expect(translator.asked).toEqual([])
  })

  it('knows no review outside the scope, and sends nothing', async () => {
    const review = await createReview(t.db, { queue_id: 'far' })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['extremism'] })
    await expect(translate(t.second('reviewer'), review)).rejects.toMatchObject({ status: 404 })
    expect(translator.asked).toEqual([])
  })

  it('sends each text once, in one request, and answers them with their places', async () => {
    const review = await createPost()
    const { items } = await translate(dana(), review)
    expect(translator.asked).toEqual([
      {
        q: [review.caption, `Вот мой паспорт ${posts}`, `Где ты? ${posts}`],
        source: 'auto',
        target: 'en',
        format: 'text',
        api_key: 'secret-key',
      },
    ])
    expect(items.map(({ of, text }) => [of.part, of.index, text])).toEqual([
      ['caption', 0, `en: ${review.caption}`],
      ['media', 1, `en: Вот мой паспорт ${posts}`],
      ['context', 0, `en: Где ты? ${posts}`],
    ])
    expect(items[0]).toMatchObject({ language: 'en', translator: host, isMachine: true })
  })

  it('keeps them: whoever opens the review next has them, and nothing is sent again', async () => {
    const review = await createPost()
    const before = await read(dana(), review)
    expect(before.translations).toEqual({ translator: host, items: [] })
    const first = await translate(dana(), review)
    expect(await translate(t.as('supervisor'), review)).toEqual(first)
    expect((await read(t.as('auditor'), review)).translations).toEqual(first)
    expect(translator.asked).toHaveLength(1)

    const same = await createReview(t.db, { caption: review.caption })
    expect((await translate(dana(), same)).items).toMatchObject([{ id: first.items[0]!.id, of: { part: 'caption' } }])
    expect(translator.asked).toHaveLength(1)
    await translate(dana(), review, 'kk')
    expect(translator.asked).toHaveLength(2)
  })

  it('logs that texts left the house before they leave, by their hashes and without a word of them', async () => {
    const review = await createPost()
    translator.reply(() => ({ status: 500 }))
    await expect(translate(dana(), review)).rejects.toMatchObject({ body: { code: 'translator_failed' } })
    const [sent, ...more] = await findEventsOn(t.db, review.id)
    expect(more).toEqual([])
    expect(sent).toMatchObject({
      kind: 'caption.sent_to_translator',
      personId: t.person('reviewer').id,
      data: { to: 'en', translator: host },
    })
    expect((sent!.data as { textSha256: string[] }).textSha256).toContain(sha256(review.caption))
    expect(JSON.stringify(sent!.data)).not.toMatch(/снимка|secret-key/)

    translator.reply(({ q }) => ({ answer: { translatedText: q } }))
    await translate(dana(), review)
    const kinds = (await findEventsOn(t.db, review.id)).map(({ kind }) => kind)
    expect(kinds).toEqual(['caption.sent_to_translator', 'caption.sent_to_translator', 'caption.translated'])
  })

  it('never sends what is restricted, also for those who see it', async () => {
    const file = await createMedia(t.db, { is_restricted: true })
    const review = await createReview(t.db, { media: [file.sha256] })
    await expect(translate(dana(), review)).rejects.toMatchObject({ status: 404 })
    await t.setScope(t.person('supervisor'), { seesRestricted: true })
    const refused = translate(t.as('supervisor'), review)
    await expect(refused).rejects.toMatchObject({ status: 409, body: { code: 'must_stay_here' } })
    expect(translator.asked).toEqual([])
  })

  it.each([
    ['a refusal, in its own words', { status: 400, answer: { error: 'kk is not supported' } }, 'kk is not supported'],
    ['a status alone', { status: 503 }, 'It answered 503.'],
    ['what cannot be read', { answer: '<html>' }, 'Its answer cannot be read.'],
    ['too few texts', { answer: { translatedText: [] } }, 'Its answer cannot be read.'],
    ['a flood', { answer: { translatedText: ['x'.repeat(5_000_000)] } }, 'The answer has more than 4000000 bytes.'],
  ])('says plainly that the translator failed: %s', async (_, reply, message) => {
    const review = await createReview(t.db, { caption: `Слово ${crypto.randomUUID()}` })
    translator.reply(() => reply)
    await expect(translate(dana(), review, 'kk')).rejects.toMatchObject({
      status: 502,
      body: { code: 'translator_failed', issues: [{ path: 'translator', message }] },
    })
    expect((await read(dana(), review)).translations?.items).toEqual([])
  })

  it('has nothing to send where there are no letters', async () => {
    const review = await createReview(t.db, { caption: '👩‍👩‍👧‍👦 123' })
    expect((await translate(dana(), review)).items).toEqual([])
    expect(translator.asked).toEqual([])
  })
})

describe('a decision', () => {
  const decision = { outcome: 'no_violation', clause: null, exemption: null, measures: [], rationale: '' }

  async function decide(review: { id: string; version: number; snapshot_id: string }, translations: string[]) {
    const params = { reviewId: review.id as ReviewId }
    await dana()(api.claimReview, { params, body: { clientId: crypto.randomUUID() } })
    const on = { version: review.version + 1, snapshotId: review.snapshot_id, handlingMs: 1 }
    const body = { ...decision, ...on, clientId: crypto.randomUUID(), translations }
    return dana()(api.decideReview, { params, body: body as object as DecisionInput })
  }

  it('records the translations that were on the screen, here, in the log and in the export', async () => {
    const review = await createPost()
    const { items } = await translate(dana(), review)
    const [caption] = items
    const { decision: made } = await decide(review, [caption!.id])
    const seen = {
      id: caption!.id,
      language: 'en',
      translator: host,
      isMachine: true,
      textSha256: sha256(review.caption),
      sha256: sha256(`en: ${review.caption}`),
    }
    expect(made.translations).toEqual([seen])
    const later = await dana()(api.getDecision, { params: { decisionId: made.id } })
    expect(later.decision.translations).toEqual([seen])
    const decided = (await findEventsOn(t.db, review.id)).find(({ kind }) => kind === 'review.decided')
    expect(decided?.data).toMatchObject({ translations: [seen.sha256] })
    const csv = await (await t.fetch('/api/v1/exports/decisions.csv', {}, 'supervisor')).text()
    expect(csv).toContain(`"en by ${host} (machine)"`)
  })

  it('refuses a translation of another post, and names it', async () => {
    const other = await translate(dana(), await createPost())
    const review = await createPost()
    await expect(decide(review, [other.items[0]!.id])).rejects.toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: 'translations.0' }] },
    })
  })
})

describe('a flag', () => {
  it('brings the translations that its sender has: they are there when the review is opened', async () => {
    const intake = t.key({ role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] })
    const caption = 'Бумаги мне больше не нужны.'
    const flag = buildFlagBody({
      post: {
        caption,
        media: [],
        context: [{ author: 'mira', text: 'Ты где теперь?' }],
        translations: [
          { language: 'en', text: 'I no longer need papers.', translator: 'Field office' },
          { language: 'en', text: 'Where are you now?', of: { part: 'context', index: 0 }, isMachine: true },
          { language: 'en', text: 'Of nothing', of: { part: 'media', index: 3 } },
        ],
      },
    })
    const { reviewId } = await intake(api.createFlag, { body: flag })
    const { translations } = await read(dana(), { id: reviewId! })
    expect(translations?.items).toMatchObject([
      { of: { part: 'caption' }, text: 'I no longer need papers.', translator: 'Field office', isMachine: false },
      { of: { part: 'context' }, text: 'Where are you now?', translator: flag.source.name, isMachine: true },
    ])
  })
})
