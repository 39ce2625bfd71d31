import type { Tx } from '#server/db/connect.ts'
import { getLatestTurn } from '#server/features/review/turns/turns.queries.ts'
import { notify } from './inbox.queries.ts'

/** Tells whoever put these reviews on hold that they woke up, in the transaction that woke them. */
export async function tellWoken(tx: Tx, reviewIds: readonly string[], at: Date) {
  for (const id of reviewIds) {
    const held = await getLatestTurn(tx, id, ['held'])
    if (!held) continue
    const { by_id: personId, text } = held
    await notify(tx, [
      { to: { personId }, kind: 'woken', about: { on: 'review', id }, byId: null, at, text: text || null },
    ])
  }
}
