import { type RawBuilder, sql } from 'kysely'
import type { FigureName, ReportRow } from '#shared/contract/reports.ts'
import { downMs, isAnswered } from './appeals.queries.ts'
import { effectAt, endedAt, isDecided, isOverturned, msBetween } from './facts.queries.ts'

type AtSeq<T> = (seq: number) => RawBuilder<T>

/** Where the rows of a figure stand, and which of them it counts. */
export type RowSource = {
  kind: ReportRow['kind']
  from: RawBuilder<unknown>
  id: RawBuilder<string>
  seq: RawBuilder<number>
  /** When it counts. */
  at: RawBuilder<Date>
  where: AtSeq<boolean>
  /** Of a share: the k of the n. */
  isCounted?: AtSeq<boolean>
  /** What was measured; `until` is the end that a backlog is told of. */
  ms: (seq: number, until: Date | null) => RawBuilder<number | null>
  /** Has outcome, measure and account status. */
  isOfDecision: boolean
  isWaiting?: (seq: number, end: Date) => RawBuilder<boolean>
}

const own = { seq: sql<number>`fact.seq`, at: sql<Date>`fact.at` }
const noMs = () => sql<null>`null::bigint`
const opened = sql`fact.opened_at`
const isTold: AtSeq<boolean> = (seq) => sql<boolean>`fact.seq <= ${seq}`

const decision = (more: Partial<RowSource> = {}): RowSource => ({
  kind: 'decision',
  from: sql`report_decision as fact`,
  id: sql<string>`fact.decision_id`,
  ...own,
  where: isDecided,
  ms: noMs,
  isOfDecision: true,
  ...more,
})

const first: AtSeq<boolean> = (seq) => sql<boolean>`(${isDecided(seq)} and fact.is_first)`
const inTime: AtSeq<boolean> = () => sql<boolean>`fact.at <= fact.due_at`

const wait = (more: Partial<RowSource>): RowSource => ({
  kind: 'review',
  from: sql`report_wait as fact`,
  id: sql<string>`fact.review_id`,
  ...own,
  where: isTold,
  ms: noMs,
  isOfDecision: false,
  ...more,
})

const answer = (more: Partial<RowSource> = {}): RowSource => ({
  kind: 'appeal',
  from: sql`report_answer as answer join report_appeal as fact on fact.appeal_id = answer.appeal_id`,
  id: sql<string>`fact.appeal_id`,
  seq: sql<number>`answer.seq`,
  at: sql<Date>`answer.at`,
  where: isAnswered,
  ms: () => msBetween(sql`fact.at`, sql`answer.at`),
  isOfDecision: true,
  ...more,
})

const answeredAs = (outcome: string) =>
  answer({ where: (seq) => sql<boolean>`(${isAnswered(seq)} and answer.answer = ${outcome})` })

export const sources: Record<FigureName, RowSource> = {
  flags: {
    kind: 'flag',
    from: sql`report_flag as fact`,
    id: sql<string>`fact.flag_id`,
    ...own,
    where: isTold,
    ms: noMs,
    isOfDecision: false,
  },
  reviews: wait({ where: (seq) => sql<boolean>`(${isTold(seq)} and fact.is_opening)` }),
  backlog: wait({
    ms: (_, until) => msBetween(opened, sql`${until}::timestamptz`),
    isWaiting: (seq, end) => sql<boolean>`coalesce((${endedAt(seq)}) >= ${end}, true)`,
  }),
  decisions: decision(),
  deadlines: decision({ where: first, isCounted: inTime }),
  orderDeadlines: decision({
    where: (seq) => sql<boolean>`(${first(seq)} and fact.is_order)`,
    isCounted: inTime,
  }),
  overturned: decision({ isCounted: isOverturned }),
  toLook: decision({
    where: (seq) => sql<boolean>`(${first(seq)} and fact.looked_at is not null)`,
    ms: () => msBetween(opened, sql`fact.looked_at`),
  }),
  toDecision: decision({ where: first, ms: () => msBetween(opened, sql`fact.at`) }),
  toEffect: decision({
    where: (seq) => sql<boolean>`(${first(seq)} and (${effectAt(seq)}) is not null)`,
    ms: (seq) => msBetween(opened, sql`(${effectAt(seq)})`),
  }),
  items: decision({ where: (seq) => sql<boolean>`(${isDecided(seq)} and fact.has_media)` }),
  appealsFiled: {
    kind: 'appeal',
    from: sql`report_appeal as fact`,
    id: sql<string>`fact.appeal_id`,
    ...own,
    where: isTold,
    ms: noMs,
    isOfDecision: true,
  },
  appealsDecided: answer(),
  appealsUpheld: answeredAs('upheld'),
  appealsReversed: answeredAs('reversed'),
  appealsChanged: answeredAs('changed'),
  appealTime: answer(),
  wronglyDown: answer({
    where: (seq) => sql<boolean>`(${isAnswered(seq)} and (${downMs(seq)}) is not null)`,
    ms: downMs,
  }),
  reveals: {
    kind: 'reveal',
    from: sql`report_reveal as fact`,
    id: sql<string>`fact.reveal_id`,
    ...own,
    where: isTold,
    ms: (seq) => sql<number | null>`case when fact.hidden_seq <= ${seq} then fact.shown_ms end`,
    isOfDecision: false,
  },
}
