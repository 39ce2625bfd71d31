import { type Selectable, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { ReviewTable } from '#server/db/schema/reviews.ts'
import { insertMessage } from '#server/features/messages/messages.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type {
  ClauseVersion,
  DecisionDelivery,
  DecisionInput,
  DecisionRecord,
  Measure,
  MeasureRecord,
} from '#shared/contract/decisions.ts'
import type { SentMessage } from '#shared/contract/messages.ts'
import type { SeenTranslation } from '#shared/contract/translations.ts'
import type { StrikeRecord } from '#shared/domain/strikes.ts'
import type { AccountStatus } from '#shared/domain/words.ts'
import type { LeaseRow } from '../lease/lease.queries.ts'
import { toReference } from '../review.queries.ts'
import { inScope } from '../scope.queries.ts'
import { isKept, isUndone } from './undo.queries.ts'

/** Newest first. */
export async function findDecisionsOfReview(db: Db, reviewId: string): Promise<DecisionRecord[]> {
  const rows = await selectDecisions(db).where('decision.review_id', '=', reviewId).execute()
  return rows.map(toDecisionRecord)
}

/** On the account and its posts, newest first, at most `limit`. What stands no more does not speak against an account. */
export async function findDecisionsOnAccount(
  db: Db,
  accountId: string,
  { exceptReviewId, limit, scope }: { exceptReviewId: string; limit: number; scope: Scope },
): Promise<DecisionRecord[]> {
  const rows = await selectDecisions(db)
    .where('decision.account_id', '=', accountId)
    .where('decision.review_id', '<>', exceptReviewId)
    .where(isStanding)
    .where(inScope(scope))
    .limit(limit)
    .execute()
  return rows.map(toDecisionRecord)
}

export async function getDecision(db: Db | Tx, decisionId: string): Promise<DecisionRecord> {
  const row = await selectDecisions(db).where('decision.id', '=', decisionId).executeTakeFirstOrThrow()
  return toDecisionRecord(row)
}

/** Newest first. */
export async function findDecisionsById(db: Db, ids: string[]): Promise<DecisionRecord[]> {
  if (ids.length === 0) return []
  const rows = await selectDecisions(db).where('decision.id', 'in', ids).execute()
  return rows.map(toDecisionRecord)
}

/** On `decision`: it was not taken back, and no later one stands in its place. */
export const isStanding = sql<boolean>`(not ${isUndone('decision')} and not exists (
  select from decision as later where later.supersedes_id = decision.id and ${isKept('later')}))`

function selectDecisions(db: Db | Tx) {
  return db
    .selectFrom('decision')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .innerJoin('outbox', 'outbox.decision_id', 'decision.id')
    .selectAll('decision')
    .leftJoin('undo', 'undo.decision_id', 'decision.id')
    .leftJoin('decision_message', 'decision_message.decision_id', 'decision.id')
    .select(['decision_message.template_id', 'decision_message.version as message_version'])
    .select(['decision_message.language as message_language', 'decision_message.values as message_values'])
    .select('decision_message.text as message_text')
    .select(['review.number', 'outbox.state as delivery', 'outbox.not_before', 'undo.undone_at'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('measure')
          .select(['target', 'kind', 'restriction', 'ends_at', 'began_at', 'ended_at', 'ended_as'])
          .whereRef('measure.decision_id', '=', 'decision.id')
          .orderBy('measure.id'),
      ).as('measures'),
    )
    .select((eb) =>
      eb
        .selectFrom('decision as later')
        .select('later.id')
        .whereRef('later.supersedes_id', '=', 'decision.id')
        .where(isKept('later'))
        .as('superseded_by'),
    )
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('delivery')
          .innerJoin('receiver', 'receiver.id', 'delivery.receiver_id')
          .select(['delivery.id', 'receiver.name', 'delivery.measure_id', 'delivery.state', 'delivery.attempts'])
          .select(['delivery.next_at', 'delivery.changed_at', 'delivery.last_error'])
          .select(['delivery.answer', 'delivery.answer_text', 'delivery.answered_at'])
          .whereRef('delivery.decision_id', '=', 'decision.id')
          .orderBy('delivery.number'),
      ).as('deliveries'),
    )
    .orderBy('decision.decided_at', 'desc')
    .orderBy('decision.id', 'desc')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDecisions>['execute']>>[number]

function toDecisionRecord(row: Row): DecisionRecord {
  return {
    id: row.id,
    reviewId: row.review_id,
    reviewReference: toReference(row.number),
    snapshotId: row.snapshot_id,
    outcome: row.outcome,
    clause: row.policy_id && row.policy_version ? { id: row.policy_id, version: row.policy_version } : null,
    furtherClauses: row.further_clauses,
    exemption: row.exemption,
    purposeWeighed: row.purpose_weighed,
    measures: row.measures.map(toMeasure),
    territory: row.territory,
    rationale: row.rationale,
    exemptionTest: row.exemption_test,
    strikes: row.strikes,
    ladderReason: row.ladder_reason,
    decidedById: row.decided_by,
    confirmedById: row.confirmed_by,
    decidedAt: row.decided_at.toISOString(),
    accountStatus: row.account_status,
    supersedesId: row.supersedes_id,
    supersededById: row.superseded_by,
    delivery: row.delivery,
    undoUntil: undoUntil(row),
    undoneAt: row.undone_at?.toISOString() ?? null,
    translations: row.translations,
    message: toMessage(row),
    deliveries: row.deliveries.map(toDecisionDelivery),
  }
}

function toMessage({
  template_id: templateId,
  message_version: version,
  message_language: language,
  message_values: values,
  message_text: text,
}: Row): SentMessage | null {
  return templateId && version && language && values && text !== null
    ? { templateId, version, language, values, text }
    : null
}

/** Without a window there is nothing to undo. */
const undoUntil = ({ delivery, not_before, decided_at }: Row): string | null =>
  delivery === 'pending' && not_before > decided_at ? not_before.toISOString() : null

/** Times inside JSON come as PostgreSQL writes them. */
function toMeasure({ target, kind, restriction, ends_at, ...course }: Row['measures'][number]): MeasureRecord {
  const measure = {
    target,
    kind,
    ...(restriction && { by: restriction }),
    ...(ends_at && { endsAt: toIso(ends_at) }),
    beganAt: toIso(course.began_at),
    endedAt: toIso(course.ended_at),
    endedAs: course.ended_as,
  }
  return measure as MeasureRecord
}

const toIso = (time: string | null) => time && new Date(time).toISOString()

function toDecisionDelivery(row: Row['deliveries'][number]): DecisionDelivery {
  return {
    id: row.id,
    receiverName: row.name,
    about: row.measure_id ? 'lapse' : 'decision',
    state: row.state,
    attempts: row.attempts,
    nextAt: row.state === 'pending' ? toIso(row.next_at) : null,
    changedAt: new Date(row.changed_at).toISOString(),
    lastError: row.last_error,
    answer: row.answer,
    answerText: row.answer_text,
    answeredAt: toIso(row.answered_at),
  }
}

/** What a decision on a locked review stands on: whose turn it is, and the hash of what is shown. */
export async function getGround(
  tx: Tx,
  review: { id: string; snapshot_id: string },
): Promise<{ lease: LeaseRow | undefined; snapshotSha256: string }> {
  const row = await tx
    .selectFrom('snapshot')
    .leftJoin('lease', (join) => join.on('lease.review_id', '=', review.id))
    .select(['snapshot.sha256', 'lease.review_id', 'lease.holder_id', 'lease.taken_at', 'lease.expires_at'])
    .where('snapshot.id', '=', review.snapshot_id)
    .executeTakeFirstOrThrow()
  const { sha256, review_id, holder_id, taken_at, expires_at } = row
  const hasLease = review_id && holder_id && taken_at && expires_at
  return { lease: hasLease ? { review_id, holder_id, taken_at, expires_at } : undefined, snapshotSha256: sha256 }
}

/** What a correction has to know of the decision it corrects. */
export function getCorrected(tx: Tx, decisionId: string) {
  return tx
    .selectFrom('decision')
    .select(['review_id', 'decided_by', 'decided_at', 'policy_id', 'policy_version', 'further_clauses'])
    .where('id', '=', decisionId)
    .executeTakeFirst()
}

export async function getAccountStatus(tx: Tx, accountId: string): Promise<AccountStatus> {
  const row = await tx.selectFrom('account').select('status').where('id', '=', accountId).executeTakeFirstOrThrow()
  return row.status
}

/**
 * The clauses and exemptions of these names that exist, by id, each as its version says that is in force at that time.
 *
 * @param kept versions that may be cited whatever is in force: those say what holds
 */
export async function findCited(tx: Tx, ids: string[], at: Date, kept: readonly ClauseVersion[] = []) {
  if (ids.length === 0) return new Map<string, never>()
  const rows = await tx
    .selectFrom('policy')
    .innerJoin('policy_version as said', 'said.policy_id', 'policy.id')
    .distinctOn('policy.id')
    .select(['policy.id', 'policy.kind', 'said.version as current_version', 'said.needs_purpose_test', 'said.severity'])
    .select(['said.is_retired', 'said.is_restricted', 'said.required_fields', 'said.exemptions', 'said.strike_weight'])
    .where('policy.id', '=', sql<string>`any(${ids}::text[])`)
    .where('said.in_force_since', '<=', at)
    .orderBy('policy.id')
    .$if(kept.length > 0, (query) =>
      query.orderBy(
        sql`(said.policy_id, said.version) in (
          select * from unnest(${kept.map(({ id }) => id)}::text[], ${kept.map(({ version }) => version)}::int[]))`,
        'desc',
      ),
    )
    .orderBy('said.version', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

type NewDecision = {
  id: string
  review: Selectable<ReviewTable>
  input: Omit<DecisionInput, 'clientId' | 'version' | 'snapshotId' | 'handlingMs'> & { handlingMs?: number }
  seen: SeenTranslation[]
  /** What is written to the user. */
  message?: SentMessage | null
  /** What the strike ladder said of the account. */
  strikes?: StrikeRecord | null
  decidedById: string
  /** The second person. */
  confirmedById?: string | null
  decidedAt: Date
  notBefore: Date
  /** The decision that it stands in the place of, and what the account is at that time. */
  correction?: { supersedesId: string; accountStatus: AccountStatus }
}

/**
 * Records a decision with its measures, hands it to the outbox and closes the review. Answers the decision, and the
 * review's new version.
 */
export async function insertDecision(tx: Tx, { id, review, input, seen, correction, ...taken }: NewDecision) {
  const { message = null, decidedById, confirmedById = null, decidedAt, notBefore, strikes = null } = taken
  const exemption_test = input.exemptionTest ?? null
  const decision = {
    id,
    review_id: review.id,
    snapshot_id: review.snapshot_id,
    account_id: review.account_id,
    review_version: review.version,
    outcome: input.outcome,
    policy_id: input.clause?.id ?? null,
    policy_version: input.clause?.version ?? null,
    exemption: input.exemption,
    purpose_weighed: input.purposeWeighed,
    territory: input.territory,
    rationale: input.rationale,
    decided_by: decidedById,
    decided_at: decidedAt,
    handling_ms: input.handlingMs ?? null,
    account_status: correction?.accountStatus ?? review.account_status,
    supersedes_id: correction?.supersedesId ?? null,
    confirmed_by: confirmedById,
    ladder_reason: input.ladderReason || null,
  }
  const asJson = {
    further_clauses: JSON.stringify(input.furtherClauses),
    translations: JSON.stringify(seen),
    exemption_test: exemption_test && JSON.stringify(exemption_test),
    strikes: strikes && JSON.stringify(strikes),
  }
  const { version } = await tx
    .with('decided', (query) => query.insertInto('decision').values({ ...decision, ...asJson }))
    .with('sent', (query) =>
      query
        .insertInto('outbox')
        .values({ decision_id: id, state: 'pending', not_before: notBefore, last_error: null, changed_at: decidedAt }),
    )
    .with('freed', (query) => query.deleteFrom('lease').where('review_id', '=', review.id))
    .updateTable('review')
    .set((eb) => ({
      state: 'decided',
      holder_id: null,
      decision_id: id,
      outcome: input.outcome,
      exemption: input.exemption,
      decided_by: decidedById,
      decided_at: decidedAt,
      assignee_id: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', review.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  const measures = input.measures.map((measure) => toMeasureRow(id, measure))
  if (measures.length > 0) await tx.insertInto('measure').values(measures).execute()
  if (message) await insertMessage(tx, id, message)
  const { number } = review
  const row: Row = {
    ...decision,
    further_clauses: input.furtherClauses,
    translations: seen,
    exemption_test,
    strikes,
    number,
    measures: measures.map(({ ends_at, ...measure }) => ({
      ...measure,
      ends_at: ends_at?.toISOString() ?? null,
      began_at: null,
      ended_at: null,
      ended_as: null,
    })),
    superseded_by: null,
    not_before: notBefore,
    undone_at: null,
    template_id: message?.templateId ?? null,
    message_version: message?.version ?? null,
    message_language: message?.language ?? null,
    message_values: message?.values ?? null,
    message_text: message?.text ?? null,
    delivery: 'pending',
    deliveries: [],
  }
  return { decision: toDecisionRecord(row), version }
}

/** As it was decided, whatever became of them. */
export function findMeasuresOf(tx: Tx, decisionId: string) {
  return tx.selectFrom('measure').select(['target', 'kind']).where('decision_id', '=', decisionId).execute()
}

const toMeasureRow = (decision_id: string, measure: Measure) => ({
  id: newId(),
  decision_id,
  target: measure.target,
  kind: measure.kind,
  restriction: measure.target === 'post' ? (measure.by ?? null) : null,
  ends_at: measure.endsAt ? new Date(measure.endsAt) : null,
})
