import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'

type Woken = { id: string; version: number }

/**
 * Wakes reviews whose time on hold is over, longest over first, passing over those that somebody is changing: they open
 * again, or wait again for whom they were handed up to.
 */
export async function wakeDue(tx: Tx, now: Date, limit: number): Promise<Woken[]> {
  const { rows } = await sql<Woken>`
    with due as (
      select id from review where state = 'on_hold' and wake_at <= ${now}
      order by wake_at limit ${limit} for no key update skip locked
    )
    update review set state = case when coalesce(escalated_to, escalated_role) is null then 'open' else 'escalated' end,
      wake_at = null, version = version + 1
    from due where review.id = due.id
    returning review.id, review.version`.execute(tx)
  return rows
}
