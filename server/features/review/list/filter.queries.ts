import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import type { ReviewFilter } from '#shared/contract/review-filter.ts'
import { newAccountMs } from '#shared/domain/priority.ts'
import { type ReviewState, undecided } from '#shared/domain/words.ts'
import { inScope, type Reader } from '../scope.queries.ts'
import { matchesSearch } from './search.queries.ts'

export type Filter = z.output<typeof ReviewFilter>

/** Decided reviews and those that wait have indexes of their own, so a query is on one side or asks each. */
export type Side = 'undecided' | 'decided'

type Reviews = SelectQueryBuilder<Database, 'review', object>
type Condition = RawBuilder<boolean>
type Conditions = (Condition | undefined)[]

/** Without a state, the reviews that wait. */
export function sidesOf({ state }: Pick<Filter, 'state'>): Side[] {
  const sides: Side[] = []
  if (!state || state.some((each) => each !== 'decided')) sides.push('undecided')
  if (state?.includes('decided')) sides.push('decided')
  return sides
}

/**
 * The reviews of one side under the filters, before anything is selected: what the list, the counts, the exports and
 * "take the next" have in common. The literal condition on `state` lets PostgreSQL use that side's indexes.
 *
 * @param reader whose reviews `mine` asks for, and outside whose scope there are none
 */
export function findMatching(db: Db | Tx, filter: Filter, side: Side, reader: Reader): Reviews {
  const conditions: Conditions = [
    inScope(reader.scope),
    isOn(side),
    side === 'decided' ? undefined : isInStates(filter.state),
    filter.mine ? isMine(side, reader.id) : undefined,
    filter.forMe ? isFor(reader.id) : undefined,
    ...namedIn(filter),
    ...placedIn(filter),
    ...rangesOf(filter),
    filter.q?.trim() ? matchesSearch(filter.q, filter) : undefined,
  ]
  let query: Reviews = db.selectFrom('review')
  for (const condition of conditions) if (condition) query = query.where(condition)
  return query
}

/** Literal, so that PostgreSQL knows which indexes it may use. */
export const isOn = (side: Side): Condition =>
  side === 'decided' ? sql`review.state = 'decided'` : sql`review.state <> 'decided'`

/** Whether there is any condition but state and queue: then a list's order says nothing about where the hits are. */
export function isNarrowed({ state, queue, mine = false, ...facts }: Filter): boolean {
  const isByQueue = queue !== undefined && sidesOf({ state }).includes('decided')
  return isByQueue || mine || Object.values(facts).some((value) => value !== undefined)
}

/** The columns of `review_waiting_filters` and its fellow: under these alone a list is counted without reading a row. */
const inOneIndex = ['state', 'queue', 'policy', 'language', 'platform', 'accountStatus']

export const isInOneIndex = (filter: Filter): boolean =>
  Object.entries(filter).every(([name, value]) => value === undefined || inOneIndex.includes(name))

const namedIn = (filter: Filter): Conditions => [
  filter.id && sql`review.id = any(${filter.id}::uuid[])`,
  filter.queue && isOneOf('queue_id', filter.queue),
  filter.policy && isOneOfPolicies(filter.policy),
  filter.language && isOneOf('language', filter.language),
  filter.platform && isOneOf('platform', filter.platform),
  filter.account === undefined ? undefined : sql`review.account_id = ${filter.account}::uuid`,
  filter.accountStatus && isOneOf('account_status', filter.accountStatus),
  filter.exemption && isOneOf('exemption', filter.exemption),
  filter.outcome && isOneOf('outcome', filter.outcome),
  filter.decidedBy && isOneOf('decided_by', filter.decidedBy),
  filter.holder && isHeldBy(filter.holder),
  filter.source && sql`review.sources && ${filter.source}::text[]`,
  filter.mediaKind && sql`review.media_kinds && ${filter.mediaKind}::text[]`,
  filter.reporter && isReportedBy(filter.reporter),
]

const placedIn = (filter: Filter): Conditions => [
  filter.claimedPlace?.trim()
    ? sql`lower(review.claimed_place) collate "C" ^@ lower(${filter.claimedPlace.trim()}::text)`
    : undefined,
  filter.subject && (filter.subject === 'account' ? sql`review.post_id is null` : sql`review.post_id is not null`),
  isTrue(filter.hasMedia, sql`review.media_count > 0`),
  isTrue(filter.isThreat, sql`review.threat_at is not null`),
  isTrue(filter.isRestricted, sql`review.is_restricted`),
  isTrue(filter.isNewAccount, sql`coalesce(${isNewAccount}, false)`, isNewAccount),
]

const rangesOf = (filter: Filter): Conditions => [
  ...numbers('reach', filter.reachMin, filter.reachMax),
  // As the column keeps them: 0.9 is less as a double.
  ...bounds('score', filter.scoreMin, filter.scoreMax, (score) => sql`${score}::real`),
  ...numbers('flag_count', filter.flagsMin, filter.flagsMax),
  ...numbers('priority', filter.priorityMin, filter.priorityMax),
  ...times('opened_at', filter.openedFrom, filter.openedTo),
  ...times('due_at', filter.dueFrom, filter.dueTo),
  ...times('decided_at', filter.decidedFrom, filter.decidedTo),
  ...times('posted_at', filter.postedFrom, filter.postedTo),
]

/** In the words of the index on it; unknown where nobody said when the account was opened. */
const isNewAccount: Condition = sql`(review.opened_at - review.account_created_at) < ${sql.lit(`${newAccountMs} ms`)}::interval`

/** @param indexed the same in the words of an index, where it needs others */
const isTrue = (wanted: boolean | undefined, condition: Condition, indexed = condition): Condition | undefined =>
  wanted === undefined ? undefined : wanted ? indexed : sql`not ${condition}`

const columnOf = (name: string) => sql.ref(`review.${name}`)

function bounds<Value>(
  column: string,
  least: Value | undefined,
  most: Value | undefined,
  toSql: (value: Value) => RawBuilder<unknown>,
): Conditions {
  return [
    least === undefined ? undefined : sql`${columnOf(column)} >= ${toSql(least)}`,
    most === undefined ? undefined : sql`${columnOf(column)} <= ${toSql(most)}`,
  ]
}

const numbers = (column: string, least?: number, most?: number) =>
  bounds(column, least, most, (value) => sql`${value}::bigint`)

const times = (column: string, from?: string, to?: string) =>
  bounds(column, from, to, (value) => sql`${new Date(value)}::timestamptz`)

function isInStates(states: ReviewState[] | undefined): Condition | undefined {
  const waiting = (states ?? []).filter((state) => state !== 'decided')
  const isPart = waiting.length > 0 && undecided.some((state) => !waiting.includes(state))
  return isPart ? isOneOf('state', waiting) : undefined
}

/** One value is compared with `=`, so that an index that begins with the column keeps its order. */
function isOneOf(column: string, values: readonly string[]): Condition {
  if (values.length === 1) return sql`${columnOf(column)} = ${values[0]}`
  return sql`${columnOf(column)} = any(${values}::text[])`
}

/** `unsorted` stands for the reviews without a suspected clause. */
function isOneOfPolicies(values: readonly string[]): Condition {
  const policies = values.filter((value) => value !== 'unsorted')
  if (policies.length === values.length) return isOneOf('policy_id', policies)
  if (policies.length === 0) return sql`review.policy_id is null`
  return sql`(review.policy_id is null or ${isOneOf('policy_id', policies)})`
}

/** By the lease: `holder_id` has no index, so that a claim rewrites none of the list's. */
const isHeldBy = (personIds: readonly string[]): Condition =>
  sql`review.id in (select review_id from lease where holder_id = any(${personIds}::text[]))`

const isMine = (side: Side, personId: string) =>
  side === 'decided' ? isOneOf('decided_by', [personId]) : isHeldBy([personId])

const isReportedBy = (reporterIds: readonly string[]): Condition =>
  sql`review.id in (select review_id from flag where reporter_id = any(${reporterIds}::uuid[]))`

/** Of what waits. Each of the three has an index of its own; together they would have none. */
const isFor = (personId: string): Condition => sql`review.id in (
  select id from review where assignee_id = ${personId} and state <> 'decided'
  union all select id from review where escalated_to = ${personId} and state <> 'decided'
  union all select id from review where state <> 'decided' and escalated_role =
    (select "user".role from auth."user" where "user".id = ${personId}))`
