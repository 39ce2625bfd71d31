import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { cutPage, readCursor } from '#server/db/paging.ts'
import { countKeys, findKeys, pickRanges } from '#server/db/ranges.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import type { DecisionDetail, DecisionRow, listDecisions } from '#shared/contract/decision-list.ts'
import { getPost, getSnapshot } from '../desk/desk.queries.ts'
import { findFlagGroups } from '../desk/flags.queries.ts'
import { findNotes, findPostNotes } from '../notes/notes.queries.ts'
import { toReference } from '../review.queries.ts'
import { inScope, type Reader } from '../scope.queries.ts'
import { waysTo } from './decision-filter.queries.ts'
import { findDecisionsById } from './decisions.queries.ts'
import { isKept } from './undo.queries.ts'

type ListQuery = z.output<typeof listDecisions.query>

/** One page, keyset-paged both ways; the count comes with the first page only. */
export async function findDecisionList(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, reader: Reader) {
  const cursor = readCursor(text, sort, 'time')
  const ranges = await pickRanges(db, waysTo(filter, reader))
  const [keys, count] = await Promise.all([
    findKeys(db, ranges, { cursor, order: sort === 'newest' ? 'desc' : 'asc', limit }),
    cursor ? null : countKeys(db, ranges),
  ])
  const place = ({ at, id }: (typeof keys)[number]) => ({ value: at.getTime(), id })
  const { items, ...cursors } = cutPage(keys, { limit, cursor, sort, place })
  return {
    items: await findRows(
      db,
      items.map(({ id }) => id),
    ),
    ...cursors,
    count,
  }
}

/** In the order given. */
async function findRows(db: Db, ids: string[]): Promise<z.input<typeof DecisionRow>[]> {
  if (ids.length === 0) return []
  const [decisions, abouts] = await Promise.all([findDecisionsById(db, ids), findAbouts(db, ids)])
  const decisionOf = new Map(decisions.map((decision) => [decision.id, decision]))
  const aboutOf = new Map(abouts.map(({ id, ...about }) => [id, about]))
  return ids.map((id) => ({ decision: decisionOf.get(id)!, ...toAbout(aboutOf.get(id)!) }))
}

const supersededBy = sql<string | null>`
  (select later.id from decision as later where later.supersedes_id = decision.id and ${isKept('later')})`

function findAbouts(db: Db, ids: string[]) {
  return db
    .selectFrom('decision')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .select(['decision.id', 'review.queue_id', 'review.post_id', 'review.caption_excerpt', 'review.language'])
    .select(['review.media_count', 'review.first_media', 'review.account_id', 'review.handle', 'review.platform'])
    .select(supersededBy.as('superseded_by'))
    .select((eb) =>
      eb
        .selectFrom('media')
        .select('media.state')
        .whereRef('media.sha256', '=', 'review.first_media')
        .as('media_state'),
    )
    .where('decision.id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
}

type About = Omit<Awaited<ReturnType<typeof findAbouts>>[number], 'id'>

function toAbout(row: About) {
  return {
    supersededById: row.superseded_by,
    queueId: row.queue_id,
    subject: row.post_id ? ('post' as const) : ('account' as const),
    captionExcerpt: row.caption_excerpt,
    language: row.language,
    media: { count: row.media_count, first: row.first_media, firstState: row.media_state },
    account: { id: row.account_id, handle: row.handle, platform: row.platform },
  }
}

/**
 * A decision with what was seen.
 *
 * @throws AppError `not_found`, also when its review lies outside the scope
 */
export async function getDecisionDetail(
  db: Db,
  decisionId: string,
  scope: Scope,
): Promise<z.input<typeof DecisionDetail>> {
  const row = await findPlace(db, decisionId, inScope(scope))
  if (!row) throw new AppError('not_found', `No decision ${decisionId}.`)
  const [[decision], post, snapshot, flags, account, ...notes] = await Promise.all([
    findDecisionsById(db, [decisionId]),
    row.post_id ? getPost(db, row.post_id) : null,
    getSnapshot(db, row.snapshot_id, row.policy_id),
    findFlagGroups(db, row.review_id, row.decided_at),
    db
      .selectFrom('account')
      .select(['id', 'handle', 'display_name as displayName', 'platform', 'status'])
      .where('id', '=', row.account_id)
      .executeTakeFirstOrThrow(),
    findNotes(db, { on: 'review', id: row.review_id }),
    row.post_id ? findPostNotes(db, row.post_id, scope) : [],
    findNotes(db, { on: 'account', id: row.account_id }),
  ])
  return {
    decision: decision!,
    supersededById: row.superseded_by,
    review: { id: row.review_id, reference: toReference(row.number), state: row.state, queueId: row.queue_id },
    post,
    snapshot,
    flags,
    account,
    notes: notes.flat(),
  }
}

function findPlace(db: Db, decisionId: string, seen: RawBuilder<boolean>) {
  return db
    .selectFrom('decision')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .select(['decision.review_id', 'decision.snapshot_id', 'decision.account_id', 'decision.decided_at'])
    .select(['review.number', 'review.state', 'review.queue_id', 'review.post_id', 'review.policy_id'])
    .select(supersededBy.as('superseded_by'))
    .where('decision.id', '=', decisionId)
    .where(seen)
    .executeTakeFirst()
}
