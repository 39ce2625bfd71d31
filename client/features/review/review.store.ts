import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { Draft } from './desk/decision/decision-draft.ts'

/** A note under way. The client id is made once, so that saving again never writes it twice. */
export type NoteDraft = { clientId: string; body: string; on: 'review' | 'account'; supersedesId: string | null }

type ReviewState = {
  /** By review id. */
  drafts: Record<string, Draft>
  notes: Record<string, NoteDraft>
  /** The decision this person made last: named on the next review, as nothing else says that it arrived. */
  last: DecisionRecord | null
  /** Nothing was left to take in the list that the person now sees. */
  isListDone: boolean
}

const nothing: ReviewState = { drafts: {}, notes: {}, last: null, isListDone: false }

/** What was typed and not yet sent. Lives as long as the tab, through reloads and an expired session. */
export const useReviewStore = create<ReviewState>()(
  persist(() => nothing, { name: 'docket-drafts', storage: createJSONStorage(() => sessionStorage) }),
)

export function keepDraft(reviewId: string, draft: Draft) {
  useReviewStore.setState(({ drafts }) => ({ drafts: { ...drafts, [reviewId]: draft } }))
}

export function dropDraft(reviewId: string) {
  useReviewStore.setState(({ drafts }) => ({ drafts: without(drafts, reviewId) }))
}

export function writeNote(reviewId: string, change: Partial<Omit<NoteDraft, 'clientId'>>) {
  const blank: NoteDraft = { clientId: crypto.randomUUID(), body: '', on: 'review', supersedesId: null }
  useReviewStore.setState(({ notes }) => ({
    notes: { ...notes, [reviewId]: { ...(notes[reviewId] ?? blank), ...change } },
  }))
}

export function dropNote(reviewId: string) {
  useReviewStore.setState(({ notes }) => ({ notes: without(notes, reviewId) }))
}

export function rememberDecision(last: DecisionRecord) {
  useReviewStore.setState({ last })
}

export function tellListDone(isListDone: boolean) {
  useReviewStore.setState({ isListDone })
}

function without<Value>(of: Record<string, Value>, key: string): Record<string, Value> {
  const { [key]: _, ...rest } = of
  return rest
}

forgetOnSignOut(() => useReviewStore.setState(nothing))
