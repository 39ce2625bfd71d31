import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { Place } from './charts/mark.ts'
import type { Period } from './range.ts'

/** How tall charts are, and how many labels find room under them. */
export function useRoom() {
  const isLarge = useMediaQuery('(min-width: 1600px)', false, { getInitialValueInEffect: false })
  const isSmall = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  return { height: isLarge ? 300 : 172, mostLabels: isSmall ? 4 : 6 }
}

/** Days by name, whatever the reader's zone: a day of the calendar begins nowhere in particular. */
export function usePlaces() {
  const { t, i18n } = useTranslation('reports')
  const format = useFormat()
  /** Where the month says itself at the end. Kazakh puts it before the day. */
  const isInOneMonth = ({ from, to }: Period) => from.slice(0, 7) === to.slice(0, 7) && i18n.resolvedLanguage !== 'kk'
  const at = (day: string) => `${day}T12:00:00Z`
  const placeOf = ({ from, to }: Period): Place => ({
    axis: format.date(at(from), 'day', 'utc'),
    name:
      from === to
        ? format.date(at(from), 'date', 'utc')
        : t('fromTo', {
            from: isInOneMonth({ from, to }) ? String(Number(from.slice(8))) : format.date(at(from), 'day', 'utc'),
            to: format.date(at(to), 'date', 'utc'),
          }),
  })
  return placeOf
}
