import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'

export type Fate = 'kept' | 'labelled' | 'restricted' | 'removed' | 'noted'

type Progress = {
  /** Ids of what was decided since this person began, by what became of the post. */
  decided: Record<string, Fate>
  /** Milliseconds of the browser's clock. */
  beganAt: number | null
}

const nothing: Progress = { decided: {}, beganAt: null }

/** What was done since this person signed in here. Nobody else sees it, and nothing is compared. */
export const useProgress = create<Progress>()(
  persist(() => nothing, { name: 'docket-session', storage: createJSONStorage(() => sessionStorage) }),
)

const fateOf = { label: 'labelled', restrict: 'restricted', remove: 'removed' } as const

function fate({ outcome, measures }: DecisionRecord): Fate {
  const onPost = measures.find(({ target }) => target === 'post')
  if (onPost?.target === 'post') return fateOf[onPost.kind]
  return outcome === 'violation' ? 'noted' : 'kept'
}

export function addToProgress(decision: DecisionRecord) {
  useProgress.setState(({ decided, beganAt }) => ({
    decided: { ...decided, [decision.id]: fate(decision) },
    beganAt: beganAt ?? Date.now(),
  }))
}

export function takeFromProgress(decisionId: string) {
  useProgress.setState(({ decided: { [decisionId]: _, ...decided } }) => ({ decided }))
}

forgetOnSignOut(() => useProgress.setState(nothing, true))
