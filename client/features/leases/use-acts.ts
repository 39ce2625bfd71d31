import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorCode } from '#client/api/call.ts'
import { announce } from '#client/ui/announce.tsx'
import { assignReview, type HeldReview, takeOver } from '#shared/contract/turns.ts'
import { leasesQuery } from './leases.queries.ts'

/** `to` is a person; null gives the review back to its queue, `me` takes it over. */
type Given = { held: HeldReview; to: { id: string; name: string } | null | 'me' }

/** Takes reviews out of hands. What came of the last one is said in one line. */
export function useActs() {
  const { t } = useTranslation('leases')
  const queryClient = useQueryClient()
  const [problem, setProblem] = useState<string | null>(null)
  /** One id for one act on one state of a review, so that a second press is the same act. */
  const ids = useRef(new Map<string, string>())
  const give = useMutation({
    mutationFn: async ({ held: { reviewId, version }, to }: Given) => {
      const name = `${reviewId} ${version} ${to === 'me' ? to : to?.id}`
      const clientId = ids.current.get(name) ?? crypto.randomUUID()
      ids.current.set(name, clientId)
      const params = { reviewId }
      if (to === 'me') return call(takeOver, { params, body: { clientId, version } })
      return call(assignReview, { params, body: { clientId, version, personId: to?.id ?? null } })
    },
    onMutate: () => setProblem(null),
    onSuccess: (_reply, { held: { reference }, to }) => {
      const said = to === 'me' ? 'takeOver' : to ? 'assign' : 'giveBack'
      announce(t(`${said}.done`, { reference, who: to && to !== 'me' ? to.name : '' }))
    },
    onError: (error, { held: { reference } }) => setProblem(t(`fail.${failureOf(error)}`, { reference })),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: leasesQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: ['reviews'] })
    },
  })
  return { give: give.mutate, busyId: give.isPending ? give.variables.held.reviewId : null, problem }
}

function failureOf(error: unknown) {
  const code = errorCode(error)
  if (code === 'cannot_take' || code === 'too_many_held') return code
  return code === 'version_changed' || code === 'already_decided' || code === 'not_found' ? 'gone' : 'other'
}
