import { type Kysely, sql } from 'kysely'

/**
 * What the running server's role may do: everything but write history. Of the event log it may select, and insert the
 * payload columns only, so that neither order nor time can be forged; it may ask for sealing, but gives no number.
 * Run by the owner after every migration.
 */
export async function applyGrants(db: Kysely<unknown>, role: string) {
  const app = sql.id(role)
  await sql`grant usage on schema public, auth to ${app}`.execute(db)
  await sql`grant select, insert, update, delete on all tables in schema public, auth to ${app}`.execute(db)
  await sql`grant usage, select on all sequences in schema public, auth to ${app}`.execute(db)
  await sql`revoke all on event, event_seq from ${app}`.execute(db)
  await sql`grant select, insert (kind, person_id, key_id, subject_kind, subject_id, subject_version, data) on event
    to ${app}`.execute(db)
  await sql`revoke all on sealer from ${app}`.execute(db)
  await sql`grant select on event_seq, sealer to ${app}`.execute(db)
  await sql`grant execute on function seal_events to ${app}`.execute(db)
  await sql`revoke update, delete, truncate on decision, note, snapshot, policy_version, canned_reason, turn, undo, term_version,
    bulk, bulk_item, bulk_undo, bulk_undo_item,
    rule_set, priority_weights, message_template, decision_message
    from ${app}`.execute(db)
}
