import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { PolicyContent } from '#shared/contract/policies.ts'
import type {
  askAboutDraft as askEndpoint,
  DraftState,
  DraftStep,
  saveDraft as saveEndpoint,
} from '#shared/contract/policy-drafts.ts'
import { faultsOfPolicy, type PolicyFault, tidyPolicy } from '#shared/domain/policy-rules.ts'
import {
  getDraft,
  getNewestVersion,
  insertStep,
  lockDraft,
  type StoredDraft,
  setDraftState,
  updateDraft,
} from './drafts.queries.ts'

/** Of a wording, for the log, which holds no text. */
export const sha256Of = (content: PolicyContent) => createHash('sha256').update(JSON.stringify(content)).digest('hex')

type Save = z.output<typeof saveEndpoint.body>

export function saveDraft({ db, now }: Deps, caller: Caller, draftId: string, { clientId, ...input }: Save) {
  const act = { clientId, personId: caller.id, operation: `save policy draft ${draftId}` }
  return once(db, act, async (tx) => {
    const draft = await requireDraft(tx, draftId, input.revision, ['draft'])
    const at = now()
    const wantedFrom = input.wantedFrom ? new Date(input.wantedFrom) : null
    const written = { content: input.content, change: input.change, wantedFrom, by: caller.id, at }
    const revision = await updateDraft(tx, draft, written)
    await say(tx, caller, 'saved', { id: draftId, revision }, { contentSha256: sha256Of(input.content) })
    return { revision, savedAt: at.toISOString() }
  })
}

type OnDraft = z.output<typeof askEndpoint.body>

/** What is asked about is tidied, and stands still from then on. */
export function askAboutDraft({ db, now }: Deps, caller: Caller, draftId: string, { clientId, revision }: OnDraft) {
  const act = { clientId, personId: caller.id, operation: `ask about policy draft ${draftId}` }
  return once(db, act, async (tx) => {
    const draft = await requireDraft(tx, draftId, revision, ['draft'])
    await requireWhole(tx, draft)
    const at = now()
    const { wanted_from: wantedFrom, saved_by: by } = draft
    const change = draft.change.trim()
    const tidied = await updateDraft(tx, draft, { content: tidyPolicy(draft.content), change, wantedFrom, by, at })
    return step(tx, caller, { ...draft, revision: tidied }, { kind: 'asked', at })
  })
}

/** The ways of the writers out of what they have begun. */
export function leaveDraft(
  { db, now }: Deps,
  caller: Caller,
  draftId: string,
  { clientId, revision, kind }: OnDraft & { kind: 'taken_back' | 'discarded' },
) {
  const act = { clientId, personId: caller.id, operation: `${kind} policy draft ${draftId}` }
  return once(db, act, async (tx) => {
    const from: DraftState[] = kind === 'discarded' ? ['draft', 'asked'] : ['asked']
    const draft = await requireDraft(tx, draftId, revision, from)
    return step(tx, caller, draft, { kind, at: now() })
  })
}

const stateAfter = {
  asked: 'asked',
  taken_back: 'draft',
  sent_back: 'draft',
  discarded: 'discarded',
} as const satisfies Partial<Record<DraftStep['kind'], DraftState>>

type Step = { kind: keyof typeof stateAfter; at: Date; comment?: string }

/** Ends an act on a locked draft: the state it leads to, the step in its story and the event. */
export async function step(tx: Tx, caller: Caller, draft: StoredDraft, { kind, at, comment }: Step) {
  await setDraftState(tx, draft.id, { state: stateAfter[kind] })
  await insertStep(tx, draft, { kind, by: caller.id, at, comment })
  await say(tx, caller, kind, draft)
  return (await getDraft(tx, draft.id))!
}

async function say(
  tx: Tx,
  caller: Caller,
  what: string,
  { id, revision }: Pick<StoredDraft, 'id' | 'revision'>,
  data: Record<string, unknown> = {},
) {
  const subject = { kind: 'policy_draft', id, version: revision }
  await appendEvents(tx, [{ kind: `policy_draft.${what}`, by: caller, subject, data }])
}

export const noDraft = (draftId: string) => new AppError('not_found', `No draft ${draftId}.`)

/** Locked, in one of these states and at that revision. */
export async function requireDraft(tx: Tx, draftId: string, revision: number, states: readonly DraftState[]) {
  const draft = await lockDraft(tx, draftId)
  if (!draft) throw noDraft(draftId)
  if (!states.includes(draft.state)) throw new AppError('draft_closed', `Draft ${draftId} is ${draft.state}.`)
  if (draft.revision !== revision) {
    throw new AppError('version_changed', `Draft ${draftId} is at revision ${draft.revision}.`)
  }
  return draft
}

const messages: Record<PolicyFault['code'], string> = {
  change_missing: 'Say what changes.',
  short_name_missing: 'Give it a short name.',
  short_name_long: 'The short name has at most 16 characters.',
  label_missing: 'Give it a name.',
  description_missing: 'Say what it forbids or allows.',
  signs_missing: 'Name a sign.',
  questions_missing: 'Name a question to weigh.',
  usual_missing: 'Name the usual measures.',
  nothing_changed: 'Says what is in force already.',
}

/** @throws AppError `invalid_request` with everything that is missing */
export async function requireWhole(tx: Tx, draft: StoredDraft) {
  const base = draft.is_new ? null : await getNewestVersion(tx, draft.policy_id)
  const faults = faultsOfPolicy(draft, draft.kind, base && PolicyContent.parse(base))
  if (faults.length === 0) return
  const issues = faults.map(({ path, code }) => ({ path, message: messages[code] }))
  throw new AppError('invalid_request', 'The draft is not complete.', issues)
}
