import { type Kysely, sql } from 'kysely'

/** What one receiver was sent, the newest first, however much the others were. */
export async function up(db: Kysely<unknown>) {
  await sql`create index delivery_receiver on delivery (receiver_id, number desc)`.execute(db)
}
