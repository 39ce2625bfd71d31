import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { FlagInput } from '#shared/contract/flags.ts'

/** A flag as a sender writes it. */
export type FlagBody = z.input<typeof FlagInput>
type Overrides = {
  source?: Partial<FlagBody['source']>
  reason?: Partial<FlagBody['reason']>
  reporter?: FlagBody['reporter']
  flaggedAt?: string
  /** Null for a flag on an account alone. */
  post?: Partial<NonNullable<FlagBody['post']>> | null
  account?: Partial<FlagBody['account']>
}

let n = 0

/** A flag on a post of its own, unless told otherwise. */
export function buildFlagBody({ post = {}, ...overrides }: Overrides = {}): FlagBody {
  n += 1
  return {
    source: { kind: 'user_report', name: 'vk-intake', externalId: `flag-${n}`, ...overrides.source },
    ...(overrides.reporter && { reporter: overrides.reporter }),
    reason: { code: 'hate', ...overrides.reason },
    flaggedAt: overrides.flaggedAt ?? '2026-07-02T10:00:00Z',
    ...(post && {
      post: { platform: 'vk', externalId: `post-${n}`, caption: `Caption ${n}`, language: 'ru', ...post },
    }),
    account: {
      externalId: `account-${n}`,
      handle: `handle_${n}`,
      ...(post ? {} : { platform: 'vk' }),
      ...overrides.account,
    },
  }
}

/** As intake takes it: parsed, and the text it came as. */
export function sent(body: FlagBody) {
  return { input: FlagInput.parse(body), raw: JSON.stringify(body) }
}

/** The reviews of a post, oldest first. */
export function reviewsOfPost(db: Db, externalId: string) {
  return db
    .selectFrom('review')
    .innerJoin('post', 'post.id', 'review.post_id')
    .selectAll('review')
    .where('post.external_id', '=', externalId)
    .orderBy('review.id')
    .execute()
}
