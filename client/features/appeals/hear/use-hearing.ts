import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { call } from '#client/api/call.ts'
import type { MessageDraft } from '#client/ui/message/MessageFields.tsx'
import {
  type AppealDetail,
  type AppealRuling,
  claimAppeal,
  decideAppeal,
  releaseAppeal,
  undoAppeal,
  withdrawAppeal,
} from '#shared/contract/appeals.ts'
import type { AppealOutcome } from '#shared/domain/appeals.ts'

type Verdict = {
  clientId: string
  outcome: AppealOutcome
  rationale: string
  ruling: AppealRuling | null
  message: MessageDraft | null
}

/** What may be done to an appeal; the page shows what the server answers. */
export function useHearing(appealId: string) {
  const queryClient = useQueryClient()
  const params = { appealId }
  function show({ appeal }: { appeal: AppealDetail }) {
    queryClient.setQueryData(['appeal', appealId], appeal)
    for (const queryKey of [['appeals'], ['decision'], ['decisions'], ['account', appeal.account.id]]) {
      void queryClient.invalidateQueries({ queryKey })
    }
  }
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: ['appeal', appealId] })
  const settle = { onSuccess: show, onError: readAgain }
  const claimId = useRef(crypto.randomUUID())
  const again = () => {
    claimId.current = crypto.randomUUID()
  }
  const act = (e: typeof claimAppeal | typeof releaseAppeal | typeof undoAppeal) => ({
    mutationFn: () => call(e, { params, body: { clientId: claimId.current } }),
    onSettled: again,
    ...settle,
  })
  return {
    claim: useMutation(act(claimAppeal)),
    release: useMutation(act(releaseAppeal)),
    undo: useMutation(act(undoAppeal)),
    withdraw: useMutation({
      mutationFn: (body: { clientId: string; reason: string }) => call(withdrawAppeal, { params, body }),
      ...settle,
    }),
    decide: useMutation({ mutationFn: (body: Verdict) => call(decideAppeal, { params, body }), ...settle }),
  }
}
