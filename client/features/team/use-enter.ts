import { useNavigate } from '@tanstack/react-router'
import { useSignIn } from './team.queries.ts'

/** Signs in with the password that was just chosen. If that fails the password still stands: sign-in asks for it. */
export function useEnter() {
  const navigate = useNavigate()
  const signIn = useSignIn()
  return {
    isPending: signIn.isPending || signIn.isSuccess,
    with: (credentials: { email: string; password: string }) =>
      signIn.mutate(credentials, {
        onSuccess: () => navigate({ to: '/queue', replace: true }),
        onError: () => navigate({ to: '/sign-in', replace: true }),
      }),
  }
}
