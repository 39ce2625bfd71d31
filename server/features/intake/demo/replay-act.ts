import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { confirmProposal, Proposal } from '#shared/contract/confirming.ts'
import type { ClauseVersion, DecisionInput, Measure } from '#shared/contract/decisions.ts'
import type { addTerm, changeTerm } from '#shared/contract/glossary.ts'
import type { writeTemplate } from '#shared/contract/messages.ts'
import type { pinNote } from '#shared/contract/notes.ts'
import { blankOrganisation } from '#shared/contract/preferences.ts'
import type { writeReason } from '#shared/contract/reasons.ts'
import type { escalateReview, HoldReason, holdReview } from '#shared/contract/turns.ts'
import { isSevere } from '#shared/domain/decision-rules.ts'
import { mentionOf } from '#shared/domain/mentions.ts'
import { getAccountId, getReviewOf } from './demo.queries.ts'
import type { SamplePersonKey } from './people.ts'
import type { Ago, SampleAct, SampleDecision, SampleMeasure, SampleNote, SampleState } from './sample.ts'
import type { AppealsDesk } from './sample-appeals.ts'

/** What people do at the desk, as the routes do it: handed in, since features do not reach into each other. */
export type Desk = {
  claimReview: (deps: Deps, by: Caller, reviewId: string, clientId: string) => Promise<{ version: number }>
  decideReview: (deps: Deps, by: Caller, reviewId: string, input: DecisionInput) => Promise<unknown>
  proposeDecision: (deps: Deps, by: Caller, reviewId: string, input: DecisionInput) => Promise<{ proposal: Proposal }>
  confirmProposal: (deps: Deps, by: Caller, proposalId: string, seen: ConfirmInput) => Promise<unknown>
  holdReview: (deps: Deps, by: Caller, reviewId: string, input: HoldInput) => Promise<unknown>
  escalateReview: (deps: Deps, by: Caller, reviewId: string, input: EscalateInput) => Promise<unknown>
  addNote: (deps: Deps, by: Caller, subject: NoteSubject, note: NewNote) => Promise<{ id: string }>
  pinNote: (deps: Deps, by: Caller, pin: PinNote) => Promise<unknown>
  writeReason: (deps: Deps, by: Caller, reason: WriteReason) => Promise<unknown>
  writeTemplate: (deps: Deps, by: Caller, template: WriteTemplate) => Promise<unknown>
  addTerm: (deps: Deps, by: Caller, term: AddTerm) => Promise<{ id: string; version: number }>
  changeTerm: (deps: Deps, by: Caller, termId: string, term: ChangeTerm) => Promise<unknown>
  /** Lets decisions take effect whose undo window is over. */
  sweepOutbox: (deps: Deps) => Promise<unknown>
} & AppealsDesk
type ConfirmInput = z.output<typeof confirmProposal.body>
type HoldInput = z.output<typeof holdReview.body>
type EscalateInput = z.output<typeof escalateReview.body>
type AddTerm = z.output<typeof addTerm.body>
type ChangeTerm = z.output<typeof changeTerm.body>
type NoteSubject = { on: 'review' | 'account'; id: string }
type NewNote = { clientId: string; body: string; supersedesId: string | null; answersId: string | null }
type PinNote = z.output<typeof pinNote.body>
type WriteTemplate = z.output<typeof writeTemplate.body>
type WriteReason = z.output<typeof writeReason.body>

export type Replay = {
  deps: Deps
  desk: Desk
  people: Record<SamplePersonKey, Caller>
  versions: ReadonlyMap<string, number>
  timeOf: (ago: Ago) => Date
  /** Notes that a later one supersedes, by their key. */
  noteIds: Map<string, string>
  /** When decisions were last let take effect. */
  sweptAt: Ago
}

/** Kept only where the account got another measure than its strikes lead to. */
const sampleLadderReason = 'The rationale says why.'

const claimMs = 120_000
/** Long enough that a visitor of the demo sees that others are at work. */
const visibleClaimMs = 4 * 3_600_000

/** Does what one person of the sample did, with the clock set to when they did it. */
export async function replayAct(replay: Replay, act: SampleAct): Promise<void> {
  const by = replay.people[act.by]
  const now = () => replay.timeOf(act.at)
  if (act.act === 'note') return note({ ...replay.deps, now }, replay, by, act)
  if (!('post' in act)) throw new Error(`The sample has only notes on accounts, no ${act.act}.`)
  const review = await getReviewOf(replay.deps.db, keyOf(act.post))
  if (act.act === 'decision') {
    await decide({ ...replay.deps, now }, replay, by, { act, review })
    return letTakeEffect(replay, act.at)
  }
  if (act.act === 'state') return changeState({ ...replay.deps, now }, replay, by, { act, review })
  const settings = { ...replay.deps.settings, leaseMs: visibleClaimMs }
  await replay.desk.claimReview({ ...replay.deps, now, settings }, by, review.id, randomUUID())
}

/** Minutes. Seldom enough that the demo starts soon, often enough that its decisions took effect on their day. */
const sweepEvery = 180

async function letTakeEffect(replay: Replay, at: Ago) {
  if (replay.sweptAt - at < sweepEvery) return
  replay.sweptAt = at
  await replay.desk.sweepOutbox({ ...replay.deps, now: () => replay.timeOf(at) })
}

type On<Act> = { act: Act; review: { id: string; snapshot_id: string } }

/** Longer ago than this every severe decision of the sample has been confirmed; the newest still wait. In minutes. */
const confirmedAfter = 240

async function decide(
  deps: Deps,
  { desk, people, versions, timeOf }: Replay,
  by: Caller,
  { act, review }: On<SampleDecision>,
) {
  const inForce = (id: string): ClauseVersion => ({ id, version: versions.get(id) ?? 0 })
  const claimedAt = () => new Date(deps.now().getTime() - Math.min(act.handlingMs, claimMs))
  // Whatever the length of leases here: the claim is as old as the decision took.
  const settings = { ...deps.settings, leaseMs: visibleClaimMs }
  const { version } = await desk.claimReview({ ...deps, now: claimedAt, settings }, by, review.id, randomUUID())
  const input: DecisionInput = {
    clientId: randomUUID(),
    version,
    snapshotId: review.snapshot_id,
    outcome: act.outcome,
    clause: act.clause ? inForce(act.clause) : null,
    furtherClauses: act.furtherClauses.map(inForce),
    exemption: act.exemption,
    purposeWeighed: act.outcome !== 'no_violation',
    measures: act.measures.map((measure) => toMeasure(measure, timeOf)),
    territory: act.territory,
    rationale: act.rationale,
    ladderReason: act.outcome === 'violation' ? sampleLadderReason : null,
    handlingMs: act.handlingMs,
  }
  if (!isSevere(act.measures, blankOrganisation.severeMeasures)) await desk.decideReview(deps, by, review.id, input)
  else {
    const { proposal } = await desk.proposeDecision(deps, by, review.id, input)
    if (act.at < confirmedAfter) return
    const seen = { clientId: randomUUID(), version: proposal.version, snapshotId: proposal.snapshotId }
    await desk.confirmProposal(deps, people[by.id === people.marta.id ? 'dana' : 'marta'], proposal.id, seen)
  }
  if (!act.takesEffect && !act.measures.some(({ target, kind }) => target === 'account' && kind !== 'warn')) return
  const undoneUntil = new Date(deps.now().getTime() + deps.settings.undoMs)
  await desk.sweepOutbox({ ...deps, now: () => undoneUntil })
}

function toMeasure(measure: SampleMeasure, timeOf: Replay['timeOf']): Measure {
  if (measure.target === 'post') return measure
  const { endsAt, ...rest } = measure
  return { ...rest, ...(endsAt !== undefined && { endsAt: timeOf(endsAt).toISOString() }) }
}

/** The sample's own words for what a review waits for, and the code that goes with each. */
const holdReasons: [RegExp, HoldReason][] = [
  [/language/, 'translation'],
  [/platform/, 'platform'],
  [/order/, 'authority'],
]

/** What is on hold wakes up after a visitor has seen it. */
const holdMs = 26 * 3_600_000

async function changeState(deps: Deps, replay: Replay, by: Caller, { act, review }: On<SampleState>) {
  const { version } = await replay.desk.claimReview(deps, by, review.id, randomUUID())
  const asked = { clientId: randomUUID(), version }
  if (act.state === 'escalated') {
    const to = { role: 'supervisor' as const }
    return void (await replay.desk.escalateReview(deps, by, review.id, { ...asked, to, reason: act.reason }))
  }
  const reason = holdReasons.find(([words]) => words.test(act.reason))?.[1] ?? 'evidence'
  const wakeAt = new Date(replay.deps.now().getTime() + holdMs).toISOString()
  await replay.desk.holdReview(deps, by, review.id, { ...asked, reason, text: act.reason, wakeAt })
}

async function note(deps: Deps, { desk, noteIds, people }: Replay, by: Caller, act: SampleNote) {
  const supersedesId = act.supersedes ? (noteIds.get(act.supersedes) ?? null) : null
  const answersId = act.answers ? (noteIds.get(act.answers) ?? null) : null
  const subject = await subjectOf(deps, act)
  const body = act.body.replace(/<@(\w+)>/g, (_, key: SamplePersonKey) => mentionOf(people[key].id))
  const { id } = await desk.addNote(deps, by, subject, { clientId: randomUUID(), body, supersedesId, answersId })
  if (act.isPinned) await desk.pinNote(deps, by, { ...subject, clientId: randomUUID(), noteId: id })
  if (act.key) noteIds.set(act.key, id)
}

async function subjectOf({ db }: Deps, act: SampleNote): Promise<NoteSubject> {
  if ('post' in act) return { on: 'review', id: (await getReviewOf(db, keyOf(act.post))).id }
  return { on: 'account', id: await getAccountId(db, keyOf(act.account)) }
}

function keyOf(name: string) {
  const slash = name.indexOf('/')
  return { platform: name.slice(0, slash), external_id: name.slice(slash + 1) }
}
