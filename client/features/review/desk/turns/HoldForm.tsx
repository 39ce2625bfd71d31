import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useFormat } from '#client/ui/format.ts'
import { HoldReason, holdReview } from '#shared/contract/turns.ts'
import { TurnForm } from './TurnForm.tsx'
import type { TurnDraft } from './turns.store.ts'
import { type TurnProps, useTurn } from './use-turn.ts'
import { isEveningPast, mostHoldMs, type Wake, wakes, wakeTime } from './wake-times.ts'

/** When it opens again by what was chosen now. What the browser's picker says is read in the viewer's zone. */
function endOf({ wake, wakeAt }: TurnDraft): Date | null {
  if (wake === 'own') return wakeAt ? new Date(wakeAt) : null
  return wake === null ? null : wakeTime(wake as Wake, new Date())
}

export function HoldForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const format = useFormat()
  const { review } = props.detail
  const { draft, change, form } = useTurn(props, {
    name: 'hold',
    missing: (held) => {
      const end = endOf(held)
      if (held.wake === null) return t('missing.choice', { what: t('hold.until') })
      if (!end || end.getTime() <= Date.now()) return t('missing.time')
      if (end.getTime() - Date.now() > mostHoldMs) return t('missing.month')
      if (held.choice === null) return t('missing.choice', { what: t('hold.why') })
      return held.choice === 'other' && !held.text.trim() ? t('missing.text', { what: t('reason') }) : null
    },
    send: (held, version) => {
      const { clientId, choice, text } = held
      const wakeAt = endOf(held)!.toISOString()
      const body = { clientId, version, reason: HoldReason.parse(choice), text: text.trim(), wakeAt }
      return call(holdReview, { params: { reviewId: review.id }, body })
    },
    told: (held) => t('hold.done', { reference: review.reference, time: format.date(endOf(held)!, 'short') }),
  })
  const now = new Date()
  const hintOf = (wake: Wake) => {
    const end = wakeTime(wake, now)
    return end ? format.date(end, wake === 'hour' || wake === 'evening' ? 'time' : 'short') : undefined
  }
  const wordOf = (wake: Wake) => t(`wake.${wake === 'evening' && isEveningPast(now) ? 'eveningNext' : wake}`)
  return (
    <TurnForm
      title={t('hold.title')}
      groups={[
        {
          name: t('hold.until'),
          choices: wakes.map((value) => ({ value, label: wordOf(value), hint: hintOf(value) })),
          chosen: draft.wake,
          onChoose: (wake) => change({ wake }),
          below:
            draft.wake === 'own' ? (
              <TextInput
                type="datetime-local"
                label={t('wake.at')}
                value={draft.wakeAt ?? ''}
                onChange={({ currentTarget }) => change({ wakeAt: currentTarget.value || null })}
              />
            ) : null,
        },
        {
          name: t('hold.why'),
          choices: HoldReason.options.map((value) => ({ value, label: t(`hold.${value}`) })),
          chosen: draft.choice,
          onChoose: (choice) => change({ choice }),
        },
      ]}
      text={{
        label: draft.choice === 'other' ? t('reason') : t('optional'),
        value: draft.text,
        onChange: (text) => change({ text }),
      }}
      send={t('hold.send')}
      {...form}
    />
  )
}
