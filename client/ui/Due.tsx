import { IconAlertTriangle, IconClockHour4 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import css from './badges.module.css'
import { clockText, useClock } from './clock.ts'
import { useFormat } from './format.ts'

export type DueTone = 'calm' | 'warn' | 'bad'

/** Warn under two hours, bad under half an hour and once it is over. */
export function dueTone(msLeft: number): DueTone {
  if (msLeft < 30 * 60_000) return 'bad'
  return msLeft < 120 * 60_000 ? 'warn' : 'calm'
}

/** Time left until `at` (ISO). Ticks by itself; the row around it is not drawn again. */
export function Due({ at }: { at: string }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const end = Date.parse(at)
  const tone = useClock((now) => dueTone(end - now))
  const isOver = useClock((now) => end < now)
  const text = useClock((now) => {
    const left = end - now
    if (left < 0) return t('time.over', { t: format.span(left) })
    return left < 30 * 60_000 ? clockText(Math.ceil(left / 1_000)) : format.span(left)
  })
  const Glyph = isOver ? IconAlertTriangle : IconClockHour4
  return (
    <time className={css.due} data-tone={tone} dateTime={at} title={format.date(at)}>
      {tone === 'calm' ? null : <Glyph size={13} stroke={2} aria-hidden />}
      <bdi>{text}</bdi>
    </time>
  )
}
