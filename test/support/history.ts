import fc from 'fast-check'
import { newId } from '#server/db/id.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import type { TestDb } from './db.ts'

/*
 * Random histories of reviews, written as the log and the rows that it points to would have them, at any time: what would
 * take weeks at the desk.
 */

export type Step = { op: number; review: number; minute: number; pick: number; late: boolean }

/** Steps over about twelve days. */
export const aHistory = fc.array(
  fc.record({
    op: fc.nat(15),
    review: fc.nat(11),
    minute: fc.nat(12 * 1_440),
    pick: fc.nat(1_000),
    late: fc.boolean(),
  }),
  { minLength: 30, maxLength: 140 },
)

const clauses = ['hate.slur', 'abuse.insult', null]
const languages = ['ru', 'kk', null]
const platforms = ['vk', 'telegram']
const kinds = ['user_report', 'classifier', 'removal_order', 'trusted_flagger']
const outcomes = ['violation', 'no_violation', 'exempt']
const measures = [['post.remove', 'account.warn'], ['post.label'], ['account.block'], []]
const statuses = ['active', 'blocked']
const answers = ['upheld', 'reversed', 'changed']

type Sketch = {
  id: string
  accountId: string
  snapshotId: string
  queue: string
  clause: string | null
  language: string | null
  platform: string
  hasMedia: boolean
  at: number
  state: 'open' | 'decided' | 'closed'
  /** Decisions that stand on each other, the newest last. */
  decisions: { id: string; outcome: string; isSent: boolean }[]
  reveals: string[]
  isRestricted: boolean
}
type Event = {
  at: Date
  kind: string
  subject_kind: string
  subject_id: string
  person_id: string | null
  data: object
}

/** Writes a history into queues of its own, and seals it. */
export async function writeHistory({ db, owner }: Pick<TestDb, 'db' | 'owner'>, steps: readonly Step[], from: Date) {
  const queues = [newId(), newId(), newId()]
  const events: Event[] = []
  const flags: object[] = []
  const decisions: object[] = []
  const reviews: (Sketch & { openedAt: Date; dueAt: Date; source: string })[] = []
  const some = <T>(values: readonly T[], pick: number): T => values[pick % values.length]!

  for (const { op, review: place, minute, pick, late } of steps) {
    const known = reviews[place]
    // One review's events stand in their order, whatever happens elsewhere meanwhile.
    const at = Math.max(from.getTime() + minute * 60_000 + (pick % 60_000), known ? known.at + 1 : 0)
    const recorded = late ? at + (pick % 180) * 60_000 : at
    const tell = (kind: string, id: string, data: object, subject = 'review', person: string | null = null) =>
      events.push({
        at: new Date(recorded),
        kind,
        subject_kind: subject,
        subject_id: id,
        person_id: person,
        data: { ...data, ...(late && { at: new Date(at).toISOString() }) },
      })
    const flag = (review: Sketch, effect: string, source: string, clause: string | null) => {
      const id = newId()
      flags.push({
        id,
        source_kind: source,
        source_name: 'history',
        external_id: id,
        reason_code: 'x',
        flagged_at: new Date(at),
        received_at: new Date(at),
        account_id: review.accountId,
        snapshot_id: review.snapshotId,
        review_id: review.id,
        effect,
        raw: '{}',
      })
      const data = { effect, reviewId: review.id, snapshotId: review.snapshotId, sourceKind: source, policyId: clause }
      tell('flag.received', id, { ...data, isRestricted: review.isRestricted }, 'flag')
      return id
    }
    if (!known) {
      const source = some(kinds, pick)
      const review = {
        id: newId(),
        accountId: newId(),
        snapshotId: newId(),
        queue: some(queues, pick),
        clause: some(clauses, pick),
        language: some(languages, Math.floor(pick / 3)),
        platform: some(platforms, pick),
        hasMedia: pick % 3 === 0,
        at,
        state: 'open' as const,
        decisions: [],
        reveals: [],
        isRestricted: pick % 7 === 0,
        openedAt: new Date(at),
        dueAt: new Date(at + (pick % 48) * 3_600_000),
        source,
      }
      reviews.push(review)
      const flagId = flag(review, 'opened', source, review.clause)
      const { queue: queueId, clause: policyId, snapshotId, isRestricted } = review
      tell('review.opened', review.id, { flagId, snapshotId, queueId, policyId, isRestricted })
      continue
    }
    known.at = at
    const standing = known.decisions.at(-1)
    const take = (kind: string, more: { supersedesId?: string; outcome?: string; clause?: string | null }) => {
      const id = newId()
      const outcome = more.outcome ?? some(outcomes, pick)
      decisions.push({
        id,
        review_id: known.id,
        snapshot_id: known.snapshotId,
        account_id: known.accountId,
        review_version: 1,
        outcome,
        further_clauses: '[]',
        purpose_weighed: true,
        territory: [],
        rationale: '.',
        decided_at: new Date(at),
        account_status: some(statuses, pick),
        supersedes_id: more.supersedesId ?? null,
      })
      const clause = outcome === 'violation' ? { id: some(['hate.slur', 'spam.scam'], pick), version: 1 } : null
      const supersedes = more.supersedesId ? { supersedesId: more.supersedesId } : { dueAt: known.dueAt.toISOString() }
      tell(kind, known.id, { decisionId: id, outcome, clause, measures: some(measures, pick), ...supersedes })
      known.decisions.push({ id, outcome, isSent: false })
      return id
    }
    if (op === 0) flag(known, known.state === 'open' ? 'joined' : 'recorded', some(kinds, pick), some(clauses, pick))
    else if (op === 1 && known.state === 'open') {
      const to = some(queues, pick)
      if (to === known.queue) continue
      tell('review.moved', known.id, { from: known.queue, to })
      known.queue = to
    } else if (op === 2 && known.state === 'open') tell('review.claimed', known.id, {})
    else if (op >= 3 && op <= 6 && known.state === 'open') {
      take('review.decided', {})
      known.state = 'decided'
    } else if (op === 7 && standing) take('decision.superseded', { supersedesId: standing.id })
    else if (op === 8 && standing && !standing.isSent) {
      known.decisions.pop()
      const restored = known.decisions.at(-1)
      tell('decision.undone', known.id, { decisionId: standing.id, ...(restored && { restoredId: restored.id }) })
      if (!restored) known.state = 'open'
    } else if (op === 9 && standing) {
      standing.isSent = true
      const kind = pick % 2 === 0 ? 'decision.recorded' : 'decision.answered'
      tell(kind, standing.id, { answer: some(['done', 'refused'], Math.floor(pick / 2)) }, 'decision')
    } else if (op === 10 && standing) {
      const appealId = newId()
      standing.isSent = true
      tell('appeal.filed', appealId, { decisionId: standing.id, reviewId: known.id }, 'appeal')
      const outcome = some(answers, pick)
      if (pick % 5 === 0) continue
      const decisionId = standing.id
      const newDecisionId = outcome === 'upheld' ? null : take('decision.superseded', { supersedesId: decisionId })
      if (newDecisionId) known.decisions.at(-1)!.isSent = pick % 4 !== 1
      const wronglyDownMs = newDecisionId && pick % 2 === 0 ? pick * 1_000 : null
      tell('appeal.decided', appealId, { outcome, decisionId, newDecisionId, wronglyDownMs }, 'appeal')
      if (newDecisionId && wronglyDownMs === null && pick % 3 !== 0) {
        tell('appeal.lifted', appealId, { decisionId, newDecisionId, wronglyDownMs: pick }, 'appeal')
      }
      if (outcome === 'upheld' && pick % 4 === 0) tell('appeal.undone', appealId, { decisionId }, 'appeal')
    } else if (op === 11) {
      const revealId = newId()
      known.reveals.push(revealId)
      tell('media.revealed', known.id, { revealId }, 'review', `person-${pick % 3}`)
    } else if (op === 12 && known.reveals.length > 0) {
      tell('media.hidden', known.id, { revealId: known.reveals.pop(), shownMs: pick })
    } else if (op === 13 && pick % 3 === 0) {
      known.isRestricted = !known.isRestricted
      tell(known.isRestricted ? 'review.restricted' : 'review.unrestricted', known.id, {})
    } else if (op === 14 && known.state === 'open') {
      tell('review.closed_undecided', known.id, {})
      known.state = 'closed'
    } else if (op === 15 && known.state === 'closed') {
      tell('review.reopened', known.id, {})
      known.state = 'open'
    }
  }

  const insert = (table: string, rows: object[]) =>
    rows.length === 0
      ? null
      : db
          .insertInto(table as never)
          .values(rows as never)
          .execute()
  await insert(
    'queue',
    queues.map((id, position) => ({ id, name: id, position, target_ms: 1 })),
  )
  await insert(
    'account',
    reviews.map(({ accountId: id, platform }) => ({
      id,
      platform,
      external_id: id,
      kind: 'person',
      handle: 'x',
      status: 'active',
      first_seen_at: from,
    })),
  )
  await insert(
    'snapshot',
    reviews.map(({ snapshotId: id, accountId: account_id, language }) => ({
      id,
      account_id,
      language,
      sha256: id,
      content_sha256: id,
      caption: '',
      context: '[]',
      account_state: '{}',
      source_kind: 'user_report',
      source_name: 'history',
      captured_at: from,
      raw: '{}',
    })),
  )
  await insert(
    'post_media',
    reviews
      .filter(({ hasMedia }) => hasMedia)
      .map(({ snapshotId: snapshot_id }) => ({ snapshot_id, position: 0, kind: 'image', url: 'https://x.example/1' })),
  )
  await insert(
    'review',
    reviews.map((review) => ({
      id: review.id,
      state: 'decided',
      queue_id: review.queue,
      account_id: review.accountId,
      snapshot_id: review.snapshotId,
      caption_excerpt: '',
      platform: review.platform,
      handle: 'x',
      account_status: 'active',
      flag_count: 1,
      sources: [review.source],
      media_count: 0,
      priority: 0,
      priority_terms: '[]',
      due_at: review.dueAt,
      opened_at: review.openedAt,
      is_restricted: review.isRestricted,
    })),
  )
  await insert('flag', flags)
  await insert('decision', decisions)
  // The clock of the log is the database's: only the owner may say what it showed.
  const written = events.map((event) => ({ ...event, data: JSON.stringify(event.data) }))
  if (written.length > 0) await owner.insertInto('event').values(written).execute()
  await sealEvents(db)
  return { queues }
}
