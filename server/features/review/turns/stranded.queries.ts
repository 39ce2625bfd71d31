import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { isAbleToAnswer, isAbleToTake } from './able.queries.ts'

type Stranded = {
  id: string
  version: number
  /** Who was to take it and cannot. */
  assignee_id: string | null
  /** Who was to answer it and cannot. */
  addressee_id: string | null
}

const isAble = (personId: RawBuilder<unknown>, able: RawBuilder<boolean>) =>
  sql<boolean>`exists (select from auth."user" as person where person.id = ${personId} and ${able})`

/**
 * What was given to people by name who cannot take or answer it by now (they were shut out, or lost a queue, a role or the
 * sight of what is restricted) goes on without them: what was assigned is offered to everybody, what was handed up waits
 * for any supervisor. Passes over reviews that somebody is changing: whoever comes next finds them.
 *
 * @param personId of one person only
 * @returns how many, at most `limit`
 */
export async function freeStranded(
  tx: Tx,
  { personId, by, limit }: { personId?: string; by: Pick<Caller, 'id' | 'key'> | null; limit?: number },
): Promise<number> {
  const assigned = personId === undefined ? sql`assignee_id is not null` : sql`assignee_id = ${personId}`
  const handedUp = personId === undefined ? sql`escalated_to is not null` : sql`escalated_to = ${personId}`
  const { rows } = await sql<Stranded>`
    with stranded as (
      select id, case when not ${isAble(sql`review.assignee_id`, isAbleToTake)} then assignee_id end as assignee_id,
        case when not ${isAble(sql`review.escalated_to`, isAbleToAnswer)} then escalated_to end as addressee_id
      from review
      where id in (
        select id from review where state <> 'decided' and ${assigned}
        union all
        select id from review where state <> 'decided' and ${handedUp}
      ) and (
        (assignee_id is not null and not ${isAble(sql`review.assignee_id`, isAbleToTake)})
        or (escalated_to is not null and not ${isAble(sql`review.escalated_to`, isAbleToAnswer)})
      )
      order by id ${limit === undefined ? sql`` : sql`limit ${limit}`}
      for no key update skip locked
    )
    update review set version = version + 1,
      assignee_id = case when stranded.assignee_id is null then review.assignee_id end,
      escalated_role = case when stranded.addressee_id is null then review.escalated_role else 'supervisor' end,
      escalated_to = case when stranded.addressee_id is null then review.escalated_to end
    from stranded where review.id = stranded.id
    returning review.id, review.version, stranded.assignee_id, stranded.addressee_id`.execute(tx)
  await appendEvents(
    tx,
    rows.map(({ id, version, assignee_id, addressee_id }) => ({
      kind: 'review.turn_passed',
      by,
      subject: { kind: 'review', id, version },
      data: {
        ...(assignee_id && { assigneeId: assignee_id }),
        ...(addressee_id && { addresseeId: addressee_id, toRole: 'supervisor' }),
      },
    })),
  )
  return rows.length
}
