import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createPolicy, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const undoMs = 1_000
const t = useTestApi({ undoMs })
beforeAll(async () => void (await createPolicy(t.db, { id: 'test.praise' })))

const once = () => ({ clientId: crypto.randomUUID() })
const people: (() => TestCall)[] = [() => t.as('reviewer'), () => t.second('reviewer'), () => t.as('supervisor')]
const lift = { outcome: 'no_violation' as const, clause: null, furtherClauses: [], exemption: null }
const nothing = { purposeWeighed: true, measures: [], territory: [] }

const step = fc.record({
  who: fc.nat(2),
  act: fc.constantFrom('file', 'claim', 'release', 'uphold', 'reverse', 'undo', 'wait'),
})

async function decided() {
  const review = await createReview(t.db)
  const params = { reviewId: review.id as ReviewId }
  const dana = t.as('reviewer')
  const { version } = await dana(api.claimReview, { params, body: once() })
  const seen = { ...once(), version, snapshotId: review.snapshot_id, handlingMs: 1 }
  const violation = { outcome: 'violation' as const, clause: { id: 'test.praise', version: 1 }, exemption: null }
  const measures = [{ target: 'post' as const, kind: 'remove' as const }]
  const { decision } = await dana(api.decideReview, {
    params,
    body: { ...seen, ...violation, measures, rationale: 'Praise.' },
  })
  t.travel(undoMs)
  await sweepOutbox(t.deps)
  return { review, decision }
}

/** What the log says an appeal has come to, and what stands for it. */
function replay(events: { kind: string; data: Record<string, unknown> }[], first: string) {
  const told = { state: 'waiting', outcome: null as unknown, standing: first as unknown }
  for (const { kind, data } of events) {
    if (kind === 'appeal.decided') {
      Object.assign(told, { state: 'decided', outcome: data.outcome, standing: data.newDecisionId ?? first })
    }
    if (kind === 'appeal.undone') Object.assign(told, { state: 'waiting', outcome: null, standing: first })
  }
  return told
}

it('has one outcome in any order of acts, never by who decided first, and stands as its log tells', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const { review, decision } = await decided()
      let appealId: string | null = null
      const act = async ({ who, act: name }: (typeof steps)[number]) => {
        const call = people[who]!()
        if (name === 'wait') {
          t.travel(undoMs)
          return sweepOutbox(t.deps)
        }
        if (name === 'file') {
          const about = { decisionId: decision.id }
          const filed = { ...once(), about, appellant: { kind: 'account' as const }, text: 'No.', language: 'ru' }
          appealId = (await call(api.fileAppeal, { body: filed })).appeal.id
          return
        }
        if (!appealId) return
        const params = { appealId }
        const verdict = { ...once(), rationale: 'Read again.' }
        if (name === 'claim') return call(api.claimAppeal, { params, body: once() })
        if (name === 'release') return call(api.releaseAppeal, { params, body: once() })
        if (name === 'undo') return call(api.undoAppeal, { params, body: once() })
        const ruling = name === 'reverse' ? { ...lift, ...nothing } : null
        const outcome = name === 'reverse' ? ('reversed' as const) : ('upheld' as const)
        return call(api.decideAppeal, { params, body: { ...verdict, outcome, ruling } })
      }
      // Two at a time: whoever comes second is refused or finds it done.
      for (let at = 0; at < steps.length; at += 2) {
        await Promise.allSettled(steps.slice(at, at + 2).map(act))
      }
      const appeals = await t.db.selectFrom('appeal').selectAll().where('decision_id', '=', decision.id).execute()
      expect(appeals.filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(1)
      for (const appeal of appeals) {
        const told = replay((await findEventsOn(t.db, appeal.id)) as never, decision.id)
        expect({
          state: appeal.state,
          outcome: appeal.outcome,
          standing: appeal.new_decision_id ?? decision.id,
        }).toEqual(told)
        expect(appeal.decided_by).not.toBe(t.person('reviewer').id)
      }
      const reversed = appeals.find(({ new_decision_id }) => new_decision_id)
      const now = await t.db.selectFrom('review').select('decision_id').where('id', '=', review.id).executeTakeFirst()
      expect(now?.decision_id).toBe(reversed?.new_decision_id ?? decision.id)
      t.travel(undoMs)
      await sweepOutbox(t.deps)
      const measure = await t.db
        .selectFrom('measure')
        .select(['began_at', 'ended_at'])
        .where('decision_id', '=', decision.id)
        .executeTakeFirstOrThrow()
      expect(measure.ended_at !== null).toBe(reversed !== undefined)
      if (reversed) {
        const { wrongly_down_ms } = await t.db
          .selectFrom('appeal')
          .select('wrongly_down_ms')
          .where('id', '=', reversed.id)
          .executeTakeFirstOrThrow()
        expect(wrongly_down_ms).toBe(measure.ended_at!.getTime() - measure.began_at!.getTime())
      }
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 60_000)
