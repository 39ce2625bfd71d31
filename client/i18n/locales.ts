import type { en } from './en/catalogue.ts'
import { shell } from './en/shell.ts'
import { ui } from './en/ui.ts'

export type Namespace = keyof typeof en

/** A language may have more plural forms than English has (_few, _many, …). */
type Words = Record<string, string>

type LocaleEntry = {
  /** In its own words, for the person who looks for it. */
  name: string
  dir: 'ltr' | 'rtl'
  /** Every namespace. What each page needs comes with the program, the rest with the page. */
  words: Record<Namespace, () => Promise<Words>>
}

/** A further language is a folder beside `en` and an entry here, all of whose words may come when asked for. */
export const locales = {
  en: {
    name: 'English',
    dir: 'ltr',
    words: {
      ui: async () => ui,
      shell: async () => shell,
      team: async () => (await import('./en/team.ts')).team,
      queue: async () => (await import('./en/queue.ts')).queue,
      review: async () => (await import('./en/review.ts')).review,
      audit: async () => (await import('./en/audit.ts')).audit,
      list: async () => (await import('./en/list.ts')).list,
      decisions: async () => (await import('./en/decisions.ts')).decisions,
      accounts: async () => (await import('./en/accounts.ts')).accounts,
      reporters: async () => (await import('./en/reporters.ts')).reporters,
      delivery: async () => (await import('./en/delivery.ts')).delivery,
      people: async () => (await import('./en/people.ts')).people,
      intake: async () => (await import('./en/intake.ts')).intake,
      safety: async () => (await import('./en/safety.ts')).safety,
      preferences: async () => (await import('./en/preferences.ts')).preferences,
      policies: async () => (await import('./en/policies.ts')).policies,
    },
  },
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
