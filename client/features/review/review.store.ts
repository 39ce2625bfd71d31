import { create } from 'zustand'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { Pick } from '#shared/domain/mentions.ts'
import { type Draft, isBlank } from './desk/decision/decision-draft.ts'
import { keepTyped } from './keep-typed.ts'

/** A note under way. The client id is made once, so that saving again never writes it twice. */
export type NoteDraft = {
  clientId: string
  /** Whoever is mentioned stands in it by name; `picks` says who that is. */
  body: string
  picks?: readonly Pick[]
  on: 'review' | 'account' | 'post'
  supersedesId: string | null
  answersId?: string | null
  /** The note under way before this one was begun; it comes back afterwards. */
  kept?: NoteDraft
}

type ReviewState = {
  /** By review id. */
  drafts: Record<string, Draft>
  notes: Record<string, NoteDraft>
  /** The decision this person made last: named on the next review, as nothing else says that it arrived. */
  last: DecisionRecord | null
}

const nothing: ReviewState = { drafts: {}, notes: {}, last: null }

/** What was typed and not yet sent: kept on this computer for the person who typed it, over reloads and crashes. */
export const useReviewStore = create<ReviewState>(() => nothing)

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

/** Begins an answer or another wording; a new note that is under way waits. */
export function beginNote(reviewId: string, note: Omit<NoteDraft, 'clientId' | 'kept'>) {
  useReviewStore.setState(({ notes }) => {
    const under = notes[reviewId]
    const kept = under?.kept ?? (under?.body.trim() && !under.supersedesId && !under.answersId ? under : undefined)
    return { notes: { ...notes, [reviewId]: { ...note, clientId: crypto.randomUUID(), ...(kept && { kept }) } } }
  })
}

/** The note is saved or given up. */
export function dropNote(reviewId: string) {
  useReviewStore.setState(({ notes }) => {
    const kept = notes[reviewId]?.kept
    return { notes: kept ? { ...notes, [reviewId]: kept } : without(notes, reviewId) }
  })
}

/** Whether something would be missed. */
export function hasTyped(reviewId: string): boolean {
  const { drafts, notes } = useReviewStore.getState()
  const draft = drafts[reviewId]
  return (draft !== undefined && !isBlank(draft)) || Boolean(notes[reviewId]?.body.trim())
}

export function rememberDecision(last: DecisionRecord) {
  useReviewStore.setState({ last })
}

function without<Value>(of: Record<string, Value>, key: string): Record<string, Value> {
  const { [key]: _, ...rest } = of
  return rest
}

keepTyped(useReviewStore)
forgetOnSignOut(() => useReviewStore.setState(nothing))
