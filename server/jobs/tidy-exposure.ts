import { deleteOldExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'

/** Clears away what people looked at longer ago than the organisation keeps it. Safe in several processes. */
export function tidyExposure({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  return deleteOldExposure(db, now())
}
