import { createHash } from 'node:crypto'
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { DecisionTable } from '#server/db/schema/decisions.ts'
import type { ReviewTable } from '#server/db/schema/reviews.ts'
import type { Database } from '#server/db/schema.ts'
import { putAccountWords, putPostWords, putReviewWords } from '#server/features/review/list/search.queries.ts'
import type { Measure } from '#shared/contract/decisions.ts'
import type { AccountMeasure, PostMeasure } from '#shared/domain/outcomes.ts'

/*
 * Rows in the database, for server tests. Each inserts what it needs besides (a review its account, post, snapshot and
 * flag), takes columns as overrides, and answers the row as stored.
 */

let n = 0

function next() {
  n += 1
  return n
}

/** Minute after minute of one day, so that what is made later is later. */
const timeOf = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export async function createQueue(db: Db, overrides: Partial<Insertable<Database['queue']>> = {}) {
  const row = { id: 'extremism', name: 'Extremism', position: 1, target_ms: 86_400_000, ...overrides }
  await db
    .insertInto('queue')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return row
}

/** A clause in its first version, unless it is there already. */
export async function createPolicy(db: Db, overrides: Partial<Insertable<Database['policy']>> = {}) {
  const count = next()
  const row = {
    id: 'tve.glorification',
    code: `T.${count}`,
    position: 10_000 + count,
    kind: 'clause' as const,
    short_name: 'Glorification',
    section_code: 'T',
    section_name: 'Test',
    severity: 'high' as const,
    current_version: 1,
    ...overrides,
  }
  await db
    .insertInto('policy')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { short_name, severity, is_restricted = false, needs_purpose_test = false } = row as typeof row & Marks
  const facts = { short_name, severity, is_restricted, needs_purpose_test }
  await createPolicyVersion(db, { policy_id: row.id, version: row.current_version, ...facts })
  return row
}

type Marks = { is_restricted?: boolean; needs_purpose_test?: boolean }

export async function createPolicyVersion(
  db: Db,
  overrides: Partial<Insertable<Database['policy_version']>> & { policy_id: string },
) {
  await db
    .insertInto('policy_version')
    .values({
      version: 1,
      label: 'A clause',
      description: 'What it says.',
      signs: [],
      not_this: [],
      questions: [],
      usual_measures: [],
      dsa_keywords: [],
      in_force_since: timeOf(0),
      ...overrides,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function createAccount(db: Db, overrides: Partial<Insertable<Database['account']>> = {}) {
  const count = next()
  return db
    .insertInto('account')
    .values({
      id: newId(),
      platform: 'vk',
      external_id: `account-${newId()}`,
      kind: 'person',
      handle: `account_${count}`,
      status: 'active',
      first_seen_at: timeOf(0),
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function createPost(db: Db, overrides: Partial<Insertable<Database['post']>> = {}) {
  const account_id = overrides.account_id ?? (await createAccount(db)).id
  return db
    .insertInto('post')
    .values({
      id: newId(),
      account_id,
      platform: 'vk',
      external_id: `post-${newId()}`,
      kind: 'post',
      posted_at: timeOf(next()),
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The row only: no bytes are stored. */
export function createMedia(db: Db, overrides: Partial<Insertable<Database['media']>> = {}) {
  return db
    .insertInto('media')
    .values({
      sha256: sha256(newId()),
      mime: 'image/jpeg',
      size: 1_000,
      width: 800,
      height: 600,
      state: 'ready',
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

type SnapshotOverrides = Partial<Insertable<Database['snapshot']>> & {
  account_id: string
  /** Hashes of the media it shows, in order. */
  media?: string[]
}

export async function createSnapshot(db: Db, { media = [], ...overrides }: SnapshotOverrides) {
  const count = next()
  const caption = overrides.caption ?? `Caption ${count}`
  const snapshot = await db
    .insertInto('snapshot')
    .values({
      id: newId(),
      sha256: sha256(newId()),
      content_sha256: sha256(caption),
      caption,
      language: 'ru',
      context: '[]',
      account_state: JSON.stringify({ status: 'active', handle: `account_${count}`, displayName: null }),
      source_kind: 'user_report',
      source_name: 'vk-intake',
      captured_at: timeOf(count),
      raw: '{}',
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const rows = media.map((hash, position) => ({
    snapshot_id: snapshot.id,
    position,
    kind: 'image' as const,
    sha256: hash,
  }))
  if (rows.length > 0) await db.insertInto('post_media').values(rows).execute()
  return snapshot
}

export function createFlag(
  db: Db,
  overrides: Partial<Insertable<Database['flag']>> & { account_id: string; snapshot_id: string; review_id: string },
) {
  const count = next()
  return db
    .insertInto('flag')
    .values({
      id: newId(),
      source_kind: 'user_report',
      source_name: 'vk-intake',
      external_id: newId(),
      reason_code: 'extremism',
      flagged_at: timeOf(count),
      received_at: timeOf(count),
      effect: 'joined',
      raw: '{}',
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

type ReviewOverrides = Partial<Insertable<ReviewTable>> & { caption?: string; media?: string[] }

/** An open review with its snapshot and first flag. `post_id: null` makes one on the account alone. */
export async function createReview(db: Db, { caption, media = [], ...overrides }: ReviewOverrides = {}) {
  const count = next()
  await createQueue(db, { id: overrides.queue_id ?? 'extremism' })
  if (overrides.policy_id) await createPolicy(db, { id: overrides.policy_id })
  const account = overrides.account_id
    ? await db.selectFrom('account').selectAll().where('id', '=', overrides.account_id).executeTakeFirstOrThrow()
    : await createAccount(db, {
        ...(overrides.platform && { platform: overrides.platform }),
        ...(overrides.account_status && { status: overrides.account_status }),
        ...(overrides.handle && { handle: overrides.handle }),
        created_at: overrides.account_created_at ?? null,
      })
  const { id: account_id, platform } = account
  const post_id =
    overrides.post_id === undefined ? (await createPost(db, { account_id, platform })).id : overrides.post_id
  const text = caption ?? overrides.caption_excerpt ?? `Caption ${count}`
  const account_state = JSON.stringify({ status: account.status, handle: account.handle, displayName: null })
  const snapshot_id =
    overrides.snapshot_id ?? (await createSnapshot(db, { account_id, post_id, caption: text, account_state, media })).id
  const is_restricted = await isRestricted(db, overrides.policy_id ?? null, media)
  const review = await db
    .insertInto('review')
    .values({
      id: newId(),
      state: 'open',
      queue_id: 'extremism',
      account_id,
      post_id,
      snapshot_id,
      caption_excerpt: text.slice(0, 200),
      language: 'ru',
      platform,
      handle: account.handle,
      account_status: account.status,
      account_created_at: account.created_at,
      flag_count: 1,
      sources: ['user_report'],
      media_count: media.length,
      first_media: media[0] ?? null,
      priority: 50,
      priority_terms: '[]',
      due_at: timeOf(count + 240),
      opened_at: timeOf(count),
      is_restricted,
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await createFlag(db, { review_id: review.id, account_id, post_id, snapshot_id, effect: 'opened' })
  await putReviewWords(db, [review.id])
  return review
}

/** By the clause or by a file, as intake finds it. */
async function isRestricted(db: Db, policyId: string | null, media: string[]) {
  const clause = await db
    .selectFrom('policy')
    .select('id')
    .where('id', '=', policyId ?? '')
    .where('is_restricted', '=', true)
    .executeTakeFirst()
  const file = await db
    .selectFrom('media')
    .select('sha256')
    .where('is_restricted', '=', true)
    .where((eb) => eb.or([eb.lit(false), ...media.map((sha256) => eb('sha256', '=', sha256))]))
    .executeTakeFirst()
  return clause !== undefined || file !== undefined
}

/** Gives the review to a person, as claiming does, without an event. */
export async function createLease(
  db: Db,
  review: Pick<Selectable<ReviewTable>, 'id'>,
  overrides: Partial<Insertable<Database['lease']>> & { holder_id: string },
) {
  await db.updateTable('review').set({ holder_id: overrides.holder_id }).where('id', '=', review.id).execute()
  return db
    .insertInto('lease')
    .values({ review_id: review.id, taken_at: new Date(), expires_at: new Date(Date.now() + 300_000), ...overrides })
    .returningAll()
    .executeTakeFirstOrThrow()
}

type DecisionOverrides = Partial<Insertable<DecisionTable>> & { measures?: Measure[] }

/** A decision on the review (a new one unless named by `review_id`), which is closed by it, with its measures in force. */
export async function createDecision(db: Db, { measures = [], ...overrides }: DecisionOverrides = {}) {
  const review = overrides.review_id
    ? await db.selectFrom('review').selectAll().where('id', '=', overrides.review_id).executeTakeFirstOrThrow()
    : await createReview(db)
  const policy_id = overrides.policy_id === undefined ? 'tve.glorification' : overrides.policy_id
  if (policy_id) await createPolicy(db, { id: policy_id })
  const decision = await db
    .insertInto('decision')
    .values({
      id: newId(),
      review_id: review.id,
      snapshot_id: review.snapshot_id,
      account_id: review.account_id,
      review_version: review.version,
      outcome: 'violation',
      policy_id,
      policy_version: policy_id ? 1 : null,
      further_clauses: '[]',
      purpose_weighed: true,
      territory: [],
      rationale: 'Praises the attack.',
      decided_by: 'person-1',
      decided_at: timeOf(next()),
      account_status: review.account_status,
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  for (const measure of measures) await createMeasure(db, decision, measure)
  const { id: decision_id, outcome, decided_by, decided_at } = decision
  await db
    .insertInto('outbox')
    .values({ decision_id, state: 'recorded', not_before: decided_at, changed_at: decided_at })
    .execute()
  await db
    .updateTable('review')
    .set({ state: 'decided', decision_id, outcome, decided_by, decided_at, version: review.version + 1 })
    .where('id', '=', review.id)
    .execute()
  return decision
}

async function createMeasure(db: Db, decision: Selectable<DecisionTable>, measure: Measure) {
  const { id: decision_id, decided_at: began_at } = decision
  const kind: PostMeasure | AccountMeasure = measure.kind
  const restriction = measure.target === 'post' ? (measure.by ?? null) : null
  const ends_at = measure.endsAt ? new Date(measure.endsAt) : null
  await db
    .insertInto('measure')
    .values({ id: newId(), decision_id, target: measure.target, kind, restriction, ends_at, began_at })
    .execute()
}

/** On the review, the account or the post that is named. */
export async function createNote(db: Db, overrides: Partial<Insertable<Database['note']>>) {
  const count = next()
  const note = await db
    .insertInto('note')
    .values({ id: newId(), body: `Note ${count}`, author_id: 'person-1', written_at: timeOf(count), ...overrides })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (note.review_id) await putReviewWords(db, [note.review_id])
  if (note.account_id) await putAccountWords(db, note.account_id)
  if (note.post_id) await putPostWords(db, note.post_id)
  return note
}

/** One that waits, filed by hand on the day of the decision. */
export function createAppeal(
  db: Db,
  decision: Selectable<DecisionTable>,
  overrides: Partial<Insertable<Database['appeal']>> = {},
) {
  const { id: decision_id, review_id, account_id, policy_id, policy_version, decided_at } = decision
  return db
    .insertInto('appeal')
    .values({
      id: newId(),
      decision_id,
      review_id,
      account_id,
      policy_id,
      policy_version,
      appellant: 'account',
      body: 'That was a quotation.',
      source_name: 'docket',
      filed_by: 'person-1',
      filed_at: decided_at,
      received_at: decided_at,
      due_at: new Date(decided_at.getTime() + 7 * 86_400_000),
      state: 'waiting',
      ...overrides,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
