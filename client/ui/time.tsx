import { useTranslation } from 'react-i18next'
import { useClock } from './clock.ts'
import { type DateForm, useFormat, type Zone } from './format.ts'

/** A moment in the viewer's zone with UTC in the tooltip; what is told to others, such as the log, says `zone="house"`. */
export function DateTime({ at, form = 'full', zone = 'viewer' }: { at: string; form?: DateForm; zone?: Zone }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const isUtc = zone === 'utc' || (zone === 'house' && format.house === 'UTC')
  const title = isUtc ? format.date(at, 'full', 'utc') : t('time.utc', { t: format.date(at, 'full', 'utc') })
  return (
    <time className="num" dateTime={at} title={title}>
      {format.date(at, form, zone)}
    </time>
  )
}

/** How long ago, kept true. `as="age"` says “20 h old”, `as="plain"` only the span. */
export function Ago({ at, as = 'ago' }: { at: string; as?: 'ago' | 'age' | 'plain' }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const then = Date.parse(at)
  const span = useClock((now) => format.age(Math.max(0, now - then)))
  return (
    <time className="num" dateTime={at} title={format.date(at)}>
      {as === 'plain' ? span : t(as === 'age' ? 'time.old' : 'time.ago', { t: span })}
    </time>
  )
}
