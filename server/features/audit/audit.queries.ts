import type { Db, Tx } from '#server/db/connect.ts'
import type { Caller } from '#server/http/route.ts'

export type NewEvent = {
  /** Past tense: `review.claimed`. */
  kind: string
  by: Pick<Caller, 'id' | 'key'> | null
  subject: { kind: string; id: string; version?: number | null }
  /** Ids, codes, hashes and numbers only, never personal text: this row can never be changed. */
  data?: Record<string, unknown>
}

/**
 * Appends to the log, in the caller's transaction, in the given order. Their place in the one order of all events
 * (`seq`) is given after the commit by the sealer.
 */
export async function appendEvents(tx: Tx | Db, events: NewEvent[]) {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    kind: event.kind,
    person_id: event.by?.id ?? null,
    key_id: event.by?.key?.id ?? null,
    subject_kind: event.subject.kind,
    subject_id: event.subject.id,
    subject_version: event.subject.version ?? null,
    data: JSON.stringify(event.data ?? {}),
  }))
  await tx.insertInto('event').values(rows).execute()
}
