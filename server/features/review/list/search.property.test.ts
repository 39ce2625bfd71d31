import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createAccount, createNote, createPost, createReview } from '#test/support/factories.ts'
import { everything } from '../scope.queries.ts'
import { findReviews } from './list.queries.ts'

const seed = Date.now() % 1_000_000_000
const reader = { id: 'me', scope: everything }

/** Words, each in the spellings that are one word to a reader; the first is what a beginning is taken from. */
const vocabulary = [
  ['тагут', 'ТАГУТ', 'Тагу́т'],
  ['тагуты', 'ТаГуТы'],
  ['елка', 'ёлка', 'ЁЛКА', 'е\u0308лка'],
  ['мой', 'МОЙ', 'мои\u0306'],
  ['мои', 'Мои'],
  ['ән', 'ӘН'],
  ['ан', 'АН'],
  ['қол', 'ҚОЛ'],
  ['кол', 'Кол'],
  ['үйге', 'ҮЙГЕ'],
  ['السلام', 'السَّلامُ', 'الســلام'],
  ['احمد', 'أحمد', 'إحمد', 'آحمد'],
  ['مدرسه', 'مدرسة'],
  ['علي', 'على', 'علی'],
  ['cafe', 'café', 'CAFÉ', 'cafe\u0301'],
  ['strasse', 'Straße', 'STRASSE'],
  ['istanbul', 'İstanbul', 'ISTANBUL'],
  ['1488', '١٤٨٨', '１４８８'],
  ['恐'],
  ['怖'],
  ['𠮷'],
  ['が', 'か\u3099'],
  ['ガ', 'ｶﾞ'],
  ['한국어', '한국어'.normalize('NFD')],
  ['हिन्दी'],
  ['💀', '💀\ufe0f'],
] as const

type Word = { at: number; spelling: string }
const word: fc.Arbitrary<Word> = fc
  .nat({ max: vocabulary.length - 1 })
  .chain((at) => fc.constantFrom(...vocabulary[at]!).map((spelling) => ({ at, spelling })))
const gap = fc.constantFrom(' ', ', ', ' — ', '\n', ' / ', '_', '. «', '\u200f ', '…')
const written = fc.array(fc.tuple(word, gap), { maxLength: 12 })
type Written = [Word, string][]

const textOf = (words: Written) => words.map(([{ spelling }, gap]) => spelling + gap).join('')
const review = fc.record({
  caption: written,
  handle: fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 2 }),
  name: written.map((words) => words.slice(0, 2)),
  notes: fc.array(written, { maxLength: 2 }),
  isDecided: fc.boolean(),
  platform: fc.constantFrom('vk', 'telegram'),
})
type Sample = typeof review extends fc.Arbitrary<infer T> ? T : never

const term = fc.oneof(
  word.map((one) => ({ kind: 'words' as const, words: [one] })),
  fc.array(word, { minLength: 2, maxLength: 3 }).map((words) => ({ kind: 'phrase' as const, words })),
  fc.tuple(word, fc.integer({ min: 1, max: 4 })).map(([{ at }, length]) => ({
    kind: 'begin' as const,
    begin: Array.from(vocabulary[at]![0]).slice(0, length).join(''),
  })),
)
type Term = typeof term extends fc.Arbitrary<infer T> ? T : never

function toQ(terms: Term[]): string {
  const parts = terms.map((term) => {
    if (term.kind === 'begin') return `${term.begin}*`
    const text = term.words.map(({ spelling }) => spelling).join(' ')
    return term.kind === 'phrase' ? `"${text}"` : text
  })
  return parts.join(' ')
}

/** The scan: over words as numbers, text by text, knowing nothing of how they are spelled. */
function hasTerm(texts: number[][], term: Term): boolean {
  if (term.kind === 'begin') {
    return texts.some((text) => text.some((at) => vocabulary[at]![0].startsWith(term.begin)))
  }
  const asked = term.words.map(({ at }) => at)
  return texts.some((text) => text.some((_, from) => asked.every((at, index) => text[from + index] === at)))
}

let t: TestDb
const made: { id: string; texts: number[][]; sample: Sample }[] = []

beforeAll(async () => {
  t = await testDb()
  for (const sample of fc.sample(review, { seed, numRuns: 80 })) made.push(await insert(sample))
})
afterAll(() => t.drop())

async function insert(sample: Sample) {
  const [handle, display_name] = [textOf(sample.handle), textOf(sample.name)]
  // Ids are words too: these begin like none of the vocabulary.
  const account = await createAccount(t.db, { handle, display_name, external_id: `zz${made.length}` })
  const post = await createPost(t.db, { account_id: account.id, external_id: `zy${made.length}` })
  const state = sample.isDecided ? ('decided' as const) : ('open' as const)
  const { id } = await createReview(t.db, {
    account_id: account.id,
    post_id: post.id,
    caption: textOf(sample.caption),
    display_name,
    state,
    platform: sample.platform,
  })
  for (const [index, note] of sample.notes.entries()) {
    await createNote(t.db, { body: textOf(note), ...(index === 0 ? { review_id: id } : { account_id: account.id }) })
  }
  const all = [sample.caption, sample.handle, sample.name, ...sample.notes]
  return { id, sample, texts: all.map((words) => words.map(([{ at }]) => at)) }
}

async function search(query: object): Promise<{ ids: string[]; count: unknown }> {
  const read = (cursor: string | null) =>
    findReviews(t.db, listReviews.query.parse({ ...query, limit: 5, ...(cursor && { cursor }) }), reader)
  let page = await read(null)
  const { count } = page
  const ids = page.items.map(({ id }) => String(id))
  while (page.nextCursor) {
    page = await read(page.nextCursor)
    ids.push(...page.items.map(({ id }) => String(id)))
  }
  return { ids, count }
}

describe(`a search through random texts in many scripts (seed ${seed})`, () => {
  it('finds what a scan finds, under filters and in every order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(term, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...ReviewSort.options),
        fc.option(fc.constantFrom('vk', 'telegram'), { nil: null }),
        fc.boolean(),
        async (terms, sort, platform, isDecided) => {
          const state = isDecided ? { state: ['decided'] } : {}
          const found = await search({ q: toQ(terms), sort, ...state, ...(platform && { platform }) })
          const expected = made.filter(
            ({ texts, sample }) =>
              sample.isDecided === isDecided &&
              (platform === null || sample.platform === platform) &&
              terms.every((term) => hasTerm(texts, term)),
          )
          expect(found.ids.toSorted()).toEqual(expected.map(({ id }) => id).sort())
          expect(found.count).toEqual({ value: expected.length, exact: true })
        },
      ),
      { numRuns: 250 },
    )
  })
})
