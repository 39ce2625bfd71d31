import type { Tx } from '#server/db/connect.ts'
import { findSeenTranslations } from '#server/features/translation/translation.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { SeenTranslation } from '#shared/contract/translations.ts'

/**
 * The translations that were on the screen, as the decision keeps them: what was seen can be proved by its hash.
 *
 * @throws AppError `invalid_request` for one that is of no text of this post
 */
export async function requireSeen(
  tx: Tx,
  review: { snapshot_id: string },
  ids: readonly string[],
): Promise<SeenTranslation[]> {
  const seen = await findSeenTranslations(tx, ids, review.snapshot_id)
  const known = new Set(seen.map(({ id }) => id))
  const issues = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `translations.${index}`, message: 'No such translation of this post.' }],
  )
  if (issues.length > 0) throw new AppError('invalid_request', 'The decision names a translation that is none.', issues)
  return seen
}

/** What the log keeps of them. */
export const seenCodes = (seen: readonly SeenTranslation[]) =>
  seen.length > 0 ? { translations: seen.map(({ sha256 }) => sha256) } : {}
