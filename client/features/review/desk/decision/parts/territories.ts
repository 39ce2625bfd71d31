import { useTranslation } from 'react-i18next'
import { formatRegion } from '#client/ui/format.ts'

/** What the menu offers: groups and the countries that its platforms are most asked about. Empty is everywhere. */
const offered = [[], ['EU'], ['EEA'], ['EEA', 'KZ'], ['KZ'], ['DE'], ['FR']] as const

/** Territories as menu entries and in words; a territory's value is its codes. */
export function useTerritories() {
  const { t, i18n } = useTranslation('review')
  const language = i18n.resolvedLanguage ?? 'en'
  const wordOf = (code: string) => (code === 'EU' || code === 'EEA' ? code : formatRegion(language, code))
  const nameOf = (codes: readonly string[]) =>
    codes.length === 0 ? t('territory.everywhere') : codes.map(wordOf).join(' + ')
  return {
    choices: offered.map((codes) => ({ value: codes.join(' '), label: nameOf(codes) })),
    valueOf: (codes: readonly string[]) => codes.join(' '),
    codesOf: (value: string) => value.split(' ').filter((code) => code !== ''),
    nameOf,
  }
}
