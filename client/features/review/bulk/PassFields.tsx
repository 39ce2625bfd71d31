import { Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQueueChoices } from '#client/api/choices.ts'
import { useFormat } from '#client/ui/format.ts'
import { HoldReason } from '#shared/contract/turns.ts'
import { ChoiceRows, type TurnChoice } from '../desk/turns/ChoiceRows.tsx'
import { usePeopleRows } from '../desk/turns/people-choices.tsx'
import { isEveningPast, type Wake, wakes, wakeTime } from '../desk/turns/wake-times.ts'
import { type BulkDraft, nobody, roles } from './bulk-draft.ts'

type Props = { draft: BulkDraft; onChange: (part: Partial<BulkDraft>) => void }

export function AssignFields(props: Props) {
  const { t } = useTranslation('turns')
  const people = usePeopleRows(['reviewer', 'supervisor'], { withMe: true })
  const choices = [{ value: nobody, label: t('assign.nobody') }, ...people]
  return <OneOf {...props} name={t('assign.to')} choices={choices} text={t('assign.why')} />
}

export function EscalateFields(props: Props) {
  const { t } = useTranslation('turns')
  const people = usePeopleRows(roles)
  const choices = [...roles.map((role) => ({ value: role as string, label: t(`escalate.${role}`) })), ...people]
  return <OneOf {...props} name={t('escalate.to')} choices={choices} text={t('escalate.why')} />
}

export function MoveFields(props: Props) {
  const { t } = useTranslation('turns')
  return <OneOf {...props} name={t('move.to')} choices={useQueueChoices()} text={t('move.why')} />
}

export function HoldFields({ draft, onChange }: Props) {
  const { t } = useTranslation('turns')
  const format = useFormat()
  const now = new Date()
  const hintOf = (wake: Wake) => {
    const end = wakeTime(wake, now)
    return end ? format.date(end, wake === 'hour' || wake === 'evening' ? 'time' : 'short') : undefined
  }
  const wordOf = (wake: Wake) => t(`wake.${wake === 'evening' && isEveningPast(now) ? 'eveningNext' : wake}`)
  const ends = wakes.map((value) => ({ value, label: wordOf(value), hint: hintOf(value) }))
  const own = (
    <TextInput
      type="datetime-local"
      label={t('wake.at')}
      value={draft.wakeAt ?? ''}
      onChange={({ currentTarget }) => onChange({ wakeAt: currentTarget.value || null })}
    />
  )
  return (
    <>
      <Rows
        name={t('hold.until')}
        choices={ends}
        chosen={draft.wake}
        onChoose={(wake) => onChange({ wake: wake as Wake })}
      />
      {draft.wake === 'own' ? own : null}
      <OneOf
        {...{ draft, onChange }}
        name={t('hold.why')}
        choices={HoldReason.options.map((value) => ({ value, label: t(`hold.${value}`) }))}
        text={draft.choice === 'other' ? t('reason') : t('optional')}
      />
    </>
  )
}

type OneOfProps = Props & { name: string; choices: readonly TurnChoice[]; text: string }

/** One of several, and why. */
function OneOf({ draft, onChange, name, choices, text }: OneOfProps): ReactNode {
  return (
    <>
      <Rows name={name} choices={choices} chosen={draft.choice} onChoose={(choice) => onChange({ choice })} />
      <Textarea
        label={text}
        rows={3}
        maxLength={1_000}
        value={draft.text}
        onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
      />
    </>
  )
}

type RowsProps = Pick<OneOfProps, 'name' | 'choices'> & { chosen: string | null; onChoose: (value: string) => void }

function Rows({ onChoose, ...rows }: RowsProps) {
  return <ChoiceRows {...rows} hasDigits={false} onPick={onChoose} onMove={onChoose} />
}
