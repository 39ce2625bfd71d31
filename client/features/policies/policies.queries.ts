import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import { getPolicyUse } from '#shared/contract/policies.ts'
import {
  askAboutDraft,
  discardDraft,
  getDraft,
  importPolicy,
  listDrafts,
  type NewClause,
  openDraft,
  type PolicyDraft,
  type PolicyFile,
  publishDraft,
  sendBackDraft,
  takeBackDraft,
} from '#shared/contract/policy-drafts.ts'
import {
  answerRereview,
  drawSample,
  type Fate,
  getNextRereview,
  getSample,
  listSamples,
} from '#shared/contract/rereviews.ts'

export const figuresQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', 'use', policyId],
    queryFn: ({ signal }) => call(getPolicyUse, { params: { policyId }, signal }),
    staleTime: 60_000,
  })

export const draftsQuery = queryOptions({
  queryKey: ['policies', 'drafts'],
  queryFn: ({ signal }) => call(listDrafts, { signal }),
})

const draftKey = (draftId: string) => ['policies', 'draft', draftId]

export const draftQuery = (draftId: string) =>
  queryOptions({
    queryKey: draftKey(draftId),
    queryFn: ({ signal }) => call(getDraft, { params: { draftId }, signal }),
    // What is being written is not written over by what is read again.
    refetchOnWindowFocus: false,
    gcTime: 0,
  })

export const samplesQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', 'samples', policyId],
    queryFn: ({ signal }) => call(listSamples, { query: { policyId }, signal }),
  })

/** The newest of every clause. */
export const newSamplesQuery = queryOptions({
  queryKey: ['policies', 'samples'],
  queryFn: ({ signal }) => call(listSamples, { signal }),
  staleTime: 60_000,
})

export const sampleQuery = (sampleId: string) =>
  queryOptions({
    queryKey: ['policies', 'sample', sampleId],
    queryFn: ({ signal }) => call(getSample, { params: { sampleId }, signal }),
  })

export const nextRereviewQuery = (sampleId: string) =>
  queryOptions({
    queryKey: ['policies', 'next', sampleId],
    queryFn: ({ signal }) => call(getNextRereview, { params: { sampleId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

type Opening = { clientId: string; policyId?: string; isRetired?: boolean; newClause?: NewClause }

/** @param onOpened is told even when what asked has made room for the draft by then */
export function useOpenDraft(onOpened: (draft: PolicyDraft) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Opening) => call(openDraft, { body }),
    onSuccess: onOpened,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['policies'] }),
  })
}

type DraftAct = { draftId: string; clientId: string; revision: number } & (
  | { act: 'ask' }
  | { act: 'takeBack' }
  | { act: 'discard' }
  | { act: 'sendBack'; comment: string }
  | { act: 'publish'; inForceFrom: string | null; comment: string }
)

/** What is done with a draft besides writing on it. */
export function useDraftAct(onDone: () => void = () => {}) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: sendDraftAct,
    onSuccess: (draft: PolicyDraft) => {
      onDone()
      queryClient.setQueryData(draftKey(draft.id), draft)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['policies'] }),
  })
}

function sendDraftAct({ draftId, ...input }: DraftAct) {
  const params = { draftId }
  const { clientId, revision } = input
  const body = { clientId, revision }
  if (input.act === 'ask') return call(askAboutDraft, { params, body })
  if (input.act === 'takeBack') return call(takeBackDraft, { params, body })
  if (input.act === 'discard') return call(discardDraft, { params, body })
  if (input.act === 'sendBack') return call(sendBackDraft, { params, body: { ...body, comment: input.comment } })
  const { inForceFrom, comment } = input
  return call(publishDraft, { params, body: { ...body, inForceFrom, comment } })
}

export const useImportPolicy = () =>
  usePolicyAct((body: { clientId: string; isDryRun: boolean; file: PolicyFile }) => call(importPolicy, { body }))

type Drawing = { policyId: string; clientId: string; size: number; draftId: string | null; seed?: string }

export const useDrawSample = () =>
  usePolicyAct(({ policyId, ...body }: Drawing) =>
    call(drawSample, { params: { policyId }, body: { ...body, decidedFrom: null } }),
  )

type Answer = Fate & { sampleId: string; clientId: string; itemId: string; rationale: string }

/** The next post is asked for when the answer to this one was read. */
export function useAnswerRereview() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ sampleId, ...body }: Answer) => call(answerRereview, { params: { sampleId }, body }),
    onSuccess: (_reply, { sampleId }) => queryClient.invalidateQueries({ queryKey: ['policies', 'sample', sampleId] }),
  })
}

/** Everything that is known of the policy is read again. */
function usePolicyAct<Input, Reply>(mutationFn: (input: Input) => Promise<Reply>) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries({ queryKey: ['policies'] }) })
}
