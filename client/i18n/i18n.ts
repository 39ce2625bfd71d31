import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from './en/catalogue.ts'
import { fallbackLocale, type Locale, locales, type Namespace, pickLocale, wordsOf } from './locales.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: typeof en
    keySeparator: false
    returnNull: false
  }
}

const everywhere = ['ui', 'shell'] as const satisfies Namespace[]

type Running = {
  instance: i18n
  /** Spoken from now on; its words may be on their way. */
  locale: Locale
  /** What pages asked for so far. A change of language brings all of it. */
  asked: Set<Namespace>
}

let running: Running | undefined

/** Language and direction stand on `<html>`: stylesheets, hyphenation and screen readers go by them. */
function applyToPage(locale: Locale) {
  document.documentElement.lang = locale
  document.documentElement.dir = locales[locale].dir
}

/** Makes the words of the app ready, those that every page needs; `loadWords` brings the others. */
export async function createI18n(locale: Locale = pickLocale(navigator.languages)): Promise<i18n> {
  const instance = createInstance()
  await instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: fallbackLocale,
    defaultNS: 'ui',
    resources: {},
    keySeparator: false,
    // React escapes what it renders; a second time would show entities.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  running = { instance, locale, asked: new Set() }
  await loadWords(...everywhere)
  // Only now does the instance find words of this language, and holds it for the one that is spoken.
  await instance.changeLanguage(locale)
  applyToPage(locale)
  return instance
}

/** The words of a page, loaded beside it. A page without its words is not shown: what cannot be loaded throws. */
export async function loadWords(...namespaces: Namespace[]) {
  const { instance, asked } = running!
  for (const namespace of namespaces) asked.add(namespace)
  // Somebody may choose another language meanwhile.
  for (let locale: Locale | null = null; locale !== running!.locale; ) {
    locale = running!.locale
    await bring(instance, locale, namespaces)
  }
}

async function bring(instance: i18n, locale: Locale, namespaces: Iterable<Namespace>) {
  const missing = [...new Set<Locale>([locale, fallbackLocale])]
    .flatMap((each) => [...namespaces].map((namespace) => ({ each, namespace })))
    .filter(({ each, namespace }) => !instance.hasResourceBundle(each, namespace))
  await Promise.all(
    missing.map(async ({ each, namespace }) => {
      instance.addResourceBundle(each, namespace, await wordsOf(each, namespace))
    }),
  )
}

/**
 * Goes over to what a person chose, null for what the browser asks for: first the words of all that was shown, then the
 * language, so that no page speaks two at once. Words that do not come leave the language as it was, and throw.
 */
export async function speak(chosen: Locale | null) {
  const { instance, locale: before, asked } = running!
  const locale = chosen ?? pickLocale(navigator.languages)
  if (locale === before) return
  running!.locale = locale
  try {
    await bring(instance, locale, asked)
  } catch (err) {
    if (running!.locale === locale) running!.locale = before
    throw err
  }
  // The last choice holds, whichever words come first.
  if (running!.locale !== locale) return
  await instance.changeLanguage(locale)
  applyToPage(locale)
}
