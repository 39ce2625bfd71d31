import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { assignReview } from '#shared/contract/turns.ts'
import { usePeopleRows } from './people-choices.tsx'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

const nobody = 'nobody'

/** To one person, whoever holds it now; or to nobody in particular again. */
export function AssignForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const { review } = props.detail
  const people = usePeopleRows(['reviewer', 'supervisor'], { withMe: true })
  const { draft, change, form } = useTurn(props, {
    name: 'assign',
    needsLease: false,
    missing: ({ choice }) => (choice === null ? t('missing.choice', { what: t('assign.to') }) : null),
    send: ({ clientId, choice, text }, version) => {
      const personId = choice === nobody ? null : choice
      const body = { clientId, version, personId, reason: text.trim() }
      return call(assignReview, { params: { reviewId: review.id }, body })
    },
    told: ({ choice }) => {
      const { reference } = review
      const who = people.find(({ value }) => value === choice)?.label
      return who ? t('assign.done', { reference, who }) : t('assign.doneNobody', { reference })
    },
  })
  return (
    <TurnForm
      title={t('assign.title')}
      groups={[
        {
          name: t('assign.to'),
          choices: [{ value: nobody, label: t('assign.nobody') }, ...people],
          chosen: draft.choice,
          onChoose: (choice) => change({ choice }),
        },
      ]}
      text={{ label: t('assign.why'), value: draft.text, onChange: (text) => change({ text }) }}
      send={t('assign.send')}
      {...form}
    />
  )
}
