import type { Severity } from './words.ts'

type Content = {
  shortName: string
  label: string
  description: string
  signs: readonly string[]
  notThis: readonly string[]
  questions: readonly string[]
  usualMeasures: readonly string[]
  severity: Severity
  examples: readonly { text: string; falls: boolean; why: string }[]
  requiredFields: readonly string[]
  exemptions: readonly string[] | null
  alert: string | null
  ground: { tco: string | null; dsaCategory: string | null; dsaKeywords: readonly string[] }
}
export type PolicyKind = 'clause' | 'exemption'

/** What tags and lists have room for. */
export const longestShortName = 16

export const policyFaults = [
  'change_missing',
  'short_name_missing',
  'short_name_long',
  'label_missing',
  'description_missing',
  'signs_missing',
  'questions_missing',
  'usual_missing',
  'nothing_changed',
] as const
export type PolicyFault = { path: string; code: (typeof policyFaults)[number] }

const isBlank = (text: string) => text.trim() === ''
const isEmpty = (lines: readonly string[]) => lines.every(isBlank)

/**
 * What a draft lacks before somebody else may be asked to read it; empty when nothing. The editor says so by it and the
 * server refuses by it.
 *
 * @param base what is in force, or null for a new clause
 */
export function faultsOfPolicy<C extends Content>(
  { content, change }: { content: C; change: string },
  kind: PolicyKind,
  base: C | null,
): PolicyFault[] {
  const faults: PolicyFault[] = []
  const name = content.shortName.trim()
  const check = (isWrong: boolean, path: string, code: PolicyFault['code']) => {
    if (isWrong) faults.push({ path, code })
  }
  check(name === '', 'content.shortName', 'short_name_missing')
  check(name.length > longestShortName, 'content.shortName', 'short_name_long')
  check(isBlank(content.label), 'content.label', 'label_missing')
  check(isBlank(content.description), 'content.description', 'description_missing')
  check(kind === 'clause' && isEmpty(content.signs), 'content.signs', 'signs_missing')
  check(kind === 'exemption' && isEmpty(content.questions), 'content.questions', 'questions_missing')
  check(isEmpty(content.usualMeasures), 'content.usualMeasures', 'usual_missing')
  check(isBlank(change), 'change', 'change_missing')
  check(base !== null && fieldsThatDiffer(content, base).length === 0, 'content', 'nothing_changed')
  return faults
}

const trimmed = (lines: readonly string[]) => lines.map((line) => line.trim()).filter(Boolean)

/** Without the blanks that writing leaves behind. */
export function tidyPolicy<C extends Content>(content: C): C {
  return {
    ...content,
    shortName: content.shortName.trim(),
    label: content.label.trim(),
    description: content.description.trim(),
    signs: trimmed(content.signs),
    notThis: trimmed(content.notThis),
    questions: trimmed(content.questions),
    usualMeasures: trimmed(content.usualMeasures),
    examples: content.examples
      .map((each) => ({ ...each, text: each.text.trim(), why: each.why.trim() }))
      .filter(({ text }) => text !== ''),
    requiredFields: [...new Set(content.requiredFields)].sort(),
    exemptions: content.exemptions && [...new Set(content.exemptions)].sort(),
    alert: content.alert?.trim() || null,
    ground: {
      tco: content.ground.tco?.trim() || null,
      dsaCategory: content.ground.dsaCategory?.trim() || null,
      dsaKeywords: trimmed(content.ground.dsaKeywords),
    },
  }
}

/** Names of the parts in which two wordings differ, blanks aside. */
export function fieldsThatDiffer<C extends Content>(a: C, b: C): (keyof C & string)[] {
  const [left, right] = [tidyPolicy(a), tidyPolicy(b)]
  return (Object.keys(left) as (keyof C & string)[]).filter((name) => canonical(left[name]) !== canonical(right[name]))
}

/** The same text for the same value, in whatever order its parts were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
