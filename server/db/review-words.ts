import { plainLink } from '#shared/domain/search.ts'
import { toTsvector } from './tsvector.ts'

/** What a review is found by, as it is stored. */
export type ReviewTexts = {
  caption: string
  handle: string
  display_name: string | null
  account_external_id: string
  account_url: string | null
  post_external_id: string | null
  post_url: string | null
  notes: string[]
  platform: string
  language: string | null
  media_count: number
  media_kinds: string[]
}

/**
 * The words of a review, ready for `::tsvector`. Names come first: they are short, and keep their places whatever follows.
 * Besides what is written, its links and what it is: words that no text can have.
 */
export function toReviewWords(review: ReviewTexts): string {
  const names = [review.handle, review.display_name, review.account_external_id, review.post_external_id]
  const texts = [...new Set(names.flatMap((name) => name ?? [])), review.caption, ...review.notes]
  return toTsvector(texts, [...linksOf(review), ...factsOf(review)])
}

/** A link as a word. */
export const linkWord = (link: string) => `@${link}`

/**
 * Facts that hardly ever change, as words: where a search is narrowed by them, the index of words finds what has both, and
 * the rows that have only one of the two are not read.
 */
export const factWord = {
  platform: (platform: string) => `#platform=${platform}`,
  language: (language: string) => `#language=${language}`,
  mediaKind: (kind: string) => `#media=${kind}`,
  hasMedia: '#media',
}

function linksOf({ post_url, account_url }: ReviewTexts): string[] {
  return [post_url, account_url].flatMap((url) => {
    const link = url ? plainLink(url) : null
    return link === null ? [] : linkWord(link)
  })
}

function factsOf({ platform, language, media_count, media_kinds }: ReviewTexts): string[] {
  const facts = [factWord.platform(platform), ...media_kinds.map(factWord.mediaKind)]
  if (language !== null) facts.push(factWord.language(language))
  if (media_count > 0) facts.push(factWord.hasMedia)
  return facts
}
