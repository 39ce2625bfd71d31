import { en } from './en/catalogue.ts'

/** What a further language must bring: every namespace. Plural forms may be more than English has (_few, _many, …). */
export type Catalogue = Record<keyof typeof en, Record<string, string>>

type LocaleEntry = {
  /** In its own words, for the person who looks for it. */
  name: string
  dir: 'ltr' | 'rtl'
  load: () => Promise<Catalogue>
}

/** To add Russian: `ru: { name: 'Русский', dir: 'ltr', load: async () => (await import('./ru/catalogue.ts')).ru }`. */
export const locales = {
  en: { name: 'English', dir: 'ltr', load: async () => en },
} as const satisfies Record<string, LocaleEntry>

export type Locale = keyof typeof locales

export const fallbackLocale: Locale = 'en'

/** The best of what we have for what the browser asks for, in its order. */
export function pickLocale(wanted: readonly string[]): Locale {
  const known = Object.keys(locales) as Locale[]
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    const found = known.find((locale) => locale === language)
    if (found) return found
  }
  return fallbackLocale
}
