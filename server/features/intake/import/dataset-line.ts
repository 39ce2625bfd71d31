import { z } from 'zod'
import { parseInput } from '#server/http/errors.ts'
import { FlagInput } from '#shared/contract/flags.ts'
import type { PostKind, SourceKind } from '#shared/domain/words.ts'

/**
 * One line of a research dataset of labelled posts: flat, with the category that its labels come down to. It says what
 * was labelled, not who reported it or when.
 */
const DatasetLine = z.object({
  source: z.string(),
  externalId: z.string(),
  platform: z.string(),
  kind: z.enum(['post', 'chat', 'review', 'email', 'news', 'test-case']),
  category: z.enum(['hate', 'violent', 'abusive', 'offensive', 'spam', 'none', 'unlabelled']),
  postedAt: z.string(),
  authorHandle: z.string(),
  caption: z.string(),
  language: z.string(),
  context: z.object({ prevAgent: z.string(), prevUser: z.string(), agent: z.string() }).partial().optional(),
})
type DatasetLine = z.infer<typeof DatasetLine>

/** Where a flag differs from a line of a dataset: there `source` is an object. */
export function isDatasetLine(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'source' in value && typeof value.source === 'string'
}

/**
 * A flag in our own shape. What a label found wanting counts as found by a classifier, all else as reported by a user;
 * the time of the post stands for that of the flag. The same line always makes the same flag.
 */
export function flagOfDatasetLine(value: unknown, sourceName?: string): FlagInput {
  const line = parseInput(DatasetLine, value)
  return parseInput(FlagInput, {
    source: { kind: sourceKindOf(line), name: sourceName ?? line.source, externalId: line.externalId },
    reason: { code: line.category },
    flaggedAt: line.postedAt,
    post: {
      kind: postKindOf(line),
      platform: line.platform,
      externalId: line.externalId,
      postedAt: line.postedAt,
      caption: line.caption,
      language: line.language,
      context: turnsOf(line),
    },
    account: { externalId: line.authorHandle, handle: line.authorHandle },
  })
}

function sourceKindOf({ category }: DatasetLine): SourceKind {
  return category === 'none' || category === 'unlabelled' ? 'user_report' : 'classifier'
}

function postKindOf({ kind }: DatasetLine): PostKind {
  return kind === 'test-case' ? 'other' : kind
}

/** The turns of a conversation before the post, oldest first. */
function turnsOf({ context = {} }: DatasetLine) {
  const turns = [
    { author: 'agent', text: context.prevAgent },
    { author: 'user', text: context.prevUser },
    { author: 'agent', text: context.agent },
  ]
  return turns.filter((turn) => turn.text)
}
