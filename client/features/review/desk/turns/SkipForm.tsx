import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { SkipReason, skipReview } from '#shared/contract/turns.ts'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

export function SkipForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const { review } = props.detail
  const { draft, change, form } = useTurn(props, {
    name: 'skip',
    missing: ({ choice, text }) => {
      if (choice === null) return t('missing.choice', { what: t('skip.why') })
      return choice === 'other' && !text.trim() ? t('missing.text', { what: t('reason') }) : null
    },
    send: ({ clientId, choice, text }, version) =>
      call(skipReview, {
        params: { reviewId: review.id },
        body: { clientId, version, reason: SkipReason.parse(choice), text: text.trim() },
      }),
    told: () => t('skip.done', { reference: review.reference }),
  })
  return (
    <TurnForm
      title={t('skip.title')}
      groups={[
        {
          name: t('skip.why'),
          choices: SkipReason.options.map((value) => ({ value, label: t(`skip.${value}`) })),
          chosen: draft.choice,
          onChoose: (choice) => change({ choice }),
        },
      ]}
      text={
        draft.choice === 'other'
          ? { label: t('reason'), value: draft.text, onChange: (text) => change({ text }) }
          : undefined
      }
      send={t('skip.send')}
      {...form}
    />
  )
}
