import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { factWord, linkWord, type ReviewTexts, toReviewWords } from '#server/db/review-words.ts'
import { columnsAndRows } from '#server/db/rows.ts'
import { quoteWord } from '#server/db/tsvector.ts'
import type { ReviewFilter } from '#shared/contract/review-filter.ts'
import { type Named, parseSearch, type SearchTerm } from '#shared/domain/search.ts'

type Facts = Pick<ReviewFilter, 'platform' | 'language' | 'mediaKind' | 'hasMedia'>

/**
 * The condition on `review` that it has what was searched for. A query without words finds nothing.
 *
 * @param facts filters in force that the index of words knows as well: they make its answer shorter, and are not left
 * out elsewhere
 */
export function matchesSearch(q: string, facts: Facts): RawBuilder<boolean> {
  const { terms, named } = parseSearch(q)
  const words = terms.map(toTsquery).join(' & ')
  if (words === '') return sql`false`
  if (named === null) return sql`review.id in (${hasWords([words, ...factsIn(facts)].join(' & '))})`
  if (named.kind === 'link') return sql`review.id in (${hasWords(`${quoteWord(linkWord(named.link))} | (${words})`)})`
  return sql`review.id in (${findNamed(named)} union all ${hasWords(words)})`
}

function factsIn({ platform, language, mediaKind, hasMedia }: Facts): string[] {
  const alternatives = [
    platform?.map(factWord.platform),
    language?.map(factWord.language),
    mediaKind?.map(factWord.mediaKind),
    hasMedia ? [factWord.hasMedia] : undefined,
  ]
  return alternatives.flatMap((words) => (words?.length ? `(${words.map(quoteWord).join(' | ')})` : []))
}

const hasWords = (words: string) => sql`select review_id from review_text where words @@ ${words}::tsquery`

function toTsquery({ words, isPrefix }: SearchTerm): string {
  const quoted = words.map(quoteWord)
  if (isPrefix) quoted.push(`${quoted.pop()}:*`)
  return quoted.length === 1 ? quoted[0]! : `(${quoted.join(' <-> ')})`
}

function findNamed(named: Exclude<Named, { kind: 'link' }>): RawBuilder<unknown> {
  if (named.kind === 'reference') return sql`select id from review where number = ${named.number}::bigint`
  return named.kind === 'id' ? findById(named.id) : findByMedia(named.sha256)
}

const findById = (id: string) => sql`
  select ${id}::uuid
  union all select id from review where account_id = ${id}::uuid
  union all select id from review where post_id = ${id}::uuid
  union all select review_id from decision where id = ${id}::uuid
  union all select review_id from flag where id = ${id}::uuid and review_id is not null`

/** Of every snapshot of the post, not only of the one that the review shows. */
const findByMedia = (sha256: string) => sql`
  select found.id from (
    select snapshot_id from post_media where sha256 = ${sha256}
    union all select snapshot_id from post_media where fetched_sha256 = ${sha256}
  ) as shown
  join snapshot on snapshot.id = shown.snapshot_id
  join review as found on found.post_id = snapshot.post_id`

/**
 * Reads under a search. Where words are common, PostgreSQL expects to meet enough of them by reading on from the first
 * row of a table, or from the first id. But what waits and what is decided lie each together, so it may read far: here it
 * has to look texts up, by their words or by their review.
 */
export function readSearching<T>(
  db: Db,
  { q }: { q?: string | undefined },
  read: (db: Db | Tx) => Promise<T>,
): Promise<T> {
  if (!q) return read(db)
  return db.transaction().execute(async (tx) => {
    await sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_mergejoin']) as name`.execute(
      tx,
    )
    return read(tx)
  })
}

/** The query is an id, a hash or a link. */
export const namesOne = (q: string) => parseSearch(q).named !== null

/** How many rows PostgreSQL expects, from its statistics: nothing is read. */
export async function estimateRows(db: Db | Tx, query: Expression<unknown>): Promise<number> {
  const { rows } = await sql<{
    'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }]
  }>`explain (format json) ${query}`.execute(db)
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}

/** In how many texts PostgreSQL expects what is searched for. */
export function estimateTexts(db: Db | Tx, q: string): Promise<number> {
  const words = parseSearch(q).terms.map(toTsquery).join(' & ')
  return words === '' ? Promise.resolve(0) : estimateRows(db, hasWords(words))
}

const mostAtOnce = 500

/**
 * Writes anew what reviews are found by: call it at the end of a transaction that wrote something of it (a review, what
 * it shows, a note). It locks the rows, in order, before it reads: of two transactions at work on one review the later
 * sees what the earlier wrote.
 */
export async function putReviewWords(tx: Db | Tx, reviewIds: readonly string[]) {
  const ids = [...new Set(reviewIds)].sort()
  if (ids.length === 0) return
  await sql`select from review_text where review_id = any(${ids}::uuid[]) order by review_id for update`.execute(tx)
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const texts = await findTexts(tx, ids.slice(at, at + mostAtOnce))
    const rows = texts.map((text) => ({ review_id: text.id, words: toReviewWords(text) }))
    await sql`
      insert into review_text ${columnsAndRows(rows, { review_id: 'uuid', words: 'tsvector' })}
      on conflict (review_id) do update set words = excluded.words where review_text.words <> excluded.words`.execute(
      tx,
    )
  }
}

/** Notes on an account stand with each of its reviews. */
export async function putAccountWords(tx: Db | Tx, accountId: string) {
  const rows = await tx.selectFrom('review').select('id').where('account_id', '=', accountId).execute()
  await putReviewWords(
    tx,
    rows.map(({ id }) => id),
  )
}

type Texts = ReviewTexts & { id: string }

/** Notes on a post stand with each of its reviews. */
export async function putPostWords(tx: Db | Tx, postId: string) {
  const rows = await tx.selectFrom('review').select('id').where('post_id', '=', postId).execute()
  await putReviewWords(
    tx,
    rows.map(({ id }) => id),
  )
}

async function findTexts(tx: Db | Tx, reviewIds: string[]): Promise<Texts[]> {
  const { rows } = await sql<Texts>`
    select review.id, snapshot.caption, review.handle, review.display_name, account.external_id as account_external_id,
      account.url as account_url, post.external_id as post_external_id, post.url as post_url,
      review.platform, review.language, review.media_count, review.media_kinds,
      array(select body from note where note.review_id = review.id
        union all select body from note where note.account_id = review.account_id
        union all select body from note where note.post_id = review.post_id) as notes
    from review
    join snapshot on snapshot.id = review.snapshot_id
    join account on account.id = review.account_id
    left join post on post.id = review.post_id
    where review.id = any(${reviewIds}::uuid[])
    order by review.id`.execute(tx)
  return rows
}
