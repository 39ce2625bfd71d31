import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { columnsAndRows } from '#server/db/rows.ts'
import type { Caller } from '#server/http/route.ts'

export type NewEvent = {
  /** Past tense: `review.claimed`. */
  kind: string
  by: Pick<Caller, 'id' | 'key'> | null
  subject: { kind: string; id: string; version?: number | null }
  /** Ids, codes, hashes and numbers only, never personal text: this row can never be changed. */
  data?: Record<string, unknown>
}

const eventColumns = {
  kind: 'text',
  person_id: 'text',
  key_id: 'text',
  subject_kind: 'text',
  subject_id: 'text',
  subject_version: 'int',
  data: 'jsonb',
} as const

/** Clocks may differ by so much without its being said. */
const sameTimeMs = 60_000

/**
 * Appends to the log, in the caller's transaction, in the given order. Their place in the one order of all events
 * (`seq`) is given after the commit by the sealer.
 *
 * @param happenedAt when it was, for those whose time is counted: written down where it is not the time of writing
 */
export async function appendEvents(tx: Tx | Db, events: NewEvent[], happenedAt?: Date) {
  if (events.length === 0) return
  const isEarlier = happenedAt && Math.abs(Date.now() - happenedAt.getTime()) > sameTimeMs
  const at = isEarlier ? { at: happenedAt.toISOString() } : {}
  const rows = events.map((event) => ({
    kind: event.kind,
    person_id: event.by?.id ?? null,
    key_id: event.by?.key?.id ?? null,
    subject_kind: event.subject.kind,
    subject_id: event.subject.id,
    subject_version: event.subject.version ?? null,
    data: { ...event.data, ...at },
  }))
  // As arrays, however many: a bulk of flags brings thousands, and a statement takes at most 65,535 parameters.
  await sql`insert into event ${columnsAndRows(rows, eventColumns)}`.execute(tx)
}

/**
 * Gives the next numbers to all events that were committed since the last time; `head` is the last number given by then.
 * Waits while another process seals. Not inside a transaction.
 */
export async function sealEvents(db: Db): Promise<{ head: number; sealed: number }> {
  const { rows } = await sql<{ head: number; sealed: number }>`select * from seal_events()`.execute(db)
  return rows[0]!
}
