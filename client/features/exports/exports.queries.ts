import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import {
  cancelExport,
  createExport,
  createSchedule,
  deleteSchedule,
  type Export,
  getManifest,
  listExports,
  listSchedules,
} from '#shared/contract/exports.ts'

/** While one is being made, how far it is. */
const watchMs = 1_000
const idleMs = 15_000

const isUnfinished = ({ state }: Export) => state === 'queued' || state === 'running'

export const exportsQuery = infiniteQueryOptions({
  queryKey: ['exports'],
  queryFn: ({ pageParam, signal }) =>
    call(listExports, { query: { limit: 50, ...(pageParam && { after: pageParam }) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextAfter ?? undefined,
  refetchInterval: (query) =>
    query.state.data?.pages.some((page) => page.items.some(isUnfinished)) ? watchMs : idleMs,
})

export const manifestQuery = (exportId: string) =>
  queryOptions({
    queryKey: ['exports', 'manifest', exportId],
    queryFn: ({ signal }) => call(getManifest, { params: { exportId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const schedulesQuery = queryOptions({
  queryKey: ['export-schedules'],
  queryFn: async ({ signal }) => (await call(listSchedules, { signal })).items,
  refetchInterval: idleMs,
})

export function useAskForExport() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createExport.body>) => call(createExport, { body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  })
}

export function useCancelExport() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (exportId: string) =>
      call(cancelExport, { params: { exportId }, body: { clientId: crypto.randomUUID() } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  })
}

export function useAddSchedule() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createSchedule.body>) => call(createSchedule, { body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  })
}

export function useEndSchedule() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (scheduleId: string) =>
      call(deleteSchedule, { params: { scheduleId }, body: { clientId: crypto.randomUUID() } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  })
}
