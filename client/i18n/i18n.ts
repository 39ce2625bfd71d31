import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en/catalogue.ts'
import { fallbackLocale, type Locale, locales, pickLocale } from './locales.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: typeof en
    keySeparator: false
    returnNull: false
  }
}

/** Language and direction stand on `<html>`: stylesheets, hyphenation and screen readers go by them. */
function applyToPage(locale: Locale) {
  document.documentElement.lang = locale
  document.documentElement.dir = locales[locale].dir
}

export async function createI18n(locale: Locale = pickLocale(navigator.languages)): Promise<i18n> {
  const instance = createInstance()
  await instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: fallbackLocale,
    ns: Object.keys(en),
    defaultNS: 'ui',
    resources: Object.fromEntries([
      [fallbackLocale, en],
      [locale, await locales[locale].load()],
    ]),
    keySeparator: false,
    // React escapes what it renders; a second time would show entities.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  applyToPage(locale)
  return instance
}
