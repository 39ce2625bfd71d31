import type { NotePlace } from '#shared/contract/notes.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'

/** What a note of the desk is on. */
export function subjectOf({ review, account, post }: ReviewDetail, on: NotePlace) {
  return { on, id: on === 'account' ? account.id : on === 'post' && post ? post.id : review.id }
}
