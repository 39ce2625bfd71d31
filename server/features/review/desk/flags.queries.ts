import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { cutPage, readCursor, walk } from '#server/db/paging.ts'
import type { FlagGroup, FlagRow, listReviewFlags } from '#shared/contract/reviews.ts'
import { SourceKind } from '#shared/domain/words.ts'

/** A review may have flags under any number of names and reasons: the commonest are told. */
const mostNamed = 20

type Tally = {
  source_kind: SourceKind
  source_name: string
  reason_code: string
  policy_id: string | null
  count: number
  max_score: number | null
  first_at: Date
  latest_at: Date
}

/**
 * All flags of a review in a row for each kind of source, in the order in which a reviewer should read them. Those set
 * aside are left to the list of flags.
 *
 * @param upTo those that had come in by then; null is all
 */
export async function findFlagGroups(db: Db, reviewId: string, upTo: Date | null = null): Promise<FlagGroup[]> {
  const [tallies, texts] = await Promise.all([findTallies(db, reviewId, upTo), findNewestTexts(db, reviewId, upTo)])
  return SourceKind.options.flatMap((kind) => {
    const ofKind = tallies.filter((tally) => tally.source_kind === kind)
    const text = texts.find((each) => each.source_kind === kind)?.reason_text ?? null
    return ofKind.length > 0 ? [toGroup(kind, ofKind, text)] : []
  })
}

/** Commonest first. */
async function findTallies(db: Db, reviewId: string, upTo: Date | null): Promise<Tally[]> {
  const then = upTo ? sql`and received_at <= ${upTo}` : sql``
  const { rows } = await sql<Tally>`
    select source_kind, source_name, reason_code, policy_id, count(*)::int as count, max(score) as max_score,
      min(flagged_at) as first_at, max(flagged_at) as latest_at
    from flag where review_id = ${reviewId} and set_aside_at is null ${then}
    group by source_kind, source_name, reason_code, policy_id
    order by count desc, source_name, reason_code`.execute(db)
  return rows
}

function findNewestTexts(db: Db, reviewId: string, upTo: Date | null) {
  return db
    .selectFrom('flag')
    .distinctOn('source_kind')
    .select(['source_kind', 'reason_text'])
    .where('review_id', '=', reviewId)
    .where('reason_text', 'is not', null)
    .where('set_aside_at', 'is', null)
    .$if(upTo !== null, (query) => query.where('received_at', '<=', upTo!))
    .orderBy('source_kind')
    .orderBy('flagged_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

function toGroup(kind: SourceKind, tallies: Tally[], text: string | null): FlagGroup {
  const reasons = new Map<string, FlagGroup['reasons'][number]>()
  for (const { reason_code: code, policy_id: policy, count } of tallies) {
    const key = JSON.stringify([code, policy])
    reasons.set(key, { code, policy, count: count + (reasons.get(key)?.count ?? 0) })
  }
  const scores = tallies.flatMap((tally) => tally.max_score ?? [])
  const times = tallies.flatMap((tally) => [tally.first_at, tally.latest_at]).map((time) => time.getTime())
  return {
    kind,
    count: tallies.reduce((sum, tally) => sum + tally.count, 0),
    sourceNames: [...new Set(tallies.map((tally) => tally.source_name))].slice(0, mostNamed),
    reasons: [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, mostNamed),
    text,
    maxScore: scores.length > 0 ? Math.max(...scores) : null,
    firstAt: new Date(Math.min(...times)).toISOString(),
    latestAt: new Date(Math.max(...times)).toISOString(),
  }
}

type ListQuery = z.output<typeof listReviewFlags.query>

/**
 * One page, newest first. Reporters are named to those who need to know them.
 *
 * @param showsReporter whether the reader does
 */
export async function findFlags(db: Db, reviewId: string, { limit, cursor: text }: ListQuery, showsReporter: boolean) {
  const cursor = readCursor(text, 'flagged')
  const { compare, order } = walk(cursor, 'desc')
  let query = db
    .selectFrom('flag')
    .leftJoin('reporter', 'reporter.id', 'flag.reporter_id')
    .selectAll('flag')
    .select(['reporter.name', 'reporter.external_id as reporter_external_id', 'reporter.trusted_weight'])
    .where('flag.review_id', '=', reviewId)
  if (cursor) query = query.where('flag.id', compare, cursor.id)
  const [rows, count] = await Promise.all([
    query
      .orderBy('flag.id', order)
      .limit(limit + 1)
      .execute(),
    cursor ? null : countFlags(db, reviewId),
  ])
  const { items, ...cursors } = cutPage(rows, { limit, cursor, sort: 'flagged', place: ({ id }) => ({ value: 0, id }) })
  return {
    items: items.map((row): FlagRow => {
      const reporter = showsReporter ? (row.name ?? row.reporter_external_id) : null
      return {
        id: row.id,
        source: { kind: row.source_kind, name: row.source_name, externalId: row.external_id },
        reasonCode: row.reason_code,
        policy: row.policy_id,
        text: row.reason_text,
        score: row.score,
        reporter,
        reporterId: showsReporter ? row.reporter_id : null,
        isTrusted: row.trusted_weight !== null,
        setAsideAt: row.set_aside_at?.toISOString() ?? null,
        flaggedAt: row.flagged_at.toISOString(),
        receivedAt: row.received_at.toISOString(),
      }
    }),
    ...cursors,
    count,
  }
}

async function countFlags(db: Db, reviewId: string) {
  const { count } = await db
    .selectFrom('flag')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('review_id', '=', reviewId)
    .executeTakeFirstOrThrow()
  return { value: count, exact: true }
}
