import type { Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { ClauseVersion, DecisionInput } from '#shared/contract/decisions.ts'
import { type ClauseRule, type DecisionFault, faultsOf } from '#shared/domain/decision-rules.ts'
import { nextStep, type StrikeRecord } from '#shared/domain/strikes.ts'
import type { AccountStatus } from '#shared/domain/words.ts'
import { findCited } from './decisions.queries.ts'
import { countStrikes, type House } from './house.queries.ts'

type Draft = Omit<DecisionInput, 'clientId' | 'version' | 'snapshotId' | 'handlingMs'>
type Issue = { path: string; message: string }
type Policies = Awaited<ReturnType<typeof findCited>>

const messages: Record<DecisionFault['code'], string> = {
  clause_missing: 'Name the clause.',
  clause_not_wanted: 'A post that breaks nothing cites no clause.',
  clause_twice: 'A clause is named twice.',
  exemption_test_missing: 'Say who publishes, to what end, and whether it is endorsed.',
  exemption_missing: 'Name the exemption.',
  exemption_not_wanted: 'Only an exempt post has an exemption.',
  exemption_not_allowed: 'The clause does not know this exemption.',
  purpose_not_weighed: 'Weigh the exemptions before deciding a violation of this clause.',
  measure_not_wanted: 'This measure does not go with the outcome.',
  measure_twice: 'One measure for each target.',
  restriction_missing: 'Say how the post is restricted.',
  end_missing: 'Say until when it holds.',
  territory_missing: 'Say where it holds.',
  ladder_reason_missing: 'Say why another measure is taken than the strikes lead to.',
  rationale_missing: 'Give the reasons.',
  message_missing: 'Write to the user.',
  no_post: 'There is no post in this review.',
}

type Options = {
  /** Clauses that the corrected decision cites: their versions may be cited again. */
  cited?: readonly ClauseVersion[]
  /** What the strike ladder is asked by; without it, it is not asked. */
  house?: House | null
}

/**
 * By the rules that the desk shows, and by what only the database knows: that the clauses and the exemption exist, that
 * the versions are in force, that there is a post to act upon, and what the strike ladder says.
 *
 * @returns what the ladder said; null where it was not asked, or the outcome is no violation
 * @throws AppError `invalid_request` with every fault, named by the path of its field
 */
export async function requireValid(
  tx: Tx,
  review: { post_id: string | null; account_status: AccountStatus },
  draft: Draft,
  at: Date,
  { cited = [], house = null }: Options = {},
): Promise<StrikeRecord | null> {
  const isCited = ({ id, version }: ClauseVersion) => cited.some((each) => each.id === id && each.version === version)
  const kept = [draft.clause, ...draft.furtherClauses].filter((clause) => clause !== null).filter(isCited)
  const policies = await findCited(tx, namesIn(draft), at, kept)
  const clause = draft.clause ? policies.get(draft.clause.id) : undefined
  const strikes =
    house && draft.outcome === 'violation' ? askLadder(house, clause?.strike_weight ?? 0, review, at) : null
  const ground = {
    hasPost: review.post_id !== null,
    at,
    further: draft.furtherClauses.flatMap(({ id }) => toRule(policies.get(id)) ?? []),
    step: strikes?.step ?? null,
  }
  const issues = [
    ...faultsOf(draft, toRule(clause), ground).map(({ path, code }) => ({ path, message: messages[code] })),
    ...issuesOfNames(draft, policies, isCited),
    ...issuesOfMeasures(draft, at),
  ]
  if (issues.length > 0) throw new AppError('invalid_request', 'The decision is not complete.', issues)
  return strikes
}

function askLadder(house: House, added: number, review: { account_status: AccountStatus }, at: Date): StrikeRecord {
  const before = countStrikes(house, at)
  const step = nextStep(house.organisation.strikeLadder, { before, added, status: review.account_status })
  return { before, added, step }
}

type Cited = Policies extends Map<string, infer Policy> ? Policy : never

const toRule = (clause: Cited | undefined): ClauseRule | null =>
  clause
    ? {
        needsPurposeTest: clause.needs_purpose_test,
        requiredFields: clause.required_fields,
        exemptions: clause.exemptions,
      }
    : null

const namesIn = ({ clause, furtherClauses, exemption }: Draft) =>
  [clause?.id, exemption, ...furtherClauses.map((further) => further.id)].filter((name) => typeof name === 'string')

type IsCited = (clause: ClauseVersion) => boolean

function issuesOfNames({ clause, furtherClauses, exemption }: Draft, policies: Policies, isCited: IsCited): Issue[] {
  const issues = furtherClauses.flatMap((further, index) =>
    issuesOfClause(further, `furtherClauses.${index}`, policies, isCited),
  )
  if (clause) issues.unshift(...issuesOfClause(clause, 'clause', policies, isCited))
  const granted = exemption ? policies.get(exemption) : undefined
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

function issuesOfMeasures({ measures }: Draft, at: Date): Issue[] {
  return measures.flatMap(({ endsAt }, index) =>
    endsAt && new Date(endsAt) <= at ? [{ path: `measures.${index}.endsAt`, message: 'Is in the past.' }] : [],
  )
}
