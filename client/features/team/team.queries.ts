import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import { sessionKey, sessionQuery } from '#client/api/session.ts'
import { acceptInvitation, completeSetup, getInvitation, getSetup, signIn } from '#shared/contract/team.ts'

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(getSetup, { signal }),
})

export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(getInvitation, { params: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** The password was right, but the next request came without a session. */
export class NoCookie extends Error {
  override name = 'NoCookie'
}

/** Signs in and reads who that is. What an earlier session had loaded is dropped. */
export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (body: { email: string; password: string }) => {
      await call(signIn, { body })
      queryClient.removeQueries({ type: 'inactive', predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
      const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      if (!session) throw new NoCookie()
      return session
    },
  })
}

export function useCompleteSetup() {
  return useMutation({ mutationFn: (body: z.input<typeof completeSetup.body>) => call(completeSetup, { body }) })
}

export function useAcceptInvitation(token: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof acceptInvitation.body>) => call(acceptInvitation, { params: { token }, body }),
  })
}
