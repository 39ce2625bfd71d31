import { z } from 'zod'
import type { AccountMeasure, PostMeasure } from './outcomes.ts'

/** When a message is sent: with a decision, or with the answer to an appeal. */
export const Occasion = z.enum(['decision', 'upheld', 'reversed', 'changed'])
export type Occasion = z.infer<typeof Occasion>

/** What stands in double braces and is known of every decision: `{{account}}`. */
export const facts = ['account', 'platform', 'reference', 'clause', 'measure', 'appealUntil'] as const
export type Fact = (typeof facts)[number]
/** What the person who decides writes in. */
export const freeFields = ['reason', 'quote'] as const
type FreeField = (typeof freeFields)[number]

const braced = /\{\{([^{}]*)\}\}/g
const names: readonly string[] = [...facts, ...freeFields]

/** What a text asks for, each once, in its order. */
function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(braced)].map((match) => (match[1] ?? '').trim()))]
}

export const unknownPlaceholders = (text: string) => placeholdersIn(text).filter((name) => !names.includes(name))

/** The free fields that a text asks for. */
export function freeFieldsIn(text: string): FreeField[] {
  const asked = placeholdersIn(text)
  return freeFields.filter((field) => asked.includes(field))
}

export type Values = Partial<Record<Fact | FreeField, string | null>>

/** What is asked for and has no value; a message with any of it is not sent. */
export function unfilledIn(text: string, values: Values): string[] {
  return placeholdersIn(text).filter((name) => !values[name as Fact]?.trim())
}

/** What has no value stays in its braces. */
export function fillMessage(text: string, values: Values): string {
  return text.replace(braced, (whole, name: string) => values[name.trim() as Fact]?.trim() || whole)
}

/** Languages whose readers mostly read another one that is likelier to be there. */
const near: Record<string, string> = { kk: 'ru', ky: 'ru', tg: 'ru', uz: 'ru', be: 'ru', uk: 'ru' }

/** The language that a person is written to: their own, one that is near to it, English, or else any that there is. */
export function languageFor(texts: Readonly<Record<string, string>>, wanted: string | null): string | null {
  const tag = wanted?.toLowerCase() ?? ''
  const base = tag.split('-')[0] ?? ''
  const chain = [tag, base, near[base], 'en'].filter((each): each is string => Boolean(each))
  return chain.find((each) => texts[each]) ?? Object.keys(texts)[0] ?? null
}

type Fitting = {
  occasion: Occasion
  policyId: string | null
  measure: string | null
  isWithdrawn: boolean
  name: string
}
type Case = { occasion: Occasion; policyId: string | null; measures: readonly { target: string; kind: string }[] }

/** The templates that fit a case, the ones made for just this clause and measure first. */
export function fittingTemplates<T extends Fitting>(templates: readonly T[], of: Case): T[] {
  const kinds = of.measures.map(({ target, kind }) => `${target}.${kind}`)
  const closeness = ({ policyId, measure }: T) => (policyId ? 2 : 0) + (measure ? 1 : 0)
  return templates
    .filter(({ occasion, policyId, measure, isWithdrawn }) => {
      const isOfCase = occasion === of.occasion && (policyId === null || policyId === of.policyId)
      return isOfCase && !isWithdrawn && (measure === null || kinds.includes(measure))
    })
    .toSorted((a, b) => closeness(b) - closeness(a) || (a.name < b.name ? -1 : 1))
}

type Kind = PostMeasure | AccountMeasure | 'none'
type Words = Record<Kind, string>

/** What was done, as it is told to the person; in English where a language has no words here. */
const measureWords: Record<string, Words> = {
  en: {
    none: 'no restriction',
    label: 'a label on your post',
    restrict: 'your post is shown to fewer people',
    remove: 'your post is removed',
    warn: 'a warning to your account',
    limit: 'your account is limited',
    block: 'your account is blocked',
    terminate: 'your account is closed',
  },
  ru: {
    none: 'без ограничений',
    label: 'на публикации поставлена пометка',
    restrict: 'показ публикации ограничен',
    remove: 'публикация удалена',
    warn: 'аккаунту вынесено предупреждение',
    limit: 'аккаунт ограничен',
    block: 'аккаунт заблокирован',
    terminate: 'аккаунт закрыт',
  },
  kk: {
    none: 'шектеусіз',
    label: 'жазбаға белгі қойылды',
    restrict: 'жазбаның көрсетілуі шектелді',
    remove: 'жазба жойылды',
    warn: 'аккаунтқа ескерту жасалды',
    limit: 'аккаунт шектелді',
    block: 'аккаунт бұғатталды',
    terminate: 'аккаунт жабылды',
  },
  ar: {
    none: 'بلا تقييد',
    label: 'وُضع وسم على منشورك',
    restrict: 'قُيّد ظهور منشورك',
    remove: 'أُزيل منشورك',
    warn: 'وُجّه تنبيه إلى حسابك',
    limit: 'قُيّد حسابك',
    block: 'حُظر حسابك',
    terminate: 'أُغلق حسابك',
  },
}

const joins: Record<string, string> = { ar: '، ' }

function measuresInWords(measures: readonly { kind: string }[], language: string): string {
  const base = language.split('-')[0]!
  const words = measureWords[base] ?? measureWords.en!
  const kinds = measures.length > 0 ? measures.map(({ kind }) => kind as Kind) : ['none' as const]
  return kinds.map((kind) => words[kind]).join(joins[base] ?? ', ')
}

/** A day in the reader's language and the organisation's zone. */
function dayInWords(day: Date, language: string, timeZone: string): string {
  const base = language.split('-')[0]!
  const tag = { en: 'en-GB', ru: 'ru', ar: 'ar-u-nu-latn-ca-gregory' }[base]
  const form = tag ? ({ dateStyle: 'long' } as const) : ({ day: '2-digit', month: '2-digit', year: 'numeric' } as const)
  // The Russian “г.” would end a sentence twice.
  return new Intl.DateTimeFormat(tag ?? 'de-DE', { ...form, timeZone }).format(day).replace(/\s*г\.$/, '')
}

type Told = {
  account: string
  platform: string
  reference: string
  clause: { code: string; label: string } | null
  measures: readonly { kind: string }[]
  appealUntil: Date
}

/** The facts of a decision as they stand in a message of this language. */
export function factsOf(of: Told, language: string, timeZone: string): Record<Fact, string> {
  const { account, platform, reference, clause, measures, appealUntil } = of
  return {
    account,
    platform,
    reference,
    clause: clause ? `${clause.code} ${clause.label}` : '',
    measure: measuresInWords(measures, language),
    appealUntil: dayInWords(appealUntil, language, timeZone),
  }
}
