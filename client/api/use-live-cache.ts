import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { LiveChanges } from '#shared/contract/live.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { isKnown, useLive } from './live.ts'
import { sessionKey } from './session.ts'

/** Milliseconds between two readings of the same thing, however often it changes. */
const restMs = 2_000

/**
 * Reads again what is open on the screen and did change: the review on the desk, the account, the threats. Lists follow by
 * themselves, so that no row moves under a hand.
 */
export function useLiveCache() {
  const queryClient = useQueryClient()
  /** Names of what was read just now; true where it has changed again since. */
  const resting = useRef(new Map<string, boolean>())

  /** At once, and again after a rest if more happened meanwhile. */
  function readAgain(queryKey: readonly unknown[]) {
    const name = JSON.stringify(queryKey)
    if (resting.current.has(name)) return void resting.current.set(name, true)
    resting.current.set(name, false)
    void queryClient.invalidateQueries({ queryKey })
    setTimeout(() => {
      const isDue = resting.current.get(name)
      resting.current.delete(name)
      if (isDue) readAgain(queryKey)
    }, restMs)
  }
  useLive({
    onChanges: ({ reviews, gone, accounts, inbox }: LiveChanges) => {
      // What left the scope has left the inbox, too.
      if (inbox || gone.length > 0) readAgain(['inbox'])
      for (const change of reviews) {
        const read = queryClient.getQueryData<ReviewDetail>(['review', change.id])
        if (read && !isKnown(change, read.review)) readAgain(['review', change.id])
        if (change.kinds.some((kind) => kind.includes('threat'))) readAgain(['threats'])
      }
      for (const id of gone) {
        // What nobody looks at is forgotten; the desk is told by the server that there is nothing.
        queryClient.removeQueries({ queryKey: ['review', id], type: 'inactive' })
        if (queryClient.getQueryData(['review', id])) readAgain(['review', id])
      }
      for (const id of accounts) {
        readAgain(['account', id])
        for (const query of queryClient.getQueryCache().findAll({ queryKey: ['review'], type: 'active' })) {
          const read = query.state.data as Partial<ReviewDetail> | undefined
          if (read?.account?.id === id) readAgain(query.queryKey)
        }
      }
    },
    onReset: (reason) => {
      if (reason === 'start') return
      if (reason === 'scope') void queryClient.invalidateQueries({ queryKey: sessionKey })
      readAgain(['threats'])
      readAgain(['inbox'])
      void queryClient.invalidateQueries({ queryKey: ['review'], type: 'active' })
    },
  })
}
