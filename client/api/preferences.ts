import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  changeLadder,
  changeOrganisation,
  changePreferences,
  type Organisation,
  type Preferences,
} from '#shared/contract/preferences.ts'
import type { Session } from '#shared/contract/team.ts'
import type { StrikeLadder } from '#shared/domain/strikes.ts'
import { call } from './call.ts'
import { sessionKey, useSession } from './session.ts'

/** What the person at the screen chose for themselves. */
export const usePreferences = () => useSession().preferences

/** What holds for everybody here. */
export const useOrganisation = () => useSession().organisation

/** Changes some of them; they hold at once, and are put back when the server does not take them. */
export function useChangePreferences() {
  const queryClient = useQueryClient()
  const put = (preferences: Preferences) =>
    queryClient.setQueryData<Session | null>(sessionKey, (session) => session && { ...session, preferences })
  return useMutation({
    scope: { id: 'preferences' },
    mutationFn: (body: Partial<Preferences>) => call(changePreferences, { body }),
    onMutate: (change) => {
      const before = queryClient.getQueryData<Session>(sessionKey)!.preferences
      put({ ...before, ...change })
      return before
    },
    onError: (_error, _change, before) => before && put(before),
    onSuccess: put,
  })
}

/** The strike ladder, which supervisors change too. */
export function useChangeLadder() {
  const put = usePutOrganisation()
  return useMutation({ mutationFn: (body: StrikeLadder) => call(changeLadder, { body }), onSuccess: put })
}

export function useChangeOrganisation() {
  const put = usePutOrganisation()
  return useMutation({
    mutationFn: (body: Partial<Organisation>) => call(changeOrganisation, { body }),
    onSuccess: put,
  })
}

function usePutOrganisation() {
  const queryClient = useQueryClient()
  return (organisation: Organisation) =>
    queryClient.setQueryData<Session | null>(sessionKey, (session) => session && { ...session, organisation })
}
