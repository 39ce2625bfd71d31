import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { tryRules as endpoint, RuleTrial } from '#shared/contract/routing.ts'
import type { Route } from '#shared/domain/routing.ts'
import { compileFor, readInForce } from '../in-force.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { requireSoundRules } from './check-rules.ts'
import { findLastFlags, type TriedFlag } from './rules.queries.ts'

const flagsTried = 1_000

/** Routes the last flags by these rules and by those in force: as they were sorted when they came, each for itself. */
export async function tryRules({ db }: Deps, caller: Caller, set: z.output<typeof endpoint.body>): Promise<RuleTrial> {
  requireWhole(caller)
  await requireSoundRules(db, set)
  const [force, flags] = await Promise.all([readInForce(db), findLastFlags(db, caller.scope, flagsTried)])
  const [before, after] = [compileFor(force, force), compileFor({ ...set, last_resort_id: set.lastResortId }, force)]
  const tried = flags.map((flag) => ({ flag, from: before(flag), to: after(flag) }))
  const countAt = (routes: Route[], queueId: string) => routes.filter((route) => route.queueId === queueId).length
  const [from, to] = [tried.map((each) => each.from), tried.map((each) => each.to)]
  const queues = force.queues.toSorted((a, b) => a.position - b.position)
  return {
    looked: flags.length,
    version: force.version,
    queues: queues
      .map(({ id }) => ({ queueId: id, before: countAt(from, id), after: countAt(to, id) }))
      .filter(({ before, after }) => before + after > 0),
    rules: [...set.rules.map(({ id }) => id), null].map((ruleId) => ({
      ruleId,
      hits: to.filter((route) => route.ruleId === ruleId).length,
    })),
    moved: tried.filter((each) => each.from.queueId !== each.to.queueId).map(toMoved),
  }
}

function toMoved({ flag, from, to }: { flag: TriedFlag; from: Route; to: Route }): RuleTrial['moved'][number] {
  return {
    flagId: flag.id,
    reviewId: flag.reviewId as ReviewId | null,
    reference: flag.number === null ? null : `DKT-${flag.number}`,
    sourceKind: flag.sourceKind,
    policy: flag.policyId,
    receivedAt: flag.receivedAt.toISOString(),
    from,
    to,
  }
}
