import type { Db, Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import { asksNothing, type RoutingRule, type RuleSet, sectionToken } from '#shared/domain/routing.ts'
import { findNameable } from './rules.queries.ts'

type Issue = { path: string; message: string }
type Nameable = Awaited<ReturnType<typeof findNameable>>

/**
 * Whether every rule asks something and leads to a queue that there is, and the last resort takes everything.
 *
 * @throws AppError `invalid_request` that names each fault
 */
export async function requireSoundRules(db: Db | Tx, set: RuleSet) {
  const nameable = await findNameable(db)
  const issues = [
    ...lastResortIssues(set, nameable),
    ...set.rules.flatMap((rule, at) => ruleIssues(rule, at, set, nameable)),
  ]
  if (issues.length > 0) throw new AppError('invalid_request', 'The rules are not sound.', issues)
}

function lastResortIssues({ lastResortId }: RuleSet, { queues }: Nameable): Issue[] {
  const languages = queues.get(lastResortId)
  if (!languages) return [{ path: 'lastResortId', message: 'There is no such queue.' }]
  return languages.length > 0 ? [{ path: 'lastResortId', message: 'It takes some languages only.' }] : []
}

function ruleIssues(rule: RoutingRule, at: number, { rules }: RuleSet, { queues, clauses }: Nameable): Issue[] {
  const issue = (path: string, message: string): Issue => ({ path: `rules.${at}.${path}`, message })
  const isKnown = (token: string) =>
    token === 'unsorted' ||
    clauses.some(
      ({ id, section_code }) =>
        id === token || token === sectionToken(section_code) || (token.endsWith('.') && id.startsWith(token)),
    )
  return [
    ...(queues.has(rule.queueId) ? [] : [issue('queueId', 'There is no such queue.')]),
    ...(asksNothing(rule) ? [issue('when', 'It would take everything: what stands below is never asked.')] : []),
    ...(rules.findIndex(({ id }) => id === rule.id) < at ? [issue('id', 'Named twice.')] : []),
    ...rule.when.clauses.flatMap((token, index) =>
      isKnown(token) ? [] : [issue(`when.clauses.${index}`, 'There is no such clause.')],
    ),
  ]
}
