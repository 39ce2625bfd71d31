import { describe, expect, it } from 'vitest'
import { en } from './en/catalogue.ts'
import { type Locale, locales, type Namespace, wordsOf } from './locales.ts'

type Words = Record<string, string>

const namespaces = Object.keys(en) as Namespace[]
const translated = (Object.keys(locales) as Locale[]).filter((locale) => locale !== 'en')
const files = Object.keys(import.meta.glob('./*/*.ts'))

const catalogue = async (locale: Locale) =>
  Object.fromEntries(await Promise.all(namespaces.map(async (name) => [name, await wordsOf(locale, name)] as const)))

const plural = /_(zero|one|two|few|many|other)$/
const formsOf = (locale: Locale) => new Intl.PluralRules(locale).resolvedOptions().pluralCategories
const placeholders = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!))

/** The English texts of each key that another language has: one, or both forms of a plural. */
function sourcesIn(locale: Locale, words: Words) {
  return Object.keys(words).flatMap((key): { key: string; texts: string[] }[] => {
    const [one, other] = [key.replace(plural, '_one'), key.replace(plural, '_other')]
    if (!plural.test(key) || !(one in words && other in words)) return [{ key, texts: [words[key]!] }]
    const texts = [words[one]!, words[other]!]
    return key === one ? formsOf(locale).map((form) => ({ key: key.replace(plural, `_${form}`), texts })) : []
  })
}

/** Names, codes and signs, which are the same in every language. */
const alike = new Set(['Docket', 'SHA-256', 'n <', 'ID', 'URL', 'UTC', 'ru, kk, ar…'])
const isAlike = (text: string) => {
  const said = text
    .replace(/\{\{\w+\}\}/g, '')
    .replace(/[\d,.:()%+–]/g, '')
    .trim()
  return alike.has(said) || alike.has(text) || !/\p{L}{2,}/u.test(said)
}

async function compare(locale: Locale) {
  const words = await catalogue(locale)
  return namespaces.flatMap((namespace) =>
    sourcesIn(locale, en[namespace]).map(({ key, texts }) => ({
      name: `${locale}/${namespace}.ts ${key}`,
      texts,
      source: texts.at(-1)!,
      text: words[namespace]?.[key],
    })),
  )
}

describe.each(translated)('%s', (locale) => {
  it('has every word of English in all its own forms', async () => {
    const missing = (await compare(locale)).filter(({ text }) => text === undefined)
    expect(missing.map(({ name, source }) => `${name}: '${source}'`)).toEqual([])
  })

  it('has no word that English has not', async () => {
    const words = await catalogue(locale)
    const left = namespaces.flatMap((namespace) => {
      const wanted = new Set(sourcesIn(locale, en[namespace]).map(({ key }) => key))
      return Object.keys(words[namespace]!)
        .filter((key) => !wanted.has(key))
        .map((key) => `${locale}/${namespace}.ts ${key}`)
    })
    const strays = files.filter(
      (path) => path.startsWith(`./${locale}/`) && !namespaces.some((name) => path.endsWith(`/${name}.ts`)),
    )
    expect([...left, ...strays]).toEqual([])
  })

  it('fills in what English fills in', async () => {
    const wrong = (await compare(locale)).filter(({ texts, text }) => {
      if (text === undefined) return false
      const given = placeholders(text)
      const known = placeholders(texts.join())
      // A plural may do without the figure in some of its forms.
      const wanted = texts.length > 1 ? [] : [...known]
      return [...given].some((each) => !known.has(each)) || wanted.some((each) => !given.has(each))
    })
    expect(wrong.map(({ name, source, text }) => `${name}: '${source}' → '${text}'`)).toEqual([])
  })

  it('says each thing in its own words', async () => {
    const script = { en: /[a-z]/, ru: /\p{Script=Cyrillic}/u, kk: /\p{Script=Cyrillic}/u, ar: /\p{Script=Arabic}/u }[
      locale
    ]
    const foreign = (await compare(locale)).filter(
      ({ source, text }) => text !== undefined && !isAlike(source) && !isAlike(text) && !script.test(text),
    )
    expect(foreign.map(({ name, text }) => `${name}: '${text}'`)).toEqual([])
  })

  it('writes each word in one alphabet', async () => {
    const mixed = /\p{Script=Cyrillic}[a-z]|[a-z]\p{Script=Cyrillic}|\p{Script=Arabic}\p{Script=Cyrillic}/iu
    const odd = (await compare(locale)).filter(({ text }) => text !== undefined && mixed.test(text))
    expect(odd.map(({ name, text }) => `${name}: '${text}'`)).toEqual([])
  })

  it('speaks as the house speaks', async () => {
    const loud = (await compare(locale)).filter(
      ({ text }) =>
        text !== undefined &&
        (/[!¡]|пожалуйста|успешно|өтінеміз|сәтті|يرجى|الرجاء|بنجاح/i.test(text) || text.trim() === ''),
    )
    expect(loud.map(({ name, text }) => `${name}: '${text}'`)).toEqual([])
  })

  it('keeps what is pressed short', async () => {
    const long = (await compare(locale)).filter(
      ({ name, source, text }) =>
        text !== undefined &&
        /review\.ts (decide\.(post|account)\.|legend\.)/.test(name) &&
        text.length > Math.max(12, source.length * 1.4),
    )
    expect(long.map(({ name, source, text }) => `${name}: '${source}' → '${text}'`)).toEqual([])
  })
})
