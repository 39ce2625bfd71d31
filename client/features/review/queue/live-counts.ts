import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLive } from '#client/api/live.ts'

/** Milliseconds that changes are gathered, and the least between two counts. */
const gatherMs = 500
const restMs = 5_000

/** Counts again as reviews change, not more often than every few seconds however much happens. */
export function useLiveCounts() {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const countedAt = useRef(0)
  function later() {
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined
        countedAt.current = Date.now()
        void queryClient.invalidateQueries({ queryKey: ['reviews', 'counts'] })
      },
      Math.max(gatherMs, countedAt.current + restMs - Date.now()),
    )
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive({
    onChanges: ({ reviews, gone }) => {
      if (reviews.length + gone.length > 0) later()
    },
    onReset: (reason) => {
      const first = queryClient.getQueriesData({ queryKey: ['reviews', 'counts'] })[0]?.[0]
      const countedAgo = Date.now() - ((first && queryClient.getQueryState(first)?.dataUpdatedAt) || Date.now())
      // The first count and the stream began together.
      if (reason !== 'start' || countedAgo > restMs) later()
    },
  })
}
