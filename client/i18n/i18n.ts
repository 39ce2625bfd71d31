import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from './en/catalogue.ts'
import { fallbackLocale, type Locale, locales, type Namespace, pickLocale } from './locales.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: typeof en
    keySeparator: false
    returnNull: false
  }
}

const everywhere = ['ui', 'shell'] as const satisfies Namespace[]

let running: { instance: i18n; locale: Locale } | undefined

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
  running = { instance, locale }
  await loadWords(...everywhere)
  applyToPage(locale)
  return instance
}

/** The words of a page, loaded beside it. A page without its words is not shown: what cannot be loaded throws. */
export async function loadWords(...namespaces: Namespace[]) {
  const { instance, locale } = running!
  const missing = new Set([locale, fallbackLocale])
    .values()
    .flatMap((each) => namespaces.map((namespace) => ({ each, namespace })))
    .filter(({ each, namespace }) => !instance.hasResourceBundle(each, namespace))
  await Promise.all(
    missing.map(async ({ each, namespace }) => {
      instance.addResourceBundle(each, namespace, await locales[each].words[namespace]())
    }),
  )
}
