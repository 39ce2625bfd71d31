import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { addReveals, askForReveals, type Exposure, getExposure, listExposure } from '#shared/contract/exposure.ts'
import { call } from './call.ts'

/** How often the figures are read again while the page is looked at. */
const everyMs = 60_000

/** What I looked at today. */
export const exposureQuery = queryOptions({
  queryKey: ['exposure', 'mine'],
  queryFn: ({ signal }) => call(getExposure, { signal }),
  refetchInterval: everyMs,
})

/** Whether the day's originals are all seen. */
export function isUsedUp(exposure: Exposure | undefined): boolean {
  return exposure?.budget != null && exposure.reveals >= exposure.budget
}

/** Everybody's day, for supervisors. */
export const loadQuery = (day: string | undefined) =>
  queryOptions({
    queryKey: ['exposure', 'all', day ?? 'today'],
    queryFn: ({ signal }) => call(listExposure, { query: { ...(day && { day }) }, signal }),
    refetchInterval: everyMs,
  })

export function useAskForReveals() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call(askForReveals, { body: { clientId: crypto.randomUUID() } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exposureQuery.queryKey }),
  })
}

export function useAddReveals() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ personId, ...body }: { personId: string; clientId: string; reveals: number }) =>
      call(addReveals, { params: { personId }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['exposure'] }),
  })
}
