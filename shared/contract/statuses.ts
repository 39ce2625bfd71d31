import { z } from 'zod'
import { AccountStatus, PostStatus, SourceKind } from '../domain/words.ts'
import { endpoint } from './endpoint.ts'
import { FlagPost } from './flags.ts'
import { Key, linesBothWays, Time, text } from './sent.ts'

/** Who says so. A key speaks for the sources it is bound to. */
const Speaker = z.object({ kind: SourceKind.default('user_report'), name: text(100).min(1) })

/**
 * What a platform says about one of its accounts. May be said in any order and as often as it likes: the history of the
 * account comes out the same. An account that nobody flagged yet is kept for when somebody does.
 */
export const AccountStatusInput = z.object({
  source: Speaker,
  account: z.object({ platform: text(50).min(1), externalId: Key }),
  status: AccountStatus.exclude(['unknown']),
  /** When it became so; with `isSighting` a time at which it was so. */
  since: Time,
  isSighting: z.boolean().default(false),
  cause: text(500).min(1).optional(),
})
export type AccountStatusInput = z.infer<typeof AccountStatusInput>

export const AccountStatusResult = z.object({
  accountId: z.uuid(),
  /** It was known already, or adds nothing to what is known. */
  isDuplicate: z.boolean(),
  /** How the account stands after all that was said of it. */
  status: AccountStatus,
  statusSince: z.iso.datetime().nullable(),
})
export type AccountStatusResult = z.infer<typeof AccountStatusResult>

export const stateAccounts = endpoint({
  method: 'POST',
  path: '/api/v1/accounts/status',
  summary: 'Say what became of accounts: one JSON object a line in, one answer a line out, in order',
  permission: 'flag.write',
  wire: linesBothWays,
  reply: z.unknown(),
  errors: ['payload_too_large'],
})

/** What became of a post after it was flagged. An edit may say what the post shows now. */
export const PostStatusInput = z
  .object({
    source: Speaker,
    post: z.object({ platform: text(50).min(1), externalId: Key }),
    status: PostStatus,
    since: Time,
    cause: text(500).min(1).optional(),
    content: FlagPost.omit({ kind: true, platform: true, externalId: true, postedAt: true }).optional(),
  })
  .refine(({ status, content }) => status === 'edited' || !content, {
    path: ['content'],
    message: 'Only an edit says what a post shows.',
  })
export type PostStatusInput = z.infer<typeof PostStatusInput>

export const PostStatusResult = z.object({
  postId: z.uuid(),
  isDuplicate: z.boolean(),
  /** The snapshot that shows it; null when the sender did not say what the post says now. */
  snapshotId: z.uuid().nullable(),
  /** The undecided review that shows it now; null when none does. */
  reviewId: z.uuid().nullable(),
})
export type PostStatusResult = z.infer<typeof PostStatusResult>

export const statePosts = endpoint({
  method: 'POST',
  path: '/api/v1/posts/status',
  summary: 'Say which posts were edited, deleted or restored: one JSON object a line in, one answer a line out',
  permission: 'flag.write',
  wire: linesBothWays,
  reply: z.unknown(),
  errors: ['payload_too_large'],
})
