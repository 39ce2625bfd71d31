import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { listReasons, writeReason } from '#shared/contract/reasons.ts'
import { call } from './call.ts'

/** All canned reasons, withdrawn ones last. */
export const reasonsQuery = queryOptions({
  queryKey: ['reasons'],
  queryFn: ({ signal }) => call(listReasons, { signal }),
  select: ({ items }) => items,
  staleTime: 5 * 60_000,
})

/** Writes one, or a new version. A refusal is left to the caller; either way they are read again. */
export function useWriteReason() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof writeReason.body>) => call(writeReason, { body: body as never }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: reasonsQuery.queryKey }),
  })
}
