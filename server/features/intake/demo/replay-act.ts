import { randomUUID } from 'node:crypto'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { ClauseVersion, DecisionInput, Measure } from '#shared/contract/decisions.ts'
import { getAccountId, getReviewOf, updateState } from './demo.queries.ts'
import type { SamplePersonKey } from './people.ts'
import type { Ago, SampleAct, SampleDecision, SampleMeasure, SampleNote, SampleState } from './sample.ts'

/** What people do at the desk, as the routes do it: handed in, since features do not reach into each other. */
export type Desk = {
  claimReview: (deps: Deps, by: Caller, reviewId: string, clientId: string) => Promise<{ version: number }>
  decideReview: (deps: Deps, by: Caller, reviewId: string, input: DecisionInput) => Promise<unknown>
  addNote: (deps: Deps, by: Caller, subject: NoteSubject, note: NewNote) => Promise<{ id: string }>
  /** Lets decisions take effect whose undo window is over. */
  sweepOutbox: (deps: Deps) => Promise<unknown>
}
type NoteSubject = { on: 'review' | 'account'; id: string }
type NewNote = { clientId: string; body: string; supersedesId: string | null }

export type Replay = {
  deps: Deps
  desk: Desk
  people: Record<SamplePersonKey, Caller>
  versions: ReadonlyMap<string, number>
  timeOf: (ago: Ago) => Date
  /** Notes that a later one supersedes, by their key. */
  noteIds: Map<string, string>
}

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
  if (act.act === 'decision') return decide({ ...replay.deps, now }, replay, by, { act, review })
  if (act.act === 'state') return changeState({ ...replay.deps, now }, replay, by, { act, review })
  const settings = { ...replay.deps.settings, leaseMs: visibleClaimMs }
  await replay.desk.claimReview({ ...replay.deps, now, settings }, by, review.id, randomUUID())
}

type On<Act> = { act: Act; review: { id: string; snapshot_id: string } }

async function decide(deps: Deps, { desk, versions, timeOf }: Replay, by: Caller, { act, review }: On<SampleDecision>) {
  const inForce = (id: string): ClauseVersion => ({ id, version: versions.get(id) ?? 0 })
  const claimedAt = () => new Date(deps.now().getTime() - Math.min(act.handlingMs, claimMs))
  const { version } = await desk.claimReview({ ...deps, now: claimedAt }, by, review.id, randomUUID())
  await desk.decideReview(deps, by, review.id, {
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
    handlingMs: act.handlingMs,
  })
  if (!act.measures.some(({ target, kind }) => target === 'account' && kind !== 'warn')) return
  const undoneUntil = new Date(deps.now().getTime() + deps.settings.undoMs)
  await desk.sweepOutbox({ ...deps, now: () => undoneUntil })
}

function toMeasure(measure: SampleMeasure, timeOf: Replay['timeOf']): Measure {
  if (measure.target === 'post') return measure
  const { endsAt, ...rest } = measure
  return { ...rest, ...(endsAt !== undefined && { endsAt: timeOf(endsAt).toISOString() }) }
}

async function changeState(deps: Deps, { desk }: Replay, by: Caller, { act, review }: On<SampleState>) {
  await deps.db.transaction().execute(async (tx) => {
    const version = await updateState(tx, review.id, act.state)
    const kind = act.state === 'on_hold' ? 'review.held' : 'review.escalated'
    await appendEvents(tx, [{ kind, by, subject: { kind: 'review', id: review.id, version } }])
  })
  const reason = { clientId: randomUUID(), body: act.reason, supersedesId: null }
  await desk.addNote(deps, by, { on: 'review', id: review.id }, reason)
}

async function note(deps: Deps, { desk, noteIds }: Replay, by: Caller, act: SampleNote) {
  const supersedesId = act.supersedes ? (noteIds.get(act.supersedes) ?? null) : null
  const { id } = await desk.addNote(deps, by, await subjectOf(deps, act), {
    clientId: randomUUID(),
    body: act.body,
    supersedesId,
  })
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
