import { type Kysely, sql } from 'kysely'

/**
 * Gives events their place. A function of the owner's, so that the running server can ask for it and can neither choose
 * a number nor skip an event.
 *
 * The sealer remembers the snapshot it last sealed under. What was not visible then and is visible now, it numbers by
 * id: events of transactions that had not begun to write (at or above the snapshot's xmax), and of those that were
 * under way. Reading the events and the snapshot is one statement, and so one view of the database.
 *
 * One subject's events come in the order in which they happened: who changes a subject holds its lock until the commit,
 * so the next change is given its id, and can be seen, only after the one before.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table sealer drop column next_xid, add column snapshot pg_snapshot not null default '1:1:'`.execute(
    db,
  )
  await sql`
    create function seal_events() returns table (head bigint, sealed int)
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
    declare
      place sealer;
    begin
      if pg_current_xact_id_if_assigned() is not null then
        raise exception 'events are sealed in a transaction of their own';
      end if;
      perform pg_advisory_xact_lock(7240319);
      select * into strict place from sealer;
      with batch as materialized (
        select * from event where xid >= pg_snapshot_xmax(place.snapshot)
        union all
        select * from event where xid in (select pg_snapshot_xip(place.snapshot))
      ), given as (
        insert into event_seq (seq, event_id, at, kind, person_id, subject_kind, subject_id)
        select place.last_seq + row_number() over (order by id), id, at, kind, person_id, subject_kind, subject_id
        from batch
      ), moved as (
        update sealer set last_seq = place.last_seq + (select count(*) from batch), snapshot = pg_current_snapshot()
        where exists (select from batch)
      )
      select count(*) into sealed from batch;
      head := place.last_seq + sealed;
      return next;
    end $$`.execute(db)
  await sql`revoke execute on function seal_events from public`.execute(db)
  // A busy person's rare acts are found without a walk through all they did.
  await sql`create index event_seq_person_kind on event_seq (person_id, kind, seq desc)`.execute(db)
}
