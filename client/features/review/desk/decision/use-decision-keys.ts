import { type KeyHandlers, useKeys } from '#client/ui/use-keys.ts'
import type { Policy } from '#shared/contract/policies.ts'
import { noViolation, type PostChoice } from './decision-draft.ts'
import type { PartProps } from './parts/panel-parts.ts'

type Args = Pick<PartProps, 'isSending' | 'onChange' | 'onOpen'> & {
  clauses: readonly Policy[]
  hasPost: boolean
  onRationale: () => void
  onPolicyText: () => void
  onFollow: () => void
  onSubmit: (then: 'next' | 'stay') => void
}

/** The keys of the panel; all of them rest while a decision is on its way. */
export function useDecisionKeys({ isSending, onChange, onOpen, clauses, hasPost, ...on }: Args) {
  function post(value: PostChoice) {
    onChange({ type: 'post', value })
    if (value === 'restrict') onOpen('restriction')
  }
  const onPost: KeyHandlers = {
    keep: () => post('keep'),
    label: () => post('label'),
    restrict: () => post('restrict'),
    remove: () => post('remove'),
  }
  const all: KeyHandlers = {
    ...(hasPost && onPost),
    clause: (_event, index) => {
      const value = index === 8 ? noViolation : clauses[index]?.id
      if (value) onChange({ type: 'clause', value })
    },
    noAction: () => onChange({ type: 'account', value: 'none' }),
    warn: () => onChange({ type: 'account', value: 'warn' }),
    limit: () => onChange({ type: 'account', value: 'limit' }),
    block: () => onChange({ type: 'account', value: 'block' }),
    terminate: () => onChange({ type: 'account', value: 'terminate' }),
    followLadder: on.onFollow,
    exemption: () => onOpen('exemption'),
    territory: () => onOpen('territory'),
    rationale: on.onRationale,
    policyText: on.onPolicyText,
    enter: () => on.onSubmit('next'),
    submitStay: () => on.onSubmit('stay'),
  }
  useKeys(isSending ? {} : all)
}
