import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { freeStranded } from '#server/features/review/turns/stranded.queries.ts'
import { findClauseTokens, getSkills, putSkills } from '#server/features/routing/skills/skills.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { changeSkills as endpoint, changeOptOuts as ownEndpoint } from '#shared/contract/routing.ts'
import { may } from '#shared/domain/permissions.ts'
import { changePerson, requirePerson } from './change-person.ts'

/**
 * Says what somebody is trained for and keeps away from. Both hold for what is offered from now on; what is in hand stays.
 *
 * @throws AppError `forbidden` for a supervisor who changes anybody but a reviewer
 */
export function changeSkills(
  deps: Deps,
  caller: Caller,
  personId: string,
  { trained, optedOut, ...asked }: z.output<typeof endpoint.body>,
) {
  return changePerson(deps, caller, { name: 'skills', personId, asked }, async (tx, person) => {
    if (!may(caller.role, 'person.manage') && person.role !== 'reviewer') {
      throw new AppError('forbidden', 'Supervisors change the skills of reviewers only.')
    }
    const after = {
      trained: await sound(tx, trained, 'trained', person.trained),
      optedOut: await sound(tx, optedOut, 'optedOut', person.optedOut),
    }
    const isSame = after.trained.join() === person.trained.join() && after.optedOut.join() === person.optedOut.join()
    if (isSame) return null
    const version = await putSkills(tx, personId, after)
    await freeStranded(tx, { personId, by: caller })
    const data = { trained: { before: person.trained, after: after.trained }, optedOut: after.optedOut.length }
    return { kind: 'person.skills_changed', version, data }
  })
}

/** What somebody keeps away from is theirs to say, and why is nobody's to ask: the log says how many, not which. */
export function changeOptOuts({ db }: Deps, caller: Caller, { clientId, optedOut }: z.output<typeof ownEndpoint.body>) {
  requirePerson(caller)
  return once(db, { clientId, personId: caller.id, operation: 'opt out' }, async (tx) => {
    const before = await getSkills(tx, caller.id)
    const after = await sound(tx, optedOut, 'optedOut', before.optedOut)
    if (after.join() === before.optedOut.join()) return { optedOut: after }
    const version = await putSkills(tx, caller.id, { optedOut: after })
    await freeStranded(tx, { personId: caller.id, by: caller })
    const subject = { kind: 'person', id: caller.id, version }
    const data = { optedOut: after.length }
    await appendEvents(tx, [{ kind: 'person.opted_out', by: caller, subject, data }])
    return { optedOut: after }
  })
}

/** Sorted, each once. What is kept of a clause that went since may stay. */
async function sound(tx: Tx, tokens: string[], path: string, kept: string[]): Promise<string[]> {
  const known = await findClauseTokens(tx)
  const issues = tokens.flatMap((token, index) =>
    known.has(token) || kept.includes(token)
      ? []
      : [{ path: `${path}.${index}`, message: 'There is no such clause or section.' }],
  )
  if (issues.length > 0) throw new AppError('invalid_request', 'The clauses do not fit.', issues)
  return [...new Set(tokens)].sort()
}
