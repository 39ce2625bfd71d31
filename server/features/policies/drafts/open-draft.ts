import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { PolicyContent } from '#shared/contract/policies.ts'
import type { openDraft as endpoint, NewClause } from '#shared/contract/policy-drafts.ts'
import {
  getDraft,
  getNewestVersion,
  getPolicyRow,
  getSectionName,
  hasOpenDraft,
  insertDraft,
  insertStep,
  isTaken,
  lockPolicies,
  type NewDraft,
} from './drafts.queries.ts'

type Input = z.output<typeof endpoint.body>

/** One open draft a clause: whoever comes second is told, and joins it. */
export function openDraft({ db, now }: Deps, caller: Caller, { clientId, ...input }: Input) {
  const act = { clientId, personId: caller.id, operation: 'open policy draft' }
  return once(db, act, async (tx) => {
    await lockPolicies(tx)
    const id = await openOne(tx, caller, await draftOf(tx, input), now())
    return (await getDraft(tx, id))!
  })
}

/** Wants `lockPolicies`. */
export async function openOne(tx: Tx, caller: Caller, draft: NewDraft, at: Date): Promise<string> {
  const id = await insertDraft(tx, draft, caller.id, at)
  await insertStep(tx, { id, revision: 1 }, { kind: 'opened', by: caller.id, at })
  const subject = { kind: 'policy_draft', id, version: 1 }
  const data = { policyId: draft.policy_id, basedOn: draft.based_on }
  await appendEvents(tx, [{ kind: 'policy_draft.opened', by: caller, subject, data }])
  return id
}

function draftOf(tx: Tx, { policyId, newClause, isRetired }: Omit<Input, 'clientId'>) {
  if (policyId !== undefined) return draftOfKnown(tx, policyId, isRetired)
  if (newClause) return draftOfNew(tx, newClause)
  throw new AppError('invalid_request', 'Of which clause?', [{ path: 'policyId', message: 'Is missing.' }])
}

async function draftOfKnown(tx: Tx, policyId: string, isRetired: boolean | undefined): Promise<NewDraft> {
  const policy = await getPolicyRow(tx, policyId)
  const newest = policy && (await getNewestVersion(tx, policyId))
  if (!newest) throw new AppError('not_found', `No clause ${policyId}.`)
  if (await hasOpenDraft(tx, policyId)) throw new AppError('draft_exists', `Clause ${policyId} has an open draft.`)
  const content = { ...PolicyContent.parse(newest), ...(isRetired !== undefined && { isRetired }) }
  return { ...placeOf(policy), is_new: false, based_on: newest.version, content, change: '' }
}

type Place = { id: string; kind: NewDraft['kind']; code: string; section_code: string; section_name: string }
export const placeOf = ({ id, kind, code, section_code, section_name }: Place) => ({
  policy_id: id,
  kind,
  code,
  section_code,
  section_name,
})

async function draftOfNew(tx: Tx, { id, kind, code, sectionName }: NewClause): Promise<NewDraft> {
  const taken = await isTaken(tx, { id, code })
  if (taken) {
    const path = `newClause.${taken}`
    throw new AppError('invalid_request', `There is a clause of that ${taken}.`, [{ path, message: 'Is taken.' }])
  }
  const [section_code = ''] = code.split('.')
  const section_name = (await getSectionName(tx, section_code)) ?? sectionName
  const place = placeOf({ id, kind, code, section_code, section_name })
  return { ...place, is_new: true, based_on: 0, content: blankOf(kind), change: '' }
}

function blankOf(kind: NewDraft['kind']): PolicyContent {
  return {
    shortName: '',
    label: '',
    description: '',
    signs: [],
    notThis: [],
    questions: [],
    usualMeasures: [],
    severity: kind === 'clause' ? 'medium' : 'none',
    examples: [],
    requiredFields: [],
    exemptions: null,
    strikeWeight: kind === 'clause' ? 1 : 0,
    appealDays: 180,
    alert: null,
    ground: { tco: null, dsaCategory: null, dsaKeywords: [] },
    isRestricted: false,
    needsPurposeTest: false,
    isRetired: false,
  }
}
