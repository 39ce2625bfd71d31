import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { AppError } from '#server/http/errors.ts'
import type { MediaStore } from '#server/media/store.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { findFlagsByKey } from '../flags.queries.ts'
import { flagKey, type SentFlag } from '../ready-flags.ts'
import { checkMedia } from '../ready-media.ts'
import { keyText } from '../subjects/row-key.ts'

type Deps = { db: Db; mediaStore: MediaStore }

/** As if received: what is known already is a duplicate, everything else would open or join a review. Changes nothing. */
export async function wouldReceive({ db }: Deps, flags: SentFlag[]): Promise<(FlagResult | AppError)[]> {
  const known = new Set((await findFlagsByKey(db, flags.map(flagKey))).map(keyText))
  const carriers = flags.map(({ input, raw }) => ({ media: input.post?.media ?? [], raw, key: 'post' as const }))
  const faults = await checkMedia(db, carriers)
  return flags.map((flag, index) => {
    const key = keyText(flagKey(flag))
    const isDuplicate = known.has(key)
    known.add(key)
    return faults[index] ?? { flagId: newId(), reviewId: null, isDuplicate, effect: 'opened' }
  })
}
