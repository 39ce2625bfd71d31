import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { takeOver } from '#shared/contract/turns.ts'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

/** From whoever holds it into my own hands, here and now. */
export function TakeOverForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const nameOf = useNameOf()
  const { review, lease } = props.detail
  const { draft, change, form } = useTurn(props, {
    name: 'takeOver',
    needsLease: false,
    missing: () => null,
    send: async ({ clientId, text }, version) => {
      await call(takeOver, { params: { reviewId: review.id }, body: { clientId, version, reason: text.trim() } })
      // It is mine by now: the claim only tells the desk.
      await props.lease.claim()
    },
    told: () => t('takeOver.done', { reference: review.reference }),
    stays: true,
  })
  const holder = lease?.holderId ?? review.holderId
  return (
    <TurnForm
      title={t('takeOver.title')}
      about={[holder ? t('takeOver.from', { who: nameOf(holder) }) : t('takeOver.free')]}
      text={{ label: t('takeOver.why'), value: draft.text, onChange: (text) => change({ text }) }}
      send={t('takeOver.send')}
      {...form}
    />
  )
}
