import type { Tx } from '#server/db/connect.ts'
import { lockAccount } from '#server/features/accounts/accounts.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import { lockReview } from '../review.queries.ts'
import { lockPost, type NoteSubject } from './notes.queries.ts'

/**
 * Locks what a note is on, until the transaction ends.
 *
 * @returns the review's version; an account or a post has none
 * @throws AppError `not_found`, also when it lies outside the scope
 */
export async function lockSubject(tx: Tx, { on, id }: NoteSubject, scope: Scope): Promise<number | null> {
  if (on === 'review') {
    const review = await lockReview(tx, id, scope)
    if (review) return review.version
  } else {
    const found = on === 'account' ? await lockAccount(tx, id, scope) : await lockPost(tx, id, scope)
    if (found) return null
  }
  throw new AppError('not_found', `No ${on} ${id}.`)
}
