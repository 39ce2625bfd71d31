import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { call } from '#client/api/call.ts'
import { useLive } from '#client/api/live.ts'
import { type HeldReview, listHeld } from '#shared/contract/turns.ts'

/** Renewals are no events: the ends of leases are read again now and then, in milliseconds. */
const pollMs = 30_000

export const leasesQuery = queryOptions({
  queryKey: ['leases'],
  queryFn: ({ signal }) => call(listHeld, { signal }),
  refetchInterval: pollMs,
  refetchOnMount: 'always',
})

export type Hand = { holderId: string; held: HeldReview[] }

/** By person, the fullest hand first. */
export function handsOf(items: readonly HeldReview[]): Hand[] {
  const hands = Map.groupBy(items, ({ holderId }) => holderId)
  return [...hands]
    .map(([holderId, held]) => ({ holderId, held }))
    .sort((a, b) => b.held.length - a.held.length || a.holderId.localeCompare(b.holderId))
}

/** Milliseconds between two readings, however much changes hands. */
const restMs = 1_500

/** Reads the list again as reviews change hands. */
export function useLiveLeases() {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readAt = useRef(0)
  function later() {
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined
        readAt.current = Date.now()
        void queryClient.invalidateQueries({ queryKey: leasesQuery.queryKey })
      },
      Math.max(150, readAt.current + restMs - Date.now()),
    )
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive({
    onChanges: ({ reviews, gone }) => {
      if (reviews.length + gone.length > 0) later()
    },
    onReset: (reason) => {
      if (reason !== 'start') later()
    },
  })
}
