import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { call } from '#client/api/call.ts'
import { useLive } from '#client/api/live.ts'
import { getBoard } from '#shared/contract/board.ts'

/** What becomes due does so without an event: the board is read again now and then, in milliseconds. */
const pollMs = 30_000
/** Milliseconds between two readings, however much happens. */
const restMs = 2_000

export const boardQuery = queryOptions({
  queryKey: ['board'],
  queryFn: ({ signal }) => call(getBoard, { signal }),
  refetchInterval: pollMs,
  refetchOnMount: 'always',
})

/** Reads the board again as reviews change. */
export function useLiveBoard() {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readAt = useRef(0)
  function later() {
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined
        readAt.current = Date.now()
        void queryClient.invalidateQueries({ queryKey: boardQuery.queryKey })
      },
      Math.max(150, readAt.current + restMs - Date.now()),
    )
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  useLive({
    onChanges: ({ reviews, gone }) => {
      if (reviews.length + gone.length > 0) later()
    },
    onReset: (reason) => {
      if (reason !== 'start') later()
    },
  })
}
