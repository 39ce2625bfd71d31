import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { NotePlace } from '#shared/contract/notes.ts'
import type { Role } from '#shared/domain/permissions.ts'

export type Subject = { on: NotePlace; id: string }

/** Of these people, or of everybody who works here. */
export type Among = { ids: readonly string[] } | { role: Role } | null

/** `reviewId` is the newest review of the subject that this person may see; null of an account that has none. */
export type ReaderOf = { id: string; name: string; reviewId: string | null }

const columns = { review: sql.ref('review.id'), account: sql.ref('review.account_id'), post: sql.ref('review.post_id') }

/**
 * Who may see a review, an account or a post, by name: people who are not disabled. A post of which any review is
 * restricted is for those alone who see what is restricted: its notes may tell of it.
 */
export async function findReaders(db: Db | Tx, { on, id }: Subject, among: Among = null): Promise<ReaderOf[]> {
  const { rows } = await sql<ReaderOf>`
    with place as materialized (
      select queue_id, is_restricted, (array_agg(id order by id desc))[1] as review_id
      from review where ${columns[on]} = ${id}::uuid group by queue_id, is_restricted
    )
    select person.id, person.name, shown.review_id as "reviewId"
    from auth."user" as person
    left join lateral (
      select place.review_id from place
      where (person."seesRestricted" or not place.is_restricted)
        and (person."seesAllQueues" or exists (
          select from queue_member where person_id = person.id and queue_id = place.queue_id))
      order by place.review_id desc limit 1
    ) as shown on true
    where not person."isProgram" and person."disabledAt" is null and ${isAmong(among)}
      and (shown.review_id is not null or ${on === 'account' ? seesTheRest : sql`false`})
      and ${on === 'post' ? seesAllOfPost : sql`true`}
    order by lower(person.name), person.id`.execute(db)
  return rows
}

/** An account that no review speaks of. */
const seesTheRest = sql`(person."seesAllQueues" and not exists (select from place))`
const seesAllOfPost = sql`(person."seesRestricted" or not exists (select from place where is_restricted))`

function isAmong(among: Among): RawBuilder<boolean> {
  if (among === null) return sql<boolean>`true`
  if ('role' in among) return sql<boolean>`person.role = ${among.role}`
  return sql<boolean>`person.id = any(${among.ids}::text[])`
}
