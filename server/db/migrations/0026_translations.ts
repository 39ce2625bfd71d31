import { type Kysely, sql } from 'kysely'

/** Texts in other languages, by the hash of the original; and which of them were on the screen when somebody decided. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table translation (
      id uuid primary key,
      text_sha256 text not null,
      language text not null,
      text text not null,
      sha256 text not null,
      translator text not null,
      is_machine boolean not null,
      made_at timestamptz(3) not null,
      made_by text,
      unique (text_sha256, language, translator, sha256)
    )`.execute(db)
  await sql`alter table decision add column translations jsonb not null default '[]'`.execute(db)
}
