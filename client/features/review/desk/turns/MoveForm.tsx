import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useQueueChoices } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { moveReview } from '#shared/contract/turns.ts'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

/** To the queue where it belongs. Supervisors move also what others hold. */
export function MoveForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const { review } = props.detail
  const mayAny = useMay('review.assign')
  const queues = useQueueChoices().filter(({ value }) => value !== review.queueId)
  const { draft, change, form } = useTurn(props, {
    name: 'move',
    needsLease: !mayAny,
    missing: ({ choice, text }) => {
      if (choice === null) return t('missing.choice', { what: t('move.to') })
      return text.trim() ? null : t('missing.text', { what: t('move.why') })
    },
    send: ({ clientId, choice, text }, version) =>
      call(moveReview, {
        params: { reviewId: review.id },
        body: { clientId, version, queueId: choice!, reason: text.trim() },
      }),
    told: ({ choice }, { isVisible }) => {
      const queue = queues.find(({ value }) => value === choice)?.label ?? ''
      return t(isVisible ? 'move.done' : 'move.doneUnseen', { reference: review.reference, queue })
    },
  })
  return (
    <TurnForm
      title={t('move.title')}
      groups={[{ name: t('move.to'), choices: queues, chosen: draft.choice, onChoose: (choice) => change({ choice }) }]}
      text={{ label: t('move.why'), value: draft.text, onChange: (text) => change({ text }) }}
      send={t('move.send')}
      {...form}
    />
  )
}
