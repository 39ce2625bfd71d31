import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { writeReason as endpoint } from '#shared/contract/reasons.ts'
import { findPolicy, findVersions, insertReason, toReason } from './reasons.queries.ts'

/** Writes a canned reason, or a version that takes another's place. Of two who do so at once the second is refused. */
export function writeReason({ db, now }: Deps, caller: Caller, input: z.output<typeof endpoint.body>) {
  const { clientId, policyId, uses, name, texts, isWithdrawn, supersedesId } = input
  const act = { clientId, personId: caller.id, operation: 'write reason' }
  return once(db, act, async (tx) => {
    if (policyId && !(await findPolicy(tx, policyId))) throw new AppError('not_found', `No policy ${policyId}.`)
    const versions = supersedesId ? await findVersions(tx, supersedesId) : []
    if (supersedesId && versions.length === 0) throw new AppError('not_found', `No reason ${supersedesId}.`)
    if (supersedesId && versions[0]!.id !== supersedesId) throw superseded(supersedesId)
    const id = newId()
    const reasonId = versions[0]?.reason_id ?? id
    const version = (versions[0]?.version ?? 0) + 1
    const isFirst = await insertReason(tx, {
      id,
      reason_id: reasonId,
      version,
      policy_id: policyId,
      uses: [...new Set(uses)],
      name,
      texts: JSON.stringify(texts),
      is_withdrawn: isWithdrawn,
      written_by: caller.id,
      written_at: now(),
    })
    if (!isFirst) throw superseded(supersedesId)
    const sha256 = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
    await appendEvents(tx, [
      {
        kind: isWithdrawn ? 'reason.withdrawn' : version === 1 ? 'reason.written' : 'reason.superseded',
        by: caller,
        subject: { kind: 'reason', id: reasonId, version },
        data: { clause: policyId, uses, languages: Object.keys(texts).sort(), sha256 },
      },
    ])
    return toReason(await findVersions(tx, id))
  })
}

const superseded = (id: string | null) => new AppError('already_superseded', `The reason ${id} has a newer version.`)
