import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { escalateReview } from '#shared/contract/turns.ts'
import { usePeopleRows } from './people-choices.tsx'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

/** Everybody of these; a person’s id is none of them. */
const roles = ['supervisor', 'admin'] as const

/** Up to those who decide what a reviewer cannot: all of a role, or one person. */
export function EscalateForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const { review } = props.detail
  const people = usePeopleRows(roles)
  const choices = [...roles.map((role) => ({ value: role as string, label: t(`escalate.${role}`) })), ...people]
  const { draft, change, form } = useTurn(props, {
    name: 'escalate',
    missing: ({ choice, text }) => {
      if (choice === null) return t('missing.choice', { what: t('escalate.to') })
      return text.trim() ? null : t('missing.text', { what: t('escalate.why') })
    },
    send: ({ clientId, choice, text }, version) => {
      const role = roles.find((each) => each === choice)
      const to = role ? { role } : { personId: choice! }
      return call(escalateReview, {
        params: { reviewId: review.id },
        body: { clientId, version, to, reason: text.trim() },
      })
    },
    told: ({ choice }) => {
      const who = choices.find(({ value }) => value === choice)?.label ?? ''
      return t('escalate.done', { reference: review.reference, who })
    },
  })
  return (
    <TurnForm
      title={t('escalate.title')}
      groups={[{ name: t('escalate.to'), choices, chosen: draft.choice, onChoose: (choice) => change({ choice }) }]}
      text={{ label: t('escalate.why'), value: draft.text, onChange: (text) => change({ text }) }}
      send={t('escalate.send')}
      {...form}
    />
  )
}
