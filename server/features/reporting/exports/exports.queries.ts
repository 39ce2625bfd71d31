import { type RawBuilder, sql } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import { type Db, type Tx, withClient } from '#server/db/connect.ts'
import { inlineParameters } from '#server/db/literal.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { type Filter, findMatching, type Side, sidesOf } from '#server/features/review/list/filter.queries.ts'
import type { Reader } from '#server/features/review/scope.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { ExportKind } from '#shared/contract/exports.ts'
import { exportColumns } from './kinds/columns.queries.ts'

export type ExportRequest = {
  kind: ExportKind
  /** The list's. Decisions have no state of their own: there it narrows nothing. */
  filter: Filter
  /** Whose reviews `mine` asks for, and in whose scope they stand. What is restricted leaves without what leads to it. */
  reader: Reader
}

type Copying = { signal: AbortSignal; onBytes: (bytes: Buffer) => Promise<void> }

/**
 * Hands over the rows as COPY writes them, piece by piece, all as they were at one moment. Takes a connection for as long
 * as the reader needs. An abort ends the query, whatever it is at.
 */
export async function copyRows(db: Db, statement: string, { signal, onBytes }: Copying) {
  await withClient(db, async (client) => {
    signal.throwIfAborted()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const stop = () => void sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db).catch(() => {})
    signal.addEventListener('abort', stop, { once: true })
    try {
      await client.query('begin isolation level repeatable read read only')
      await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'; set local work_mem = '32MB'`)
      for await (const bytes of client.query(copyTo(statement))) await onBytes(bytes)
      await client.query('commit')
    } finally {
      signal.removeEventListener('abort', stop)
    }
  })
}

/**
 * The statement for `copyRows`: rows by time and id.
 *
 * @throws AppError `invalid_request` for a filter that PostgreSQL cannot hold
 */
export function toCopy(db: Db, request: ExportRequest): string {
  const columns = exportColumns[request.kind].map(({ kind, value }, index) => ({ kind, value, as: `c${index}` }))
  const selected = columns.map(({ value, as }) => sql`${value} as ${sql.id(as)}`)
  const quoted = columns.filter(({ kind }) => kind === 'text' || kind === 'link').map(({ as }) => as)
  const query = sql`select ${sql.join(selected)} ${from[request.kind](db, request)}`
  try {
    return `copy (${inlineParameters(query.compile(db))}) to stdout (format csv, force_quote (${quoted.join(', ')}))`
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('invalid_request', error.message)
    throw error
  }
}

const from: Record<ExportKind, (db: Db, request: ExportRequest) => RawBuilder<unknown>> = {
  reviews: (db, { filter, reader }) => sql`
    from (${matching(db, filter, sidesOf(filter), reader)}) as review
    join account on account.id = review.account_id
    left join post on post.id = review.post_id
    left join policy on policy.id = review.policy_id
    left join auth."user" as holder on holder.id = review.holder_id
    left join auth."user" as decider on decider.id = review.decided_by
    ${restriction(sql`policy.is_restricted`)}
    order by review.opened_at, review.id`,
  decisions: (db, { filter, reader }) => sql`
    from decision
    join (${matching(db, filter, ['decided'], reader)}) as review on review.id = decision.review_id
    join account on account.id = decision.account_id
    join outbox on outbox.decision_id = decision.id
    left join post on post.id = review.post_id
    left join policy on policy.id = decision.policy_id
    left join policy as suspected on suspected.id = review.policy_id
    left join auth."user" as decider on decider.id = decision.decided_by
    left join (select id, supersedes_id from decision where supersedes_id is not null and not ${isUndone('decision')}) as later
      on later.supersedes_id = decision.id
    left join (select review_id, min(flagged_at) as at from flag group by review_id) as first_flag
      on first_flag.review_id = review.id
    left join measure as on_post on on_post.decision_id = decision.id and on_post.target = 'post'
    left join measure as on_account on on_account.decision_id = decision.id and on_account.target = 'account'
    ${restriction(sql`policy.is_restricted or suspected.is_restricted`)}
    where not ${isUndone('decision')}
    order by decision.decided_at, decision.id`,
}

function matching(db: Db, filter: Filter, sides: Side[], reader: Reader) {
  return sql.join(
    sides.map((side) => findMatching(db, filter, side, reader).selectAll('review')),
    sql` union all `,
  )
}

/** By the clause, or by media that the post showed. */
const restriction = (clause: RawBuilder<unknown>) => sql`
  left join (
    select distinct post_media.snapshot_id from media join post_media on media.sha256 in (post_media.sha256, post_media.fetched_sha256)
    where media.is_restricted
  ) as shown on shown.snapshot_id = review.snapshot_id
  cross join lateral (select coalesce(${clause}, false) or shown.snapshot_id is not null as applies) as restriction`

type NewExport = { id: string; kind: ExportKind; filter: Filter; personId: string; startedAt: Date }

export async function insertExport(tx: Tx, { id, kind, filter, personId, startedAt }: NewExport) {
  await tx
    .insertInto('export')
    .values({
      id,
      kind,
      format: 'csv',
      filter: JSON.stringify(filter),
      person_id: personId,
      started_at: startedAt,
    })
    .execute()
}

/** An export without an end is one that broke off. */
export async function endExport(tx: Tx, id: string, end: { endedAt: Date; rows: number; sha256: string }) {
  await tx
    .updateTable('export')
    .set({ ended_at: end.endedAt, row_count: end.rows, sha256: end.sha256 })
    .where('id', '=', id)
    .execute()
}
