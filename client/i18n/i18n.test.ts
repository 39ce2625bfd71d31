import { expect, it } from 'vitest'
import { en } from './en/catalogue.ts'
import { createI18n, loadWords } from './i18n.ts'
import { pickLocale } from './locales.ts'

it('takes the first language it has, and English otherwise', () => {
  expect(pickLocale(['en-US'])).toBe('en')
  expect(pickLocale(['xx', 'en'])).toBe('en')
  expect(pickLocale([])).toBe('en')
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
