import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import type { ReviewState } from '#shared/domain/words.ts'

/** What decides who may see a review. */
export type Place = { queue_id: string; is_restricted: boolean }

type Review = Place & { id: string; version: number; state: ReviewState }

/** What happened to one subject: the number of the newest event of each kind. */
type Happened = Map<string, number>

/** What the events of a stretch of the log changed, for all eyes: `cutFor` makes it what one person may know. */
export type Changes = {
  reviews: { review: Review; happened: Happened }[]
  /** Where reviews were before they left, at that number. */
  exits: { reviewId: string; place: Place; seq: number; now: Place | undefined }[]
  /** With the places of all their reviews. */
  accounts: { id: string; seq: number; places: Place[] }[]
  /** People who were told something, at the number of the transaction's last event. */
  told: { personId: string; seq: number }[]
}

/** The last number given. */
export async function getHead(db: Db): Promise<number> {
  const { last_seq } = await db.selectFrom('sealer').select('last_seq').executeTakeFirstOrThrow()
  return last_seq
}

/** What the events after `after`, up to and with `upTo`, changed, with the facts of this moment. */
export async function findChanges(db: Db, after: number, upTo: number): Promise<Changes> {
  const events = await findEvents(db, after, upTo)
  const [ofDecisions, ofAppeals, ofMedia, ofPosts, exits, told] = await Promise.all([
    findReviewsOfDecisions(db, events),
    findReviewsOfAppeals(db, events),
    findReviewsOfMedia(db, events),
    findReviewsOfPosts(db, events),
    findExits(db, events),
    findTold(db, events),
  ])
  const happened = new Map<string, Happened>()
  const accounts = new Map<string, number>()
  for (const { seq, kind, subject_kind, subject_id, flagged_review_id } of events) {
    if (subject_kind === 'account') accounts.set(subject_id, seq)
    const touched = {
      review: [subject_id],
      flag: flagged_review_id ? [flagged_review_id] : [],
      decision: ofDecisions.get(subject_id),
      appeal: ofAppeals.get(subject_id),
      media: ofMedia.get(subject_id),
      post: ofPosts.get(subject_id),
    }[subject_kind]
    for (const id of touched ?? []) happened.set(id, (happened.get(id) ?? new Map()).set(kind, seq))
  }
  const ids = [...happened.keys(), ...exits.map(({ reviewId }) => reviewId)]
  const [reviews, places] = await Promise.all([findReviews(db, ids), findPlaces(db, [...accounts.keys()])])
  return {
    reviews: [...happened].flatMap(([id, kinds]) => {
      const review = reviews.get(id)
      return review ? [{ review, happened: kinds }] : []
    }),
    exits: exits.map((exit) => ({ ...exit, now: reviews.get(exit.reviewId) })),
    accounts: [...accounts].map(([id, seq]) => ({ id, seq, places: places.get(id) ?? [] })),
    told,
  }
}

type EventRow = {
  seq: number
  kind: string
  xid: string
  subject_kind: string
  subject_id: string
  flagged_review_id: string | null
}

/** Intake's own traces, which change nothing that anybody looks at, are left out. */
async function findEvents(db: Db, after: number, upTo: number): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select s.seq, s.kind, e.xid, s.subject_kind, s.subject_id,
      case when s.subject_kind = 'flag' then e.data->>'reviewId' end as flagged_review_id
    from event_seq s join event e on e.id = s.event_id
    where s.seq > ${after} and s.seq <= ${upTo} and s.kind not in ('snapshot.taken', 'media.stored')
    order by s.seq`.execute(db)
  return rows
}

async function findReviewsOfDecisions(db: Db, events: EventRow[]): Promise<Map<string, string[]>> {
  const ids = idsOf(events, 'decision')
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('decision')
    .select(['id', 'review_id'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, [row.review_id]]))
}

async function findReviewsOfAppeals(db: Db, events: EventRow[]): Promise<Map<string, string[]>> {
  const ids = idsOf(events, 'appeal')
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('appeal')
    .select(['id', 'review_id'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, [row.review_id]]))
}

/**
 * Waiting reviews of posts that show, or showed, these files: of each file the newest only. One that thousands show is no
 * news to them, and would make every reader read everything again.
 */
async function findReviewsOfMedia(db: Db, events: EventRow[]): Promise<Map<string, string[]>> {
  const hashes = idsOf(events, 'media')
  if (hashes.length === 0) return new Map()
  const { rows } = await sql<{ sha256: string; id: string }>`
    select m.sha256, found.id from unnest(${hashes}::text[]) as m (sha256) cross join lateral (
      select distinct review.id
      from post_media
      join snapshot on snapshot.id = post_media.snapshot_id
      join review on review.post_id = snapshot.post_id
      where post_media.sha256 = m.sha256 and review.state <> 'decided'
      order by review.id desc
      limit ${mostOfMedia}
    ) as found`.execute(db)
  return new Map([...Map.groupBy(rows, (row) => row.sha256)].map(([hash, found]) => [hash, found.map(({ id }) => id)]))
}

const mostOfMedia = 20

/** Every review of a post shows the notes on it. */
async function findReviewsOfPosts(db: Db, events: EventRow[]): Promise<Map<string, string[]>> {
  const ids = idsOf(
    events.filter(({ kind }) => kind.startsWith('note.')),
    'post',
  )
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('review')
    .select(['id', 'post_id'])
    .where(sql<boolean>`post_id = any(${ids}::uuid[])`)
    .execute()
  return new Map([...Map.groupBy(rows, (row) => row.post_id!)].map(([id, found]) => [id, found.map((row) => row.id)]))
}

/** Who was told something in the transactions that these events come from. */
async function findTold(db: Db, events: EventRow[]) {
  const last = new Map(events.map(({ xid, seq }) => [xid, seq]))
  if (last.size === 0) return []
  const { rows } = await sql<{ person_id: string; xid: string }>`
    select distinct person_id, xid from inbox_item where xid = any(${[...last.keys()]}::xid8[])`.execute(db)
  return rows.map(({ person_id, xid }) => ({ personId: person_id, seq: last.get(xid)! }))
}

/** The exits of the transactions that these events come from, each at the number of that transaction's last event. */
async function findExits(db: Db, events: EventRow[]) {
  const last = new Map(events.map(({ xid, seq }) => [xid, seq]))
  if (last.size === 0) return []
  const { rows } = await sql<{ review_id: string; xid: string } & Place>`
    select review_id, xid, queue_id, is_restricted from scope_exit
    where xid = any(${[...last.keys()]}::xid8[])`.execute(db)
  return rows.map(({ review_id, xid, ...place }) => ({ reviewId: review_id, place, seq: last.get(xid)! }))
}

async function findReviews(db: Db, ids: string[]): Promise<Map<string, Review>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('review')
    .select(['id', 'version', 'state', 'queue_id', 'is_restricted'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function findPlaces(db: Db, accountIds: string[]): Promise<Map<string, Place[]>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('review')
    .select(['account_id', 'queue_id', 'is_restricted'])
    .distinct()
    .where(sql<boolean>`account_id = any(${accountIds}::uuid[])`)
    .execute()
  return Map.groupBy(rows, (row) => row.account_id)
}

function idsOf(events: EventRow[], subjectKind: string): string[] {
  return [...new Set(events.filter((event) => event.subject_kind === subjectKind).map((event) => event.subject_id))]
}

/** Forgets exits that no stream resumes from any more. */
export async function deleteExits(db: Db, before: Date): Promise<void> {
  await sql`delete from scope_exit where left_at < ${before}`.execute(db)
}
