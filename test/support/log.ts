import type { Db } from '#server/db/connect.ts'

/** The events on one subject, in the order in which they were written. */
export async function findEventsOn(db: Db, subjectId: string) {
  const rows = await db.selectFrom('event').selectAll().where('subject_id', '=', subjectId).orderBy('id').execute()
  return rows.map((row) => ({ kind: row.kind, personId: row.person_id, version: row.subject_version, data: row.data }))
}
