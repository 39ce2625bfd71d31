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
  /** Somebody who speaks it has read all of it. */
  isChecked: boolean
}

/** A further language is a folder beside `en`, a file for each namespace, and a line here. */
export const locales = {
  en: { name: 'English', dir: 'ltr', isChecked: true },
  ru: { name: 'Русский', dir: 'ltr', isChecked: false },
  kk: { name: 'Қазақша', dir: 'ltr', isChecked: false },
  ar: { name: 'العربية', dir: 'rtl', isChecked: false },
} as const satisfies Record<string, LocaleEntry>

export type Locale = keyof typeof locales

export const fallbackLocale = 'en' satisfies Locale

/** What each page needs comes with the program, the rest with the page. */
const english: Record<Namespace, () => Promise<Words>> = {
  ui: async () => ui,
  shell: async () => shell,
  team: async () => (await import('./en/team.ts')).team,
  queue: async () => (await import('./en/queue.ts')).queue,
  review: async () => (await import('./en/review.ts')).review,
  bulk: async () => (await import('./en/bulk.ts')).bulk,
  audit: async () => (await import('./en/audit.ts')).audit,
  list: async () => (await import('./en/list.ts')).list,
  decisions: async () => (await import('./en/decisions.ts')).decisions,
  messages: async () => (await import('./en/messages.ts')).messages,
  appeals: async () => (await import('./en/appeals.ts')).appeals,
  accounts: async () => (await import('./en/accounts.ts')).accounts,
  reporters: async () => (await import('./en/reporters.ts')).reporters,
  delivery: async () => (await import('./en/delivery.ts')).delivery,
  people: async () => (await import('./en/people.ts')).people,
  intake: async () => (await import('./en/intake.ts')).intake,
  palette: async () => (await import('./en/palette.ts')).palette,
  caption: async () => (await import('./en/caption.ts')).caption,
  safety: async () => (await import('./en/safety.ts')).safety,
  preferences: async () => (await import('./en/preferences.ts')).preferences,
  wellbeing: async () => (await import('./en/wellbeing.ts')).wellbeing,
  reports: async () => (await import('./en/reports.ts')).reports,
  board: async () => (await import('./en/board.ts')).board,
  judging: async () => (await import('./en/judging.ts')).judging,
  leases: async () => (await import('./en/leases.ts')).leases,
  turns: async () => (await import('./en/turns.ts')).turns,
  flow: async () => (await import('./en/flow.ts')).flow,
  inbox: async () => (await import('./en/inbox.ts')).inbox,
  reasons: async () => (await import('./en/reasons.ts')).reasons,
  notes: async () => (await import('./en/notes.ts')).notes,
  exports: async () => (await import('./en/exports.ts')).exports,
  routing: async () => (await import('./en/routing.ts')).routing,
  glossary: async () => (await import('./en/glossary.ts')).glossary,
  terms: async () => (await import('./en/terms.ts')).terms,
  policies: async () => (await import('./en/policies.ts')).policies,
  drafts: async () => (await import('./en/drafts.ts')).drafts,
  rereview: async () => (await import('./en/rereview.ts')).rereview,
}

const others = import.meta.glob<Record<string, Words>>('./{ru,kk,ar}/*.ts')

/** The words of a namespace; of a language that does not have it yet, none: English takes their place. */
export async function wordsOf(locale: Locale, namespace: Namespace): Promise<Words> {
  if (locale === 'en') return english[namespace]()
  const file = await others[`./${locale}/${namespace}.ts`]?.()
  return file?.[namespace] ?? {}
}

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
