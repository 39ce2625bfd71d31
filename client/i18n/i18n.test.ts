import { afterAll, expect, it, vi } from 'vitest'
import { en } from './en/catalogue.ts'
import { createI18n, loadWords, speak } from './i18n.ts'
import { pickLocale } from './locales.ts'

// There is one running instance, and it is the last one made here: the files after this one begin anew.
afterAll(() => void vi.resetModules())

it('takes the first language it has, and English otherwise', () => {
  expect(pickLocale(['en-US'])).toBe('en')
  expect(pickLocale(['xx', 'en'])).toBe('en')
  expect(pickLocale([])).toBe('en')
  expect(pickLocale(['de', 'kk-KZ', 'ru'])).toBe('kk')
})

it('sets language and direction on the page', async () => {
  await createI18n('en')
  expect(document.documentElement).toHaveAttribute('lang', 'en')
  expect(document.documentElement).toHaveAttribute('dir', 'ltr')
})

it('brings the words of a page when they are asked for', async () => {
  const i18n = await createI18n('en')
  expect(i18n.hasResourceBundle('en', 'policies')).toBe(false)
  await loadWords('policies')
  expect(i18n.getResourceBundle('en', 'policies')).toEqual(en.policies)
})

it('goes over to another language with the words of every page shown so far', async () => {
  const i18n = await createI18n('en')
  await loadWords('queue')
  await speak('ru')
  expect(i18n.t('queue:title')).toBe('Очередь')
  expect(document.documentElement).toHaveAttribute('lang', 'ru')
})

it('holds to the last of two choices, whichever words come first', async () => {
  const i18n = await createI18n('en')
  await Promise.all([speak('ar'), speak('kk')])
  expect(i18n.resolvedLanguage).toBe('kk')
  expect(document.documentElement).toHaveAttribute('dir', 'ltr')
})

it.each([
  ['ru', [1, 2, 5, 21], ['1 проверка', '2 проверки', '5 проверок', '21 проверка']],
  ['kk', [1, 2], ['1 тексеру', '2 тексеру']],
  ['ar', [0, 1, 2, 3, 11, 100], ['0 مراجعة', 'مراجعة واحدة', 'مراجعتان', '3 مراجعات', '11 مراجعة', '100 مراجعة']],
] as const)('counts as one counts in %s', async (locale, counts, texts) => {
  const i18n = await createI18n(locale)
  await loadWords('queue')
  expect(counts.map((count) => i18n.t('queue:facet.these', { count }))).toEqual(texts)
})

it('says in English what another language does not say yet', async () => {
  const i18n = await createI18n('kk')
  i18n.removeResourceBundle('kk', 'ui')
  expect(i18n.t('ui:status.active')).toBe('Active')
})

it('brings both forms of every plural', () => {
  const keys = Object.values(en).flatMap((messages) => Object.keys(messages))
  const singles = keys.filter((key) => key.endsWith('_one')).map((key) => key.replace(/_one$/, ''))
  expect(singles.filter((key) => !keys.includes(`${key}_other`))).toEqual([])
})

it('speaks as the house speaks', () => {
  const messages = Object.values(en).flatMap((each) => Object.entries<string>(each))
  const loud = messages.filter(([, text]) => /!|\bplease\b|successfully/i.test(text))
  expect(loud).toEqual([])
})
