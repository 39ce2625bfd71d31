import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { mapReasonCode as endpoint } from '#shared/contract/routing.ts'
import { lockRouting } from '../in-force.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { deleteMapping, isClause, lockMapping, putMapping } from './reason-codes.queries.ts'

/** Says what a code stands for from now on. What came in before keeps the clause it was sorted under. */
export function mapReasonCode(
  { db }: Deps,
  caller: Caller,
  { clientId, sourceName, code, policyId }: z.output<typeof endpoint.body>,
): Promise<Record<string, never>> {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'map reason code' }, async (tx) => {
    await lockRouting(tx)
    if (policyId !== null && !(await isClause(tx, policyId))) throw new AppError('not_found', `No clause ${policyId}.`)
    const key = { source_name: sourceName, code }
    const before = (await lockMapping(tx, key))?.policy_id ?? null
    if (before === policyId) return {}
    if (policyId === null) await deleteMapping(tx, key)
    else await putMapping(tx, { ...key, policy_id: policyId })
    const kind = policyId === null ? 'reason_code.unmapped' : 'reason_code.mapped'
    const data = { code, sourceName, before, after: policyId }
    await appendEvents(tx, [{ kind, by: caller, subject: { kind: 'reason_code', id: idOf(key) }, data }])
    return {}
  })
}

/** A code may be as long as a sender likes: its own where it is short, or else its hash. */
const idOf = ({ source_name, code }: { source_name: string; code: string }) => {
  const id = source_name === '' ? code : `${source_name}/${code}`
  return id.length <= 100 ? id : createHash('sha256').update(id).digest('hex')
}
