import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import { listKeys, makeKey, revokeKey } from '#shared/contract/keys.ts'
import { useAct } from '../act.ts'

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => call(listKeys, { signal }),
  select: ({ items }) => items,
})

export type NewKey = Omit<z.input<typeof makeKey.body>, 'clientId'>

export const useMakeKey = () =>
  useAct((body: NewKey, clientId) => call(makeKey, { body: { ...body, clientId } }), {
    changes: [['keys'], ['people']],
  })

export const useRevokeKey = () =>
  useAct((keyId: string, clientId) => call(revokeKey, { params: { keyId }, body: { clientId } }), {
    changes: [['keys'], ['people']],
  })
