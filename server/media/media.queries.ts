import type { Db, Tx } from '#server/db/connect.ts'

export type MediaRow = {
  sha256: string
  mime: string
  size: number
  width: number | null
  height: number | null
  state: 'pending' | 'ready' | 'failed'
}

export function findMedia(db: Db | Tx, hashes: string[]): Promise<MediaRow[]> {
  return db
    .selectFrom('media')
    .select(['sha256', 'mime', 'size', 'width', 'height', 'state'])
    .where('sha256', 'in', hashes)
    .execute()
}

/** Answers whether it was new: false when somebody stored the same bytes meanwhile. */
export async function insertMedia(tx: Tx, media: MediaRow & { stored_at: Date }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('media')
    .values(media)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}
