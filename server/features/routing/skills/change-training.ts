import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { changeTraining as endpoint } from '#shared/contract/routing.ts'
import { lockRouting } from '../in-force.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { findClauseTokens, findTraining, putTraining } from './skills.queries.ts'

/** Says which clauses need training. Until somebody is trained for one, nobody is offered its reviews. */
export function changeTraining(
  { db }: Deps,
  caller: Caller,
  { clientId, clauses }: z.output<typeof endpoint.body>,
): Promise<{ clauses: string[] }> {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'change training' }, async (tx) => {
    await lockRouting(tx)
    const known = await findClauseTokens(tx)
    const issues = clauses.flatMap((id, index) =>
      known.has(id) && !id.startsWith('section:') ? [] : [{ path: `clauses.${index}`, message: 'No such clause.' }],
    )
    if (issues.length > 0) throw new AppError('invalid_request', 'The clauses do not fit.', issues)
    const before = await findTraining(tx)
    await putTraining(tx, clauses)
    const after = await findTraining(tx)
    if (before.join() !== after.join()) {
      const subject = { kind: 'training', id: 'training' }
      await appendEvents(tx, [{ kind: 'training.changed', by: caller, subject, data: { before, after } }])
    }
    return { clauses: after }
  })
}
