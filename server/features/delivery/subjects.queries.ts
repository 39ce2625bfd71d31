import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import type { ClauseVersion } from '#shared/contract/decisions.ts'
import type { Standing } from './message.ts'

/** What a message says of a decision, and by what its receivers are chosen. */
export type Subject = {
  decision_id: string
  account_id: string
  post_id: string | null
  number: number
  platform: string
  /** Who flagged, by the names of the sources. */
  sources: string[]
  account_external_id: string
  handle: string
  post_external_id: string | null
  post_url: string | null
  outcome: string
  clause: ClauseVersion | null
  further_clauses: ClauseVersion[]
  exemption: string | null
  territory: string[]
  rationale: string
  decided_at: Date
  supersedes_id: string | null
  /** The appeal that it answers. */
  appeal: { id: string; externalId: string | null; outcome: string } | null
  /** What is written to the user. */
  message: { language: string; text: string } | null
}

/** By the decision's id. */
export async function findSubjects(tx: Tx, decisionIds: string[]): Promise<Map<string, Subject>> {
  const { rows } = await sql<Subject>`
    select decision.id as decision_id, decision.account_id, review.post_id, review.number, review.platform,
      array(select distinct source_name from flag where flag.review_id = review.id) as sources,
      account.external_id as account_external_id, account.handle, post.external_id as post_external_id,
      post.url as post_url, decision.outcome,
      case when decision.policy_id is not null
        then json_build_object('id', decision.policy_id, 'version', decision.policy_version) end as clause,
      decision.further_clauses, decision.exemption, decision.territory, decision.rationale, decision.decided_at,
      decision.supersedes_id,
      (select json_build_object('id', appeal.id, 'externalId', appeal.external_id, 'outcome', appeal.outcome)
        from appeal where appeal.new_decision_id = decision.id) as appeal,
      (select json_build_object('language', language, 'text', text) from decision_message
        where decision_message.decision_id = decision.id) as message
    from decision
    join review on review.id = decision.review_id
    join account on account.id = decision.account_id
    left join post on post.id = review.post_id
    where decision.id = any(${decisionIds}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.decision_id, row]))
}

export type Told = Standing & { decision_id: string; account_id: string; post_id: string | null }

/**
 * Measures that platforms have been told of, or that were recorded, and that are still to hold: on these accounts, and on
 * their posts. What a platform refused is not among them, nor what was never told.
 */
export async function findTold(tx: Tx, accountIds: string[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select measure.id, measure.target, measure.kind, measure.restriction, decision.id as decision_id, decision.account_id, review.post_id
    from decision
    join outbox on outbox.decision_id = decision.id and outbox.state not in ('pending', 'cancelled')
    join review on review.id = decision.review_id
    join measure on measure.decision_id = decision.id and measure.ended_at is null
    where decision.account_id = any(${accountIds}::uuid[])
      and (measure.began_at is not null or not exists (
        select from delivery where delivery.decision_id = decision.id and delivery.answer in ('refused', 'already_deleted')))
      and not exists (
        select from decision as later join outbox as sent on sent.decision_id = later.id
        where later.supersedes_id = decision.id and sent.state not in ('pending', 'cancelled')
          and not exists (select from delivery where delivery.decision_id = later.id and delivery.answer = 'refused'))
    `.execute(tx)
  return rows
}

/** Which of these measures a platform may have carried out: they took effect, or a try to tell of them was made. */
export async function findPossiblyDone(tx: Tx, measureIds: string[]): Promise<Set<string>> {
  if (measureIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from measure
    where id = any(${measureIds}::uuid[]) and (began_at is not null or exists (
      select from delivery where delivery.decision_id = measure.decision_id and delivery.measure_id is null
        and (attempts > 0 or state = 'sending')))`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
