import { z } from 'zod'

export const Outcome = z.enum(['violation', 'no_violation', 'exempt'])
export type Outcome = z.infer<typeof Outcome>

/** What is done to the post, weakest first. */
export const PostMeasure = z.enum(['label', 'restrict', 'remove'])
export type PostMeasure = z.infer<typeof PostMeasure>

/** What is done to the account, weakest first. */
export const AccountMeasure = z.enum(['warn', 'limit', 'block', 'terminate'])
export type AccountMeasure = z.infer<typeof AccountMeasure>

/** The account's status once a measure on it has taken effect; a warning changes none. */
export const statusAfter: Record<AccountMeasure, 'limited' | 'blocked' | 'deleted' | null> = {
  warn: null,
  limit: 'limited',
  block: 'blocked',
  terminate: 'deleted',
}
