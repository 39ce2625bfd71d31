import type { Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { ClauseVersion, DecisionInput } from '#shared/contract/decisions.ts'
import { type DecisionFault, faultsOf } from '#shared/domain/decision-rules.ts'
import { findCited } from './decisions.queries.ts'

type Draft = Omit<DecisionInput, 'clientId' | 'version' | 'snapshotId' | 'handlingMs'>
type Issue = { path: string; message: string }
type Policies = Awaited<ReturnType<typeof findCited>>

const messages: Record<DecisionFault['code'], string> = {
  clause_missing: 'Name the clause.',
  clause_not_wanted: 'A post that breaks nothing cites no clause.',
  clause_twice: 'A clause is named twice.',
  exemption_missing: 'Name the exemption.',
  exemption_not_wanted: 'Only an exempt post has an exemption.',
  purpose_not_weighed: 'Weigh the exemptions before deciding a violation of this clause.',
  measure_not_wanted: 'This measure does not go with the outcome.',
  measure_twice: 'One measure for each target.',
  restriction_missing: 'Say how the post is restricted.',
  rationale_missing: 'Give the reasons.',
  no_post: 'There is no post in this review.',
}

/**
 * By the rules that the desk shows, and by what only the database knows: that the clauses and the exemption exist, that
 * the versions are in force, and that there is a post to act upon.
 *
 * @param cited clauses that the corrected decision cites: their versions may be cited again
 * @throws AppError `invalid_request` with every fault, named by the path of its field
 */
export async function requireValid(
  tx: Tx,
  review: { post_id: string | null },
  draft: Draft,
  now: Date,
  cited: readonly ClauseVersion[] = [],
) {
  const policies = await findCited(tx, namesIn(draft), now)
  const isCited = ({ id, version }: ClauseVersion) => cited.some((each) => each.id === id && each.version === version)
  const clause = draft.clause && policies.get(draft.clause.id)
  const known = draft.clause && { id: draft.clause.id, needsPurposeTest: clause?.needs_purpose_test ?? false }
  const issues = [
    ...faultsOf(draft, known, { hasPost: review.post_id !== null }).map(({ path, code }) => ({
      path,
      message: messages[code],
    })),
    ...issuesOfNames(draft, policies, isCited),
    ...issuesOfMeasures(draft, now),
  ]
  if (issues.length > 0) throw new AppError('invalid_request', 'The decision is not complete.', issues)
}

const namesIn = ({ clause, furtherClauses, exemption }: Draft) =>
  [clause?.id, exemption, ...furtherClauses.map((further) => further.id)].filter((name) => typeof name === 'string')

type IsCited = (clause: ClauseVersion) => boolean

function issuesOfNames({ clause, furtherClauses, exemption }: Draft, policies: Policies, isCited: IsCited): Issue[] {
  const issues = furtherClauses.flatMap((further, index) =>
    issuesOfClause(further, `furtherClauses.${index}`, policies, isCited),
  )
  if (clause) issues.unshift(...issuesOfClause(clause, 'clause', policies, isCited))
  const granted = exemption && policies.get(exemption)
  if (exemption && (granted?.kind !== 'exemption' || granted.is_retired)) {
    issues.push({ path: 'exemption', message: 'No such exemption.' })
  }
  return issues
}

function issuesOfClause({ id, version }: ClauseVersion, path: string, policies: Policies, isCited: IsCited): Issue[] {
  const clause = policies.get(id)
  if (clause?.kind !== 'clause') return [{ path, message: 'No such clause.' }]
  if (isCited({ id, version })) return []
  if (clause.is_retired) return [{ path, message: 'Is retired.' }]
  if (clause.current_version === version) return []
  return [{ path, message: `Version ${version} is not in force: the current one is ${clause.current_version}.` }]
}

function issuesOfMeasures({ measures }: Draft, now: Date): Issue[] {
  return measures.flatMap(({ endsAt }, index) =>
    endsAt && new Date(endsAt) <= now ? [{ path: `measures.${index}.endsAt`, message: 'Is in the past.' }] : [],
  )
}
