import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { returnReview } from '#shared/contract/turns.ts'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

/** Back to the one who asked, with an answer. */
export function AnswerForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const nameOf = useNameOf()
  const { review, turn } = props.detail
  const { draft, change, form } = useTurn(props, {
    name: 'answer',
    needsLease: false,
    missing: ({ text }) => (text.trim() ? null : t('missing.text', { what: t('answer.text') })),
    send: ({ clientId, text }, version) =>
      call(returnReview, { params: { reviewId: review.id }, body: { clientId, version, answer: text.trim() } }),
    told: () => t('answer.done', { reference: review.reference }),
  })
  const asked = turn?.escalation
  return (
    <TurnForm
      title={t('answer.title')}
      about={asked ? [`“${asked.reason}”`, t('answer.to', { who: nameOf(asked.byId) })] : undefined}
      text={{ label: t('answer.text'), value: draft.text, onChange: (text) => change({ text }) }}
      send={t('answer.send')}
      {...form}
    />
  )
}
