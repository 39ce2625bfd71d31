import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const units = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const
type Unit = keyof typeof units

const unitOf = (ms: number): Unit => (ms % units.days === 0 ? 'days' : ms % units.hours === 0 ? 'hours' : 'minutes')

type Props = { label: string; ms: number; onMs: (ms: number) => void; isDisabled?: boolean }

/** A span of time as a number and its unit; nothing that is no number leaves it. */
export function SpanFields({ label, ms, onMs, isDisabled = false }: Props) {
  const { t } = useTranslation('routing')
  const [unit, setUnit] = useState(() => unitOf(ms))
  const [typed, setTyped] = useState(() => String(ms / units[unitOf(ms)]))

  function change(text: string, in_: Unit) {
    setTyped(text)
    setUnit(in_)
    const amount = Number(text)
    onMs(text.trim() !== '' && Number.isFinite(amount) ? Math.round(amount * units[in_]) : 0)
  }

  return (
    <>
      <TextInput
        aria-label={label}
        inputMode="decimal"
        value={typed}
        disabled={isDisabled}
        onChange={(event) => change(event.currentTarget.value, unit)}
      />
      <Select
        aria-label={`${label}: ${t('unit.of')}`}
        data={(Object.keys(units) as Unit[]).map((value) => ({ value, label: t(`unit.${value}`) }))}
        value={unit}
        allowDeselect={false}
        disabled={isDisabled}
        onChange={(value) => value && change(typed, value as Unit)}
      />
    </>
  )
}
