import type { Written } from './use-draft.ts'

/*
 * What could not be sent yet lives in this browser, for each person and draft apart, until the server has it.
 */

type Kept = { revision: number; written: Written }

const keyOf = (personId: string, draftId: string) => `docket-policy-draft:${personId}:${draftId}`

export function keep(personId: string, draftId: string, kept: Kept | null) {
  try {
    if (kept) localStorage.setItem(keyOf(personId, draftId), JSON.stringify(kept))
    else localStorage.removeItem(keyOf(personId, draftId))
  } catch {
    // No room, or none allowed: it lives as long as the page.
  }
}

export function readKept(personId: string, draftId: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(personId, draftId)) ?? 'null') as Kept | null
    return kept && typeof kept.revision === 'number' ? kept : null
  } catch {
    return null
  }
}
