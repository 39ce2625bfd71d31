import { Button, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterChip } from '#client/ui/FilterChip.tsx'
import { useFormat } from '#client/ui/format.ts'
import css from './audit.module.css'
import type { AuditSearch } from './audit.search.ts'

type Range = Pick<AuditSearch, 'from' | 'to'>
type Props = Range & { onChange: (range: Range) => void }

const hourMs = 3_600_000

/** From when to when, in UTC as the log is kept. */
export function RangeChip({ from, to, onChange }: Props) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const say = (at: string) => format.date(at, 'short', 'utc')

  function since(ms: number) {
    setOpen(false)
    onChange({ from: new Date(ms).toISOString() })
  }
  function summary() {
    if (from && to) return t('range.between', { from: say(from), to: say(to) })
    if (from) return t('range.since', { from: say(from) })
    return to ? t('range.until', { to: say(to) }) : t('range.any')
  }

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus hideDetached={false}>
      <Popover.Target>
        <FilterChip
          name={t('range.name')}
          value={summary()}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          onRemove={from || to ? () => onChange({}) : undefined}
        />
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('range.name')}>
        <div className={css.range}>
          <div className="row6 wrap">
            <Button onClick={() => since(Date.now() - hourMs)}>{t('range.hour')}</Button>
            <Button onClick={() => since(new Date().setUTCHours(0, 0, 0, 0))}>{t('range.today')}</Button>
            <Button onClick={() => since(Date.now() - 7 * 24 * hourMs)}>{t('range.week')}</Button>
          </div>
          <Moment label={t('range.from')} at={from} onChange={(at) => onChange(toRange(at, to))} />
          <Moment label={t('range.to')} at={to} onChange={(at) => onChange(toRange(from, at))} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

const toRange = (from: string | undefined, to: string | undefined): Range => ({
  ...(from && { from }),
  ...(to && { to }),
})

type MomentProps = { label: string; at: string | undefined; onChange: (at: string | undefined) => void }

/** The browser's own picker knows no zone: what it shows is read as UTC, as the label says. */
function Moment({ label, at, onChange }: MomentProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      defaultValue={at?.slice(0, 16) ?? ''}
      key={at}
      onChange={({ currentTarget: { value } }) => {
        if (value === '') onChange(undefined)
        else if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && value >= '2000') onChange(`${value}:00.000Z`)
      }}
    />
  )
}
