import { create } from 'zustand'
import { forgetOnSignOut } from '#client/api/session.ts'

export const modes = ['original', 'both', 'translation'] as const
export type Mode = (typeof modes)[number]

type TranslationState = {
  /** How posts with a translation are shown, until the person chooses otherwise. */
  mode: Mode
  /** Ids of the translations that stood on the screen, by review: a decision names them. */
  seen: Readonly<Record<string, readonly string[]>>
}

const nothing: TranslationState = { mode: 'both', seen: {} }

export const useTranslationStore = create<TranslationState>(() => nothing)

export function chooseMode(mode: Mode) {
  useTranslationStore.setState({ mode })
}

export function rememberSeen(reviewId: string, ids: readonly string[]) {
  useTranslationStore.setState(({ seen }) => {
    const known = new Set(seen[reviewId])
    if (ids.every((id) => known.has(id))) return {}
    return { seen: { ...seen, [reviewId]: [...new Set([...known, ...ids])] } }
  })
}

/** What a decision on the review has to say of translations. */
export function seenTranslations(reviewId: string): { translations?: string[] } {
  const ids = useTranslationStore.getState().seen[reviewId] ?? []
  return ids.length > 0 ? { translations: [...ids] } : {}
}

forgetOnSignOut(() => useTranslationStore.setState(nothing))
