import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { accountsSeen } from '#server/features/accounts/account-list.queries.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { Found } from '#shared/contract/lookup.ts'
import { type Clues, readText } from './read-text.ts'

/** Shown of each kind. */
const most = 8
/** Read of each way before the scope is asked: a name that thousands have costs no more than one that hundreds have. */
const mostRead = 200

/** What a text stands for, as far as the reader may see it. Every way goes through an index. */
export async function findByText(db: Db, text: string, scope: Scope): Promise<{ items: z.input<typeof Found>[] }> {
  const clues = readText(text)
  const [reviews, accounts, decisions] = await Promise.all([
    findReviews(db, clues, scope),
    findAccounts(db, clues, scope),
    clues.uuid ? findDecisions(db, clues.uuid, scope) : [],
  ])
  return { items: [...reviews, ...decisions, ...accounts] }
}

type ReviewRow = {
  id: string
  number: number
  caption_excerpt: string
  language: string | null
  handle: string
  platform: string
  state: Extract<z.input<typeof Found>, { kind: 'review' }>['state']
}

async function findReviews(db: Db, { uuid, number, sha256, urls, names }: Clues, scope: Scope) {
  const ways: RawBuilder<unknown>[] = []
  const ofPosts = (posts: RawBuilder<unknown>) =>
    ways.push(sql`select review.id from (${posts} limit ${mostRead}) as post join review on review.post_id = post.id`)
  if (number !== null) ways.push(sql`select id from review where number = ${number}`)
  if (uuid) {
    ways.push(sql`select id from review where id = ${uuid}`)
    ways.push(sql`select review_id from decision where id = ${uuid}`)
    ways.push(sql`select review_id from flag where id = ${uuid} and review_id is not null`)
    ofPosts(sql`select ${uuid}::uuid as id`)
  }
  if (sha256) {
    ofPosts(sql`select snapshot.post_id as id from post_media join snapshot on snapshot.id = post_media.snapshot_id
      where post_media.sha256 = ${sha256} and snapshot.post_id is not null`)
  }
  if (names.length > 0) {
    ofPosts(sql`select post.id from unnest(${names}::text[]) as name join post on post.external_id = name`)
  }
  if (urls.length > 0)
    ofPosts(sql`select post.id from unnest(${urls}::text[]) as address join post on post.url = address`)
  if (ways.length === 0) return []
  const { rows } = await sql<ReviewRow>`
    select review.id, review.number, review.caption_excerpt, review.language, review.handle,
      review.platform, review.state
    from (${sql.join(ways, sql` union `)}) as named join review on review.id = named.id
    where ${inScope(scope)}
    order by review.state = 'decided', review.id desc
    limit ${most}`.execute(db)
  return rows.map(({ number, caption_excerpt, ...row }) => ({
    kind: 'review' as const,
    ...row,
    captionExcerpt: caption_excerpt,
    reference: toReference(number),
  }))
}

type AccountRow = {
  id: string
  handle: string
  display_name: string | null
  platform: string
  status: Extract<z.input<typeof Found>, { kind: 'account' }>['status']
}

/** Those of the very name first, then those whose name begins so. */
async function findAccounts(db: Db, { uuid, urls, names, prefix }: Clues, scope: Scope) {
  const exact: RawBuilder<unknown>[] = []
  if (uuid) exact.push(sql`(select id, 0 as place from account where id = ${uuid})`)
  if (urls.length > 0) {
    exact.push(sql`(select account.id, 0 as place
      from unnest(${urls}::text[]) as address join account on account.url = address limit ${mostRead})`)
  }
  for (const column of ['handle', 'external_id', 'display_name']) {
    const value = sql`(lower(account.${sql.ref(column)}) collate "C")`
    for (const name of names) {
      exact.push(sql`(select id, 0 as place from account where ${value} = lower(${name}) limit ${mostRead})`)
    }
    if (prefix) {
      const from = sql`lower(${prefix})`
      exact.push(sql`(select id, 1 as place from account
        where ${value} >= ${from} and ${value} < ${from} || ${'\u{10FFFF}'} order by ${value} limit ${mostRead})`)
    }
  }
  if (exact.length === 0) return []
  const { rows } = await sql<AccountRow>`
    select account.id, account.handle, account.display_name, account.platform, account.status
    from (select id, min(place) as place from (${sql.join(exact, sql` union all `)}) as way group by id) as named
    join account on account.id = named.id
    where ${sql.join([sql`true`, ...accountsSeen(scope)], sql` and `)}
    order by named.place, lower(account.handle) collate "C", account.id
    limit ${most}`.execute(db)
  return rows.map(({ display_name: displayName, ...row }) => ({ kind: 'account' as const, ...row, displayName }))
}

async function findDecisions(db: Db, decisionId: string, scope: Scope) {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .select(['decision.id', 'review.number', 'decision.outcome', 'decision.decided_at'])
    .where('decision.id', '=', decisionId)
    .where(inScope(scope))
    .execute()
  return rows.map(({ id, number, outcome, decided_at }) => ({
    kind: 'decision' as const,
    id,
    reviewReference: toReference(number),
    outcome,
    decidedAt: decided_at.toISOString(),
  }))
}
