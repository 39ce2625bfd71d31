import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { buildChunk, findStale } from '#server/features/reporting/figures/chunks.queries.ts'
import { fillBatch } from '#server/features/reporting/figures/fill-facts.ts'

/** What the log would say of the seeded reviews, in the order of one review's events. */
const steps: Record<string, string> = {
  flags: `
    select received_at, 'flag.received', null, 'flag', id::text, jsonb_build_object('effect', effect, 'reviewId', review_id,
      'snapshotId', snapshot_id, 'sourceKind', source_kind, 'policyId', policy_id) from flag where source_name = 'bench'`,
  openings: `
    select review.opened_at, 'review.opened', null, 'review', review.id::text, jsonb_build_object('flagId', flag.id,
      'snapshotId', review.snapshot_id, 'queueId', review.queue_id, 'policyId', review.policy_id, 'isRestricted', review.is_restricted)
    from review join flag on flag.review_id = review.id and flag.source_name = 'bench'`,
  claims: `
    select decided_at - least(decided_at - opened_at, interval '90 seconds'), 'review.claimed', decided_by, 'review', id::text, '{}'
    from review where decided_by like 'bench-%'`,
  reveals: `
    select decided_at, 'media.revealed', decided_by, 'review', id::text, jsonb_build_object('revealId', gen_random_uuid())
    from review where decided_by like 'bench-%' and media_count > 0 and number % 2 = 0`,
  decisions: `
    select decision.decided_at, 'review.decided', decision.decided_by, 'review', decision.review_id::text,
      jsonb_build_object('decisionId', decision.id, 'outcome', decision.outcome, 'dueAt', review.due_at,
        'clause', case when decision.policy_id is not null then jsonb_build_object('id', decision.policy_id, 'version', 1) end,
        'measures', case when decision.outcome = 'violation' then '["post.remove"]'::jsonb else '[]'::jsonb end)
    from decision join review on review.id = decision.review_id where decision.decided_by like 'bench-%'`,
  effects: `
    select decided_at + interval '10 seconds', 'decision.recorded', null, 'decision', id::text, '{}'
    from decision where decided_by like 'bench-%'`,
  appeals: `
    select decided_at + interval '2 days', 'appeal.decided', null, 'appeal', gen_random_uuid()::text,
      jsonb_build_object('outcome', 'reversed', 'decisionId', id) from decision where decided_by like 'bench-%' and random() < 0.03`,
}

/** Writes the log of the seeded posts, and reads the facts off it. Does nothing when it is there already. */
export async function seedHistory(db: Db) {
  const { rows } = await sql`
    select from event where kind = 'review.opened' and data ? 'flagId' and at < now() - interval '30 days' limit 1`.execute(
    db,
  )
  if (rows.length === 0) await writeLog(db)
  await sealEvents(db)
  const from = performance.now()
  let read = 0
  for (let count = 1; count > 0; read += count) count = await fillBatch(db, { limit: 20_000, waits: true })
  if (read > 1_000) tell(`facts of ${read.toLocaleString('en')} events`, from)
  const packing = performance.now()
  let packed = 0
  for (let stale = await findStale(db, 500); stale.length > 0; stale = await findStale(db, 500)) {
    for (const each of stale) await buildChunk(db, each)
    packed += stale.length
  }
  if (packed > 100) tell(`${packed} days packed`, packing)
  await sql`vacuum analyze report_chunk, report_decision, report_wait, report_flag, report_review`.execute(db)
}

async function writeLog(db: Db) {
  for (const [name, step] of Object.entries(steps)) {
    const from = performance.now()
    await sql.raw(`insert into event (at, kind, person_id, subject_kind, subject_id, data) ${step}`).execute(db)
    tell(`log of ${name}`, from)
  }
}

const tell = (what: string, from: number) =>
  console.error(`  ${what}: ${((performance.now() - from) / 1_000).toFixed(0)} s`)
