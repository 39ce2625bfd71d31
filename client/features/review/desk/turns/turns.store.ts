import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { forgetOnSignOut } from '#client/api/session.ts'

/** An act that was begun. The client id is made anew with every change, so that only a repeat of the same is a repeat. */
export type TurnDraft = {
  clientId: string
  /** Whom, where to, or why; each form knows. */
  choice: string | null
  /** For how long, where that is asked. */
  wake: string | null
  /** A moment of one's own, as the browser's picker writes it: in the viewer's zone. */
  wakeAt: string | null
  text: string
}

type Drafts = { drafts: Record<string, TurnDraft> }

/** What was typed and not sent, by review and act. Lives as long as the tab. */
export const useTurnDrafts = create<Drafts>()(
  persist(() => ({ drafts: {} }) as Drafts, {
    name: 'docket-turns',
    storage: createJSONStorage(() => sessionStorage),
  }),
)

export function blankTurn(): TurnDraft {
  return { clientId: crypto.randomUUID(), choice: null, wake: null, wakeAt: null, text: '' }
}

export function keepTurn(key: string, draft: TurnDraft, change: Partial<Omit<TurnDraft, 'clientId'>>) {
  const next = { ...draft, ...change, clientId: crypto.randomUUID() }
  useTurnDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: next } }))
}

export function dropTurn(key: string) {
  useTurnDrafts.setState(({ drafts: { [key]: _, ...drafts } }) => ({ drafts }))
}

export const acts = ['skip', 'hold', 'escalate', 'answer', 'resume', 'handOver', 'move', 'takeOver', 'assign'] as const
export type Act = (typeof acts)[number]

/** Which act is asked for now, and of which review, wherever it was asked from. */
const useOpen = create<{ act: Act | null; reviewId: string | null }>()(() => ({ act: null, reviewId: null }))

export const useOpenAct = (reviewId: string) => useOpen((open) => (open.reviewId === reviewId ? open.act : null))

export function openAct(reviewId: string, act: Act) {
  useOpen.setState({ act, reviewId })
}

export function closeAct() {
  useOpen.setState({ act: null, reviewId: null })
}

forgetOnSignOut(() => useTurnDrafts.setState({ drafts: {} }))
