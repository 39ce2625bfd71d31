import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import {
  addReceiver,
  changeReceiver,
  listDeliveries,
  listReceivers,
  type ReceiverInput,
  retryDelivery,
  rotateSecret,
} from '#shared/contract/deliveries.ts'
import { type DeliverySearch, filterOf } from './delivery.search.ts'

/** What is under way changes by itself: the list is read again while somebody looks at it. */
const refreshMs = 5_000

export const deliveriesQuery = (search: DeliverySearch) => {
  const query = { ...filterOf(search), ...(search.cursor && { cursor: search.cursor }) }
  return queryOptions({
    queryKey: ['deliveries', query],
    queryFn: ({ signal }) => call(listDeliveries, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
}

/** How many there are; only the first page says so. */
export const deliveryCountQuery = (search: DeliverySearch) => {
  const query = { ...filterOf(search), limit: 1 }
  return queryOptions({
    queryKey: ['deliveries', 'count', query],
    queryFn: ({ signal }) => call(listDeliveries, { query, signal }),
    select: ({ count }) => count,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
}

export const receiversQuery = queryOptions({
  queryKey: ['receivers'],
  queryFn: async ({ signal }) => (await call(listReceivers, { signal })).items,
})

/** Sends deliveries again, one after the other, up to the first that is refused. Answers how many went. */
export function useRetry() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (deliveryIds: readonly string[]) => {
      for (const deliveryId of deliveryIds) {
        await call(retryDelivery, { params: { deliveryId }, body: { clientId: crypto.randomUUID() } })
      }
      return deliveryIds.length
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  })
}

type Saved = ReceiverInput & { clientId: string; id: string | null }

/** Adds a receiver, or changes the one with this id; a new one comes with its secret. */
export function useSaveReceiver() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, ...body }: Saved) =>
      id === null
        ? call(addReceiver, { body })
        : { ...(await call(changeReceiver, { params: { receiverId: id }, body })), secret: null },
    onSettled: () => queryClient.invalidateQueries({ queryKey: receiversQuery.queryKey }),
  })
}

export function useRotate(receiverId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { clientId: string; overlapHours: number }) =>
      call(rotateSecret, { params: { receiverId }, body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: receiversQuery.queryKey }),
  })
}
