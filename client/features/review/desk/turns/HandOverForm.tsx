import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { handOver } from '#shared/contract/turns.ts'
import { usePeopleRows } from './people-choices.tsx'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

const queue = 'queue'

/** To a colleague, or to whoever takes it next, with what they should know. */
export function HandOverForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const { review } = props.detail
  const colleagues = usePeopleRows(['reviewer', 'supervisor'])
  const { draft, change, form } = useTurn(props, {
    name: 'handOver',
    missing: ({ choice, text }) => {
      if (choice === null) return t('missing.choice', { what: t('handOver.to') })
      return text.trim() ? null : t('missing.text', { what: t('handOver.note') })
    },
    send: ({ clientId, choice, text }, version) => {
      const toId = choice === queue ? null : choice
      return call(handOver, { params: { reviewId: review.id }, body: { clientId, version, note: text.trim(), toId } })
    },
    told: ({ choice }) => {
      const { reference } = review
      const who = colleagues.find(({ value }) => value === choice)?.label
      return who ? t('handOver.done', { reference, who }) : t('handOver.doneQueue', { reference })
    },
  })
  return (
    <TurnForm
      title={t('handOver.title')}
      groups={[
        {
          name: t('handOver.to'),
          choices: [{ value: queue, label: t('handOver.queue') }, ...colleagues],
          chosen: draft.choice,
          onChoose: (choice) => change({ choice }),
        },
      ]}
      text={{ label: t('handOver.note'), value: draft.text, onChange: (text) => change({ text }) }}
      send={t('handOver.send')}
      {...form}
    />
  )
}
