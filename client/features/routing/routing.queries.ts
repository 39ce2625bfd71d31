import { type QueryKey, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useRef } from 'react'
import { ApiError, call, errorCode } from '#client/api/call.ts'
import {
  addQueue,
  changeQueue,
  changeTraining,
  changeWeights,
  discardRuleDraft,
  getTraining,
  listQueueSettings,
  listReasonCodes,
  listRules,
  listWeights,
  mapReasonCode,
  orderQueues,
  previewTargets,
  publishRules,
  type QueueSettings,
  retireQueue,
  saveRuleDraft,
  tryRules,
  tryWeights,
  type Weights,
} from '#shared/contract/routing.ts'
import type { RuleSet } from '#shared/domain/routing.ts'
import type { SourceKind } from '#shared/domain/words.ts'

const routing = ['routing'] as const
/** Names of queues stand on every screen. */
const changes: QueryKey[] = [routing, ['queues']]

export const queueSettingsQuery = queryOptions({
  queryKey: [...routing, 'queues'],
  queryFn: ({ signal }) => call(listQueueSettings, { signal }),
})

export const rulesQuery = queryOptions({
  queryKey: [...routing, 'rules'],
  queryFn: ({ signal }) => call(listRules, { signal }),
})

export const weightsQuery = queryOptions({
  queryKey: [...routing, 'weights'],
  queryFn: ({ signal }) => call(listWeights, { signal }),
})

export const reasonCodesQuery = queryOptions({
  queryKey: [...routing, 'reasons'],
  queryFn: ({ signal }) => call(listReasonCodes, { signal }),
})

export const trainingQuery = queryOptions({
  queryKey: [...routing, 'training'],
  queryFn: ({ signal }) => call(getTraining, { signal }),
})

type Targets = { targetMs: number; sourceTargets: Partial<Record<SourceKind, number>> }

export const targetsPreviewQuery = (queueId: string, targets: Targets) =>
  queryOptions({
    queryKey: [...routing, 'targets', queueId, targets],
    queryFn: ({ signal }) => call(previewTargets, { params: { queueId }, body: targets, signal }),
    staleTime: 30_000,
  })

/**
 * An act: while nobody knows whether the server heard of it, the same act keeps its id, so that trying again never does it
 * twice.
 */
function useAct<Input, Reply>(run: (input: Input, clientId: string) => Promise<Reply>) {
  const queryClient = useQueryClient()
  const last = useRef({ input: '', clientId: '' })
  return useMutation({
    mutationFn: (input: Input) => {
      const text = JSON.stringify(input)
      if (last.current.input !== text) last.current = { input: text, clientId: crypto.randomUUID() }
      return run(input, last.current.clientId)
    },
    onSettled: (_reply, error) => {
      if (!error || error instanceof ApiError) last.current = { input: '', clientId: '' }
      return Promise.all(changes.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    },
  })
}

export type QueueInput = Targets & { name: string; languages: string[] }
type SaveQueue = QueueInput & { of: QueueSettings | null; waiting: 'keep' | 'reckon' }

export const useSaveQueue = () =>
  useAct(({ of, waiting, ...input }: SaveQueue, clientId) =>
    of
      ? call(changeQueue, {
          params: { queueId: of.id },
          body: { ...input, clientId, version: of.version, waiting },
        })
      : call(addQueue, { body: { ...input, clientId } }),
  )

export const useOrderQueues = () =>
  useAct((queueIds: string[], clientId) => call(orderQueues, { body: { clientId, queueIds } }))

export const useRetireQueue = () =>
  useAct(({ queue, isRetired }: { queue: QueueSettings; isRetired: boolean }, clientId) =>
    call(retireQueue, { params: { queueId: queue.id }, body: { clientId, version: queue.version, isRetired } }),
  )

const toBody = ({ rules, lastResortId }: RuleSet) => ({
  rules: rules.map((rule) => ({
    ...rule,
    when: {
      ...rule.when,
      clauses: [...rule.when.clauses],
      sources: [...rule.when.sources],
      languages: [...rule.when.languages],
      platforms: [...rule.when.platforms],
      accountStatuses: [...rule.when.accountStatuses],
    },
  })),
  lastResortId,
})

export const useSaveDraft = () =>
  useAct(({ set, version }: { set: RuleSet; version: number }, clientId) =>
    call(saveRuleDraft, { body: { ...toBody(set), clientId, version } }),
  )

export const useDiscardDraft = () =>
  useAct((version: number, clientId) => call(discardRuleDraft, { body: { clientId, version } }))

export const usePublish = () =>
  useAct((act: { version: number; change: string }, clientId) => call(publishRules, { body: { ...act, clientId } }))

export const useTryRules = () => useMutation({ mutationFn: (set: RuleSet) => call(tryRules, { body: toBody(set) }) })

export const useTryWeights = () =>
  useMutation({ mutationFn: (weights: Weights) => call(tryWeights, { body: { weights } }) })

export const useChangeWeights = () =>
  useAct((act: { version: number; weights: Weights; change: string }, clientId) =>
    call(changeWeights, { body: { ...act, clientId } }),
  )

export const useMapCode = () =>
  useAct((act: { sourceName: string; code: string; policyId: string | null }, clientId) =>
    call(mapReasonCode, { body: { ...act, clientId } }),
  )

export const useChangeTraining = () =>
  useAct((clauses: string[], clientId) => call(changeTraining, { body: { clientId, clauses } }))

const worded = ['version_changed', 'already_superseded', 'queue_in_use', 'queue_not_empty', 'forbidden'] as const

export function wordRefusal(t: TFunction<'routing'>, error: unknown): string {
  const code = worded.find((each) => each === errorCode(error))
  if (code) return t(`error.${code}`)
  const issue = error instanceof ApiError ? error.body?.issues?.[0] : undefined
  return issue ? t('error.invalid', { what: `${issue.path}: ${issue.message}` }) : t('error.other')
}
