import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterChip } from '#client/ui/FilterChip.tsx'
import { useFormat } from '#client/ui/format.ts'
import { MomentFields } from '#client/ui/MomentFields.tsx'
import type { AuditSearch } from './audit.search.ts'

type Range = Pick<AuditSearch, 'from' | 'to'>
type Props = Range & { onChange: (range: Range) => void }

/** From when to when, in the organisation's time zone as the log is told. */
export function RangeChip({ from, to, onChange }: Props) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const say = (at: string) => format.date(at, 'short', 'house')

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
        <MomentFields
          name={t('range.name')}
          zone="house"
          {...(from && { from })}
          {...(to && { to })}
          onChange={onChange}
          onDone={() => setOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
