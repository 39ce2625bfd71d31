import { sql } from 'kysely'
import { findMatchingEvents } from '#server/features/audit/events.queries.ts'
import { exportFilters } from '#shared/contract/exports.ts'
import { all, type ExportColumn, int, json, type Kind, text, time, within } from './columns.queries.ts'

/** The log in its one order; entries without a number yet are not part of it. */
export const events: Kind = (db, { filter: asked, span, reader }) => {
  const { sort: _, ...filter } = exportFilters.events.parse(asked)
  const matching = findMatchingEvents(db, { ...filter, reader }).selectAll('event_seq')
  const where = all(within('event_seq.at', span))
  return {
    columns,
    counted: sql`select count(*) from (${matching}) as event_seq where ${where}`,
    from: sql`
      from (${matching}) as event_seq join event on event.id = event_seq.event_id
      where ${where}
      order by event_seq.seq`,
  }
}

const columns: ExportColumn[] = [
  int('seq', sql`event_seq.seq`),
  time('at (UTC)', sql`event.at`),
  text('kind', sql`event.kind`),
  text('person id', sql`event.person_id`),
  text('key id', sql`event.key_id`),
  text('subject', sql`event.subject_kind`),
  text('subject id', sql`event.subject_id`),
  int('subject version', sql`event.subject_version`),
  json('data', sql`event.data`),
]
