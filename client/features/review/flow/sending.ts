import type { QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { create } from 'zustand'
import { ApiError, call, errorCode } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { forgetOnSignOut, sessionKey } from '#client/api/session.ts'
import { type Proposal, proposeDecision } from '#shared/contract/confirming.ts'
import { type DecisionInput, type DecisionRecord, decideReview } from '#shared/contract/decisions.ts'
import type { ReviewDetail, ReviewId } from '#shared/contract/reviews.ts'
import { blankDraft, type Draft } from '../desk/decision/decision-draft.ts'
import { sendLast } from '../desk/send-last.ts'
import { reviewQuery } from '../review.queries.ts'
import { dropDraft, rememberDecision } from '../review.store.ts'
import { afterPaint } from './after-paint.ts'
import { finish } from './leases.ts'
import { addToProgress } from './progress.ts'

/** A decision on its way, or what became of it. */
export type Sent = {
  reviewId: ReviewId
  reference: string
  handle: string
  input: z.input<typeof DecisionInput>
  draft: Draft
  /** It is being taken back. */
  isTakenBack?: boolean
  /** Whether the next review was shown meanwhile: then it is sent until it arrives. */
  isBehind: boolean
  stage:
    | { kind: 'waiting' }
    /** The server does not answer; it is tried again. */
    | { kind: 'late'; error: unknown }
    | { kind: 'accepted'; decision: DecisionRecord; version: number; undoUntil: number | null }
    /** It waits for a second person; until then it may be withdrawn. */
    | { kind: 'proposed'; proposal: Proposal; version: number; undoUntil: number | null }
    | { kind: 'refused'; error: unknown }
  /** Somebody else proposed it, and I confirmed it: it may be taken back from where it stands. */
  isConfirmed?: boolean
}

/** Newest last. Accepted ones stay for as long as they may be taken back, and as the last of the review on the desk. */
export const useSending = create<{ list: readonly Sent[] }>(() => ({ list: [] }))

export const sentOf = (reviewId: string) => useSending.getState().list.find((sent) => sent.reviewId === reviewId)

/** Refusals are told here, once each. */
const refusals = new Set<(sent: Sent) => void>()

export function onRefusal(hear: (sent: Sent) => void) {
  refusals.add(hear)
  return () => void refusals.delete(hear)
}

function change(reviewId: string, change: Partial<Sent>) {
  useSending.setState(({ list }) => ({
    list: list.map((sent) => (sent.reviewId === reviewId ? { ...sent, ...change } : sent)),
  }))
}

export const markTakenBack = (reviewId: string) => change(reviewId, { isTakenBack: true })

/** What could not be taken back stands as it was. */
export function keepAccepted(sent: Sent) {
  useSending.setState(({ list }) => ({ list: [...list.filter(({ reviewId }) => reviewId !== sent.reviewId), sent] }))
}

/** What became of a decision, once that is known; undefined when it is not on its way any more. One that no answer comes to is stopped. */
export function settled(reviewId: string): Promise<Sent['stage'] | undefined> {
  return new Promise((settle) => {
    const look = () => {
      const stage = sentOf(reviewId)?.stage
      if (stage?.kind === 'waiting') return
      unsubscribe()
      settle(stage)
    }
    const unsubscribe = useSending.subscribe(look)
    look()
  })
}

export function drop(reviewId: string) {
  useSending.setState(({ list }) => ({ list: list.filter((sent) => sent.reviewId !== reviewId) }))
}

const againMs = [1_000, 2_000, 4_000, 8_000, 15_000]
const mostKept = 20

let running: Promise<void> | null = null
let wake: (() => void) | null = null

type Decided = Pick<Sent, 'input' | 'draft' | 'isBehind'> & { detail: ReviewDetail }

/** Puts a decision behind those that are on their way. Says what became of it. */
export async function sendDecision(queryClient: QueryClient, { detail, ...decided }: Decided): Promise<Sent['stage']> {
  const { id: reviewId, reference, handle } = detail.review
  const sent: Sent = { ...decided, reviewId, reference, handle, stage: { kind: 'waiting' } }
  useSending.setState(({ list }) => ({
    list: [...list.filter((each) => each.reviewId !== reviewId), sent].slice(-mostKept),
  }))
  if (decided.isBehind) await painted()
  await run(queryClient)
  return sentOf(reviewId)?.stage ?? { kind: 'waiting' }
}

const painted = () => new Promise<void>((settle) => afterPaint(settle))

/** Sends what waits, the oldest first. */
export async function run(queryClient: QueryClient) {
  while (running) await running
  running = sendAll(queryClient).finally(() => {
    running = null
  })
  await running
}

async function sendAll(queryClient: QueryClient) {
  for (let tries = 0; ; ) {
    const sent = useSending.getState().list.find(({ stage }) => stage.kind === 'waiting' || stage.kind === 'late')
    if (!sent) return
    const passing = await sendOne(queryClient, sent)
    tries = passing ? tries + 1 : 0
    if (passing) await rest(againMs[Math.min(tries, againMs.length) - 1]!)
  }
}

/** Whether it should be tried again. */
async function sendOne(queryClient: QueryClient, { reviewId, input, isBehind }: Sent): Promise<boolean> {
  const { queryKey } = reviewQuery(reviewId)
  const from = Date.now()
  try {
    const { decision, version, proposal } = await deliver(reviewId, input)
    if (proposal) {
      change(reviewId, { stage: { kind: 'proposed', proposal, version, undoUntil: from + withdrawMs } })
      finish(reviewId)
      dropDraft(reviewId)
      void queryClient.invalidateQueries({ queryKey, ...(isBehind && { refetchType: 'none' as const }) })
      void queryClient.invalidateQueries({ queryKey: ['reviews'], refetchType: isBehind ? 'none' : 'active' })
      return false
    }
    const undoMs = decision.undoUntil ? Date.parse(decision.undoUntil) - Date.parse(decision.decidedAt) : 0
    change(reviewId, { stage: { kind: 'accepted', decision, version, undoUntil: undoMs > 0 ? from + undoMs : null } })
    finish(reviewId)
    dropDraft(reviewId)
    rememberDecision(decision)
    addToProgress(decision)
    void queryClient.invalidateQueries({ queryKey, ...(isBehind && { refetchType: 'none' as const }) })
    void queryClient.invalidateQueries({ queryKey: ['reviews'], refetchType: isBehind ? 'none' : 'active' })
    return false
  } catch (error) {
    // Taken back before it was sent.
    if (!sentOf(reviewId)) return false
    if (errorCode(error) === 'signed_out') queryClient.setQueryData(sessionKey, null)
    // A version came into force since the policies were read: sent again, the decision cites that one.
    if (namesClause(error)) void queryClient.invalidateQueries({ queryKey: policiesQuery.queryKey })
    if (isBehind && isPassing(error)) {
      change(reviewId, { stage: { kind: 'late', error } })
      return true
    }
    refuse(queryClient, reviewId, error)
    return false
  }
}

/** How long the strip offers to withdraw a proposal; on its review that is possible for as long as it waits. */
const withdrawMs = 10_000

type Delivered =
  | { decision: DecisionRecord; proposal: null; version: number }
  | { decision: null; proposal: Proposal; version: number }

/** What the server says is severe is proposed instead: a refused act leaves nothing, so it keeps its id. */
async function deliver(reviewId: ReviewId, body: z.input<typeof DecisionInput>): Promise<Delivered> {
  try {
    return { ...(await call(decideReview, { params: { reviewId }, body })), proposal: null }
  } catch (error) {
    if (errorCode(error) !== 'needs_second_person') throw error
    return { ...(await call(proposeDecision, { params: { reviewId }, body })), decision: null }
  }
}

/** A decision that somebody else proposed and I confirmed: the way to take it back stands below the desk. */
export function keepConfirmed(
  { id: reviewId, reference, handle }: ReviewDetail['review'],
  { clause, exemption, outcome, measures, rationale, snapshotId }: Proposal,
  decision: DecisionRecord,
  version: number,
) {
  const undoMs = decision.undoUntil ? Date.parse(decision.undoUntil) - Date.parse(decision.decidedAt) : 0
  const undoUntil = undoMs > 0 ? Date.now() + undoMs : null
  const of = { clause, exemption, outcome, measures, rationale, snapshotId, version }
  keepAccepted({
    reviewId,
    reference,
    handle,
    input: { ...of, clientId: decision.id, handlingMs: 0 },
    draft: blankDraft(),
    isBehind: false,
    isConfirmed: true,
    stage: { kind: 'accepted', decision, version, undoUntil },
  })
}

function refuse(queryClient: QueryClient, reviewId: ReviewId, error: unknown) {
  change(reviewId, { stage: { kind: 'refused', error } })
  void queryClient.invalidateQueries({ queryKey: reviewQuery(reviewId).queryKey })
  void queryClient.invalidateQueries({ queryKey: ['reviews'] })
  const sent = sentOf(reviewId)
  if (sent) for (const hear of refusals) hear(sent)
}

/** The server did not answer, something between us and it failed, or the session ended and the same person comes back. */
function isPassing(error: unknown) {
  return !(error instanceof ApiError) || [401, 502, 503, 504].includes(error.status)
}

const namesClause = (error: unknown) =>
  error instanceof ApiError && (error.body.issues ?? []).some(({ path }) => /^(clause|furtherClauses)/.test(path))

function rest(ms: number) {
  return new Promise<void>((settle) => {
    const timer = setTimeout(settle, ms)
    wake = () => {
      clearTimeout(timer)
      settle()
    }
  })
}

/** Tries at once. */
export function sendNow() {
  wake?.()
}

/** Stops trying, so that the decision may be changed or sent by hand. */
export function holdUp(reviewId: string) {
  const stage = sentOf(reviewId)?.stage
  if (stage?.kind === 'late') change(reviewId, { stage: { kind: 'refused', error: stage.error } })
}

/** Decisions that no answer came to. */
export const unsent = (list: readonly Sent[]) =>
  list.filter(({ stage }) => stage.kind === 'waiting' || stage.kind === 'late')

export const isUnsent = (reviewId: string) =>
  unsent(useSending.getState().list).some((sent) => sent.reviewId === reviewId)

/** The page closes: what is under way goes out once more; the server takes a repeat for what it is. */
function sendRest() {
  for (const { reviewId, input } of unsent(useSending.getState().list)) {
    sendLast(decideReview, { params: { reviewId }, body: input })
  }
}

addEventListener('online', sendNow)
addEventListener('pagehide', sendRest)
addEventListener('beforeunload', (event) => {
  if (useSending.getState().list.some(({ stage }) => stage.kind === 'late')) event.preventDefault()
})

forgetOnSignOut(() => useSending.setState({ list: [] }))
