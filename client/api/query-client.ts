import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, errorCode } from './call.ts'
import { sessionKey } from './session.ts'

/** Worth another try: the server did not answer, or something between us and it failed. */
function isPassing(err: unknown) {
  return !(err instanceof ApiError) || [502, 503, 504].includes(err.status)
}

export function createQueryClient() {
  /** A session that ended is forgotten at once; the router watches it and shows sign-in. */
  function onError(err: Error) {
    if (errorCode(err) === 'signed_out') queryClient.setQueryData(sessionKey, null)
  }
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Offline is an answer too: nothing waits in silence and acts by itself when the connection is back.
      mutations: { networkMode: 'always' },
      // The server pushes changes, so cached pages stay good until an event says otherwise.
      queries: { networkMode: 'always', staleTime: 60_000, retry: (count, err) => isPassing(err) && count < 2 },
    },
  })
  return queryClient
}
