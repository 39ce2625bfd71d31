import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { MediaKind, PostKind } from '#shared/domain/words.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { receiveFlags } from './receive-flags.ts'

const t = useTestApi()
const fixture = join(import.meta.dirname, '../../../test/fixtures/captions/nasty.jsonl')
const now = new Date('2026-07-02T12:00:00Z')

/** What captions of real posts are made of, by the names of the dataset's own count. */
const kinds: Record<string, (text: string) => boolean> = {
  emoji: (text) => /\p{Extended_Pictographic}/u.test(text),
  emojiSkinToneOrZwj: (text) => /[\u{1F3FB}-\u{1F3FF}\u200d]/u.test(text),
  rtlScript: (text) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text),
  bidiControl: (text) => /[\u202a-\u202e\u2066-\u2069]/.test(text),
  zeroWidth: (text) => /[\u200b-\u200d\u2060\ufeff]/.test(text),
  htmlEntity: (text) => /&(#\d+|\w+);/.test(text),
  htmlTag: (text) => /<\/?[a-z][^>]*>/i.test(text),
  mention: (text) => /@\w/.test(text),
  hashtag: (text) => /#[\p{L}\d_]/u.test(text),
  url: (text) => /https?:\/\//.test(text),
  newline: (text) => text.includes('\n'),
  tab: (text) => text.includes('\t'),
  cr: (text) => text.includes('\r'),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  control: (text) => /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text),
  unicodeLineSep: (text) => /[\u2028\u2029]/.test(text),
  astral: (text) => /[\u{10000}-\u{10ffff}]/u.test(text),
  combining: (text) => /\p{Mn}/u.test(text),
  replacementChar: (text) => text.includes('\ufffd'),
  backslashEscape: (text) => /\\[nrt"u]/.test(text),
  doubleQuote: (text) => text.includes('"'),
  formulaStart: (text) => /^[=+\-@]/.test(text),
  notNFC: (text) => text !== text.normalize('NFC'),
  cyrillic: (text) => /\p{Script=Cyrillic}/u.test(text),
  kazakhLetters: (text) => /[әғқңөұүһі]/i.test(text),
  devanagari: (text) => /\p{Script=Devanagari}/u.test(text),
  cjk: (text) => /\p{Script=Han}/u.test(text),
  mixedLatinCyrillicWord: (text) => /[a-z][а-я]|[а-я][a-z]/i.test(text),
  whitespaceOnlyOrEmpty: (text) => text.trim() === '',
  leadingTrailingSpace: (text) => text !== text.trim(),
  over280: (text) => text.length > 280,
  over2000: (text) => text.length > 2_000,
}

/** What the real posts of the fixture do not hold, or only beside other things. */
const made = [
  'lost \ufffd letter',
  '\u202Eturned\u202C',
  'line\u2028end',
  'सूची',
  '=1+1',
  'cafe\u0301',
  '\u0007',
  'a\rb',
  ' \t ',
  '👩🏽‍🚀',
]

let captions: string[]
beforeAll(async () => {
  const lines = (await readFile(fixture, 'utf8')).split('\n').filter(Boolean)
  captions = [...lines.map((line) => (JSON.parse(line) as { caption: string }).caption), ...made]
  const flags = captions.map((caption, index) =>
    sent(buildFlagBody({ post: { externalId: `caption-${index}`, caption: caption || ' ' } })),
  )
  const results = await receiveFlags(t.deps, { by: null, flags, now })
  expect(results.every((result) => 'flagId' in result)).toBe(true)
})

async function captionOf(externalId: string) {
  const [review] = await reviewsOfPost(t.db, externalId)
  const { snapshot } = await t.as('reviewer')(api.getReview, { params: { reviewId: review!.id as ReviewId } })
  return snapshot.caption
}

describe('a post whose caption', () => {
  it.each(Object.keys(kinds))('is of the kind %s comes back byte for byte', async (kind) => {
    const found = captions.flatMap((caption, index) => (kinds[kind]!(caption) ? [{ caption, index }] : []))
    expect(found.length).toBeGreaterThan(0)
    for (const { caption, index } of found.slice(0, 5)) {
      expect(await captionOf(`caption-${index}`)).toBe(caption || ' ')
    }
  })

  it('has twenty thousand characters comes back whole, and is a line in the list', async () => {
    const caption = 'Тагут 👩🏽‍🚀 '.repeat(2_000).slice(0, 20_000)
    const call = t.key({ role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] })
    const { reviewId } = await call(api.createFlag, { body: buildFlagBody({ post: { externalId: 'long', caption } }) })
    expect(caption).toHaveLength(20_000)
    expect(await captionOf('long')).toBe(caption)
    const { items } = await t.as('reviewer')(api.listReviews, { query: { sort: 'newest', limit: 200 } })
    expect(items.find(({ id }) => id === reviewId)!.captionExcerpt.length).toBeLessThanOrEqual(600)
  })
})

describe('a post', () => {
  it.each(PostKind.options)('of the kind %s is taken and named so', async (kind) => {
    await receiveFlags(t.deps, {
      by: null,
      flags: [sent(buildFlagBody({ post: { externalId: `kind-${kind}`, kind } }))],
      now,
    })
    const [review] = await reviewsOfPost(t.db, `kind-${kind}`)
    const { post } = await t.as('reviewer')(api.getReview, { params: { reviewId: review!.id as ReviewId } })
    expect(post).toMatchObject({ kind })
  })

  it.each(MediaKind.options)('with %s that cannot be shown here names it', async (kind) => {
    const media = [{ kind, url: `https://social.example/${kind}`, name: `A ${kind}`, caption: 'What it is' }]
    await receiveFlags(t.deps, {
      by: null,
      flags: [sent(buildFlagBody({ post: { externalId: `media-${kind}`, media } }))],
      now,
    })
    const [review] = await reviewsOfPost(t.db, `media-${kind}`)
    const desk = await t.as('reviewer')(api.getReview, { params: { reviewId: review!.id as ReviewId } })
    expect(desk.snapshot.media).toMatchObject([
      { kind, name: `A ${kind}`, caption: 'What it is', sha256: null, state: null },
    ])
    expect(desk.review.media).toMatchObject({ count: 1, kinds: [kind], first: null })
  })

  it('with a film and a recording keeps both, under the kinds that their bytes say', async () => {
    const film = Buffer.concat([
      Buffer.from('0000001866747970', 'hex'),
      Buffer.from('isom0000isommp42'),
      Buffer.alloc(64),
    ])
    const sound = Buffer.concat([
      Buffer.from('ID3\u0003\u0000\u0000\u0000\u0000\u0000\u0000'),
      Buffer.from('fffb9064', 'hex'),
      Buffer.alloc(400),
    ])
    const media = [film, sound].map((bytes) => ({ base64: bytes.toString('base64'), name: 'clip' }))
    const [result] = await receiveFlags(t.deps, {
      by: null,
      flags: [sent(buildFlagBody({ post: { externalId: 'clips', media } }))],
      now,
    })
    expect(result).toMatchObject({ effect: 'opened' })
    const [review] = await reviewsOfPost(t.db, 'clips')
    expect(review).toMatchObject({ media_kinds: ['audio', 'video'], media_count: 2, first_media: null })
    const { snapshot } = await t.as('reviewer')(api.getReview, { params: { reviewId: review!.id as ReviewId } })
    expect(snapshot.media).toMatchObject([
      { kind: 'video', mime: 'video/mp4', state: 'ready', width: null },
      { kind: 'audio', mime: 'audio/mpeg', state: 'ready', width: null },
    ])
  })
})
