import { ActionIcon, Popover, SegmentedControl } from '@mantine/core'
import { DatePicker, DatesProvider } from '@mantine/dates'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import 'dayjs/locale/ar'
import 'dayjs/locale/kk'
import 'dayjs/locale/ru'
import '@mantine/dates/styles.layer.css'
import { addDays, daysIn, mostDays, type Period, type Preset, periodOf, presets, shapeOf, step } from './range.ts'
import css from './reports.module.css'
import { usePlaces } from './use-axis.ts'

type Props = {
  period: Period
  preset: Preset | null
  today: string
  /** Of the organisation: its days are meant. */
  zone: string
  onPreset: (preset: Preset) => void
  onPeriod: (period: Period) => void
}

/** From which day to which: a preset, a step to the one before or after, or days of one's own. */
export function PeriodChoice({ period, preset, today, zone, onPreset, onPeriod }: Props) {
  const { t, i18n } = useTranslation('reports')
  const next = step(period, 1)
  const shape = shapeOf(period)
  const chosen = preset ?? presets.find((each) => isSame(periodOf(each, today), period)) ?? shape ?? 'own'
  const monthOf = (shape === 'month' ? period : periodOf('month', today)).from
  return (
    <>
      <SegmentedControl
        aria-label={t('period')}
        value={chosen}
        onChange={(value) => onPreset(value as Preset)}
        data={presets.map((value) => ({
          value,
          label:
            value === 'month'
              ? dayjs(monthOf)
                  .locale(i18n.resolvedLanguage ?? 'en')
                  .format('MMMM')
              : t(`preset.${value}`),
        }))}
      />
      <span className="row4">
        <ActionIcon aria-label={t('earlier')} title={t('earlier')} onClick={() => onPeriod(step(period, -1))}>
          <IconChevronLeft size={16} className="flip" aria-hidden />
        </ActionIcon>
        <Days period={period} today={today} zone={zone} onPeriod={onPeriod} />
        <ActionIcon
          aria-label={t('later')}
          title={t('later')}
          disabled={next.from > today}
          onClick={() => onPeriod(next)}
        >
          <IconChevronRight size={16} className="flip" aria-hidden />
        </ActionIcon>
      </span>
    </>
  )
}

const isSame = (a: Period, b: Period) => a.from === b.from && a.to === b.to

function Days({ period, today, zone, onPeriod }: Pick<Props, 'period' | 'today' | 'zone' | 'onPeriod'>) {
  const { t, i18n } = useTranslation('reports')
  const placeOf = usePlaces()
  const isSmall = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  const [isOpen, setOpen] = useState(false)
  /** The first day until there is a second. */
  const [draft, setDraft] = useState<[string | null, string | null]>([period.from, period.to])
  const language = i18n.resolvedLanguage ?? 'en'
  function choose([from, to]: [string | null, string | null]) {
    setDraft([from, to])
    if (!from || !to) return
    const last = daysIn({ from, to }) > mostDays ? addDays(from, mostDays - 1) : to
    onPeriod({ from, to: last })
    setOpen(false)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      trapFocus
      returnFocus
      hideDetached={false}
      width="auto"
    >
      <Popover.Target>
        <button
          type="button"
          className={css.chip}
          aria-expanded={isOpen}
          onClick={() => {
            setDraft([period.from, period.to])
            setOpen(!isOpen)
          }}
        >
          <IconCalendar size={13} aria-hidden />
          <b>{placeOf(period).name}</b>
          <span className="onlyX">{zone}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('ownDays')}>
        <DatesProvider settings={{ locale: language, firstDayOfWeek: language === 'ar' ? 6 : 1, weekendDays: [] }}>
          <DatePicker
            className={css.days}
            type="range"
            allowSingleDateInRange
            numberOfColumns={isSmall ? 1 : 2}
            value={draft}
            onChange={(value) => choose(value as [string | null, string | null])}
            defaultDate={addMonthsBefore(period.to, isSmall)}
            maxDate={today}
            ariaLabels={{ nextMonth: t('nextMonth'), previousMonth: t('previousMonth') }}
          />
        </DatesProvider>
        <p className={`xs t3 ${css.zone}`}>{t('daysIn', { zone })}</p>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Of two months the second is the one that is meant. */
const addMonthsBefore = (day: string, isAlone: boolean) => (isAlone ? day : addDays(`${day.slice(0, 8)}01`, -1))
