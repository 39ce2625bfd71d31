import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type {
  discardRuleDraft as discardEndpoint,
  publishRules as publishEndpoint,
  saveRuleDraft as saveEndpoint,
} from '#shared/contract/routing.ts'
import { compareRules, type RuleSet } from '#shared/domain/routing.ts'
import { lockRouting } from '../in-force.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { requireSoundRules } from './check-rules.ts'
import {
  deleteRuleDraft,
  findRuleDraft,
  findRuleVersions,
  getLatestVersion,
  insertRuleVersion,
  putRuleDraft,
} from './rules.queries.ts'

const draftSubject = { kind: 'rule_set', id: 'draft' }

/** Keeps the whole draft. Of two who write at once the second is refused, with what they wrote in their hands. */
export function saveRuleDraft(
  { db, now }: Deps,
  caller: Caller,
  { clientId, version, ...set }: z.output<typeof saveEndpoint.body>,
) {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'save rule draft' }, async (tx) => {
    await lockRouting(tx)
    const before = await findRuleDraft(tx)
    requireVersion(before?.version ?? 0, version)
    await requireSoundRules(tx, set)
    const basedOn = before?.basedOn ?? (await getLatestVersion(tx))
    await putRuleDraft(tx, { ...set, version: version + 1, basedOn, by: caller.id, at: now() })
    const data = { basedOn, rules: set.rules.length, sha256: hashOf(set) }
    const subject = { ...draftSubject, version: version + 1 }
    await appendEvents(tx, [{ kind: 'rules.drafted', by: caller, subject, data }])
    return (await findRuleDraft(tx))!
  })
}

export function discardRuleDraft(
  { db }: Deps,
  caller: Caller,
  { clientId, version }: z.output<typeof discardEndpoint.body>,
): Promise<Record<string, never>> {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'discard rule draft' }, async (tx) => {
    await lockRouting(tx)
    const before = await findRuleDraft(tx)
    requireVersion(before?.version ?? 0, version)
    await deleteRuleDraft(tx)
    await appendEvents(tx, [{ kind: 'rules.draft_discarded', by: caller, subject: { ...draftSubject, version } }])
    return {}
  })
}

/**
 * Puts the draft in force: from now on flags are placed by it. What waits stays where it is.
 *
 * @throws AppError `already_superseded` when another version came into force since the draft was begun
 */
export function publishRules(
  { db, now }: Deps,
  caller: Caller,
  { clientId, version, change }: z.output<typeof publishEndpoint.body>,
) {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'publish rules' }, async (tx) => {
    await lockRouting(tx)
    const draft = await findRuleDraft(tx)
    requireVersion(draft?.version ?? 0, version)
    if (!draft) throw new AppError('version_changed', 'There is no draft.')
    const latest = await getLatestVersion(tx)
    if (draft.basedOn !== latest) {
      throw new AppError('already_superseded', `Version ${latest} came into force since the draft was begun.`)
    }
    await requireSoundRules(tx, draft)
    const next = latest + 1
    await insertRuleVersion(tx, { ...draft, version: next, change, by: caller.id, at: now() })
    await deleteRuleDraft(tx)
    await tellPublished(tx, caller, draft, next)
    return (await findRuleVersions(tx))[0]!
  })
}

async function tellPublished(tx: Tx, caller: Caller, set: RuleSet, version: number) {
  const [, before] = await findRuleVersions(tx)
  const differences = before ? compareRules(before, set) : []
  const idsOf = (kind: (typeof differences)[number]['kind']) =>
    differences.filter((each) => each.kind === kind).map(({ rule }) => rule.id)
  const data = {
    added: idsOf('added'),
    removed: idsOf('removed'),
    changed: idsOf('changed'),
    moved: idsOf('moved'),
    lastResortId: set.lastResortId,
    sha256: hashOf(set),
  }
  const subject = { kind: 'rule_set', id: 'rules', version }
  await appendEvents(tx, [{ kind: 'rules.published', by: caller, subject, data }])
}

function requireVersion(present: number, asked: number) {
  if (present !== asked) throw new AppError('version_changed', `The draft is at version ${present}.`)
}

const hashOf = ({ rules, lastResortId }: RuleSet) =>
  createHash('sha256').update(JSON.stringify({ rules, lastResortId })).digest('hex')
