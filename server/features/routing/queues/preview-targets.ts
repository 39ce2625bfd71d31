import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { previewTargets as endpoint } from '#shared/contract/routing.ts'
import { compareDue, getTargets } from '../reckoning/reckoning.queries.ts'
import { requireWhole } from '../require-whole.ts'

const mostLooked = 10_000

/** What other targets would do to the due times of what waits; those due first are looked at. */
export async function previewTargets(
  { db, now }: Deps,
  caller: Caller,
  queueId: string,
  targets: z.output<typeof endpoint.body>,
): Promise<z.input<typeof endpoint.reply>> {
  requireWhole(caller)
  if (!(await getTargets(db, queueId))) throw new AppError('not_found', `No queue ${queueId}.`)
  const found = await compareDue(db, { queueId, targets, now: now(), limit: mostLooked })
  return {
    looked: { value: found.looked, exact: found.looked < mostLooked },
    earlier: found.earlier,
    later: found.later,
    overdue: { before: found.overdue_before, after: found.overdue_after },
  }
}
