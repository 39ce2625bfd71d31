import { createHash } from 'node:crypto'
import type { Db } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { Sha256, type StoredMedia } from '#shared/contract/media.ts'
import { inspectMedia } from './inspect-media.ts'
import { findMedia, insertMedia, type MediaRow } from './media.queries.ts'
import type { MediaStore } from './store.ts'

/**
 * Checks bytes and stores them once, under their hash. The bytes are there before the row that speaks of them, and a
 * repeat of a store that was broken off completes it.
 *
 * @throws AppError `unsupported_media`.
 */
export async function keepMedia(
  { db, mediaStore }: { db: Db; mediaStore: MediaStore },
  { bytes, by, now }: { bytes: Buffer; by: Caller | null; now: Date },
): Promise<StoredMedia> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const [known] = await findMedia(db, [sha256])
  if (known) {
    await mediaStore.put(sha256, 'original', bytes)
    return toStored(known, false)
  }
  const { mime, width, height } = await inspectMedia(bytes)
  await mediaStore.put(sha256, 'original', bytes)
  const row: MediaRow = { sha256, mime, size: bytes.length, width, height, state: width === null ? 'ready' : 'pending' }
  const isNew = await db.transaction().execute(async (tx) => {
    const isFirst = await insertMedia(tx, { ...row, stored_at: now })
    if (isFirst) {
      await appendEvents(tx, [
        { kind: 'media.stored', by, subject: { kind: 'media', id: sha256 }, data: { mime, size: bytes.length } },
      ])
    }
    return isFirst
  })
  return toStored(row, isNew)
}

function toStored({ sha256, mime, size, width, height, state }: MediaRow, isNew: boolean): StoredMedia {
  return { sha256: Sha256.parse(sha256), mime, size, width, height, state, isNew }
}
