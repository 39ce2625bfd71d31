import { createContext, use, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { beside, kazakhDate, kazakhLanguage, kazakhRegion } from './kazakh.ts'

/** What `Intl` formats with: dates in British order for English, Latin digits for Arabic. */
export function intlTag(language: string) {
  if (language === 'en') return 'en-GB'
  return language.startsWith('ar') ? `${language}-u-nu-latn` : language
}

/** `house` is the organisation's own: what is told to others (the log, orders, reports) stands in it. */
export type Zone = 'viewer' | 'utc' | 'house'

/** The organisation's time zone, by its IANA name. */
export const HouseZone = createContext('UTC')
/** `full` 2 Jul 2026, 13:52 · `short` 2 Jul, 13:52 · `date` 2 Jul 2026 · `day` 2 Jul · `time` 13:52 · `seconds` 13:52:07 · `log` 10:24:07.412 */
export type DateForm = 'full' | 'short' | 'date' | 'day' | 'time' | 'seconds' | 'log'

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const forms: Record<DateForm, Intl.DateTimeFormatOptions> = {
  full: { day: 'numeric', month: 'short', year: 'numeric', ...clock },
  short: { day: 'numeric', month: 'short', ...clock },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  time: clock,
  seconds: { ...clock, second: '2-digit' },
  log: { ...clock, second: '2-digit', fractionalSecondDigits: 3 },
}

const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

/** @param zone `viewer`, or the IANA name of another zone than theirs */
export function formatDate(language: string, at: string | Date, form: DateForm = 'full', zone = 'viewer') {
  const key = `${language} ${form} ${zone}`
  const isKazakh = language === 'kk'
  const format =
    dates.get(key) ??
    new Intl.DateTimeFormat(isKazakh ? beside : intlTag(language), {
      ...forms[form],
      ...(isKazakh && forms[form].month && { month: 'numeric' }),
      ...(zone !== 'viewer' && { timeZone: zone }),
    })
  dates.set(key, format)
  const moment = typeof at === 'string' ? new Date(at) : at
  return isKazakh ? kazakhDate(format.formatToParts(moment)) : format.format(moment)
}

export function formatNumber(language: string, value: number) {
  const format = numbers.get(language) ?? new Intl.NumberFormat(language === 'kk' ? beside : intlTag(language))
  numbers.set(language, format)
  return format.format(value)
}

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const

/** A share as people write it, `97.8%`; nothing and all of it without a fraction. With `points`, the figure alone: `97.8`. */
export function formatShare(language: string, share: number, as: 'percent' | 'points' = 'percent') {
  const digits = as === 'percent' && (share === 0 || share === 1) ? {} : tenths
  const style = as === 'percent' ? ({ style: 'percent' } as const) : {}
  const format = new Intl.NumberFormat(language === 'kk' ? beside : intlTag(language), { ...style, ...digits })
  return format.format(as === 'percent' ? share : share * 100)
}

/** Name of a language in the reader's own, `ru` → Russian; the tag itself when nobody knows it. */
export function formatLanguage(language: string, code: string) {
  try {
    const own = language === 'kk' ? kazakhLanguage(code) : undefined
    return own ?? new Intl.DisplayNames(intlTag(language), { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** Name of a country in the reader's language; the code itself when nobody knows it. */
export function formatRegion(language: string, code: string) {
  const own = language === 'kk' ? kazakhRegion(code) : undefined
  const names = new Intl.DisplayNames(language === 'kk' ? beside : intlTag(language), { type: 'region' })
  return own ?? names.of(code) ?? code
}

/** Dates, figures and spans of time in the reader's language. */
export function useFormat() {
  const { t, i18n } = useTranslation('ui')
  const language = i18n.resolvedLanguage ?? 'en'
  const house = use(HouseZone)
  return useMemo(
    () => ({
      date: (at: string | Date, form?: DateForm, zone?: Zone) =>
        formatDate(language, at, form, zone === 'house' ? house : zone),
      /** Name of the organisation's zone, for what stands in it. */
      house,
      number: (value: number) => formatNumber(language, value),
      percent: (share: number) => formatShare(language, share),
      /** In percentage points, for differences and intervals. */
      points: (share: number) => formatShare(language, share, 'points'),
      /** “a, b and c” */
      list: (items: readonly string[]) => new Intl.ListFormat(intlTag(language), { type: 'conjunction' }).format(items),
      language: (code: string) => formatLanguage(language, code),
      /** A span in its largest unit, for ages: 38 min, 20 h, 3 d. */
      age: (ms: number) => {
        const minutes = Math.floor(ms / 60_000)
        if (minutes < 1) return t('time.seconds', { s: Math.floor(ms / 1_000) })
        if (minutes < 60) return t('time.minutes', { m: minutes })
        if (minutes < 1_440) return t('time.hoursOnly', { h: Math.floor(minutes / 60) })
        return t('time.daysOnly', { d: Math.floor(minutes / 1_440) })
      },
      /** A span in its two largest units: 38 min, 1 h 36, 3 d 4 h. Under a minute, in seconds. */
      span: (ms: number) => {
        const minutes = Math.floor(Math.abs(ms) / 60_000)
        if (minutes < 1) return t('time.seconds', { s: Math.floor(Math.abs(ms) / 1_000) })
        if (minutes < 60) return t('time.minutes', { m: minutes })
        if (minutes < 1_440)
          return t('time.hours', { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, '0') })
        const [d, h] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)]
        return h > 0 && d < 10 ? t('time.days', { d, h }) : t('time.daysOnly', { d })
      },
    }),
    [t, language, house],
  )
}
