/** What stands in braces in a canned reason, `{handle}`, and is filled in where it is used. */
export const placeholders = ['handle', 'reference', 'clause', 'platform'] as const
export type Placeholder = (typeof placeholders)[number]

const braced = /\{([^{}]*)\}/g

/** Names in braces that nothing is known of. */
export function unknownPlaceholders(text: string): string[] {
  const found = [...text.matchAll(braced)].map((match) => match[1] ?? '')
  return [...new Set(found.filter((name) => !(placeholders as readonly string[]).includes(name)))]
}

/** What is not known of the review at hand stays in its braces, for the person to fill in. */
export function fillReason(text: string, facts: Partial<Record<Placeholder, string | null>>): string {
  return text.replace(braced, (whole, name: Placeholder) => facts[name] || whole)
}

/** The words for a reader: in the first of these languages that there are any in, or else in any. */
export function wordsFor(texts: Readonly<Record<string, string>>, languages: readonly string[]): string {
  const wanted = languages.map((tag) => tag.toLowerCase().split('-')[0]!)
  const language = [...wanted, 'en'].find((each) => texts[each])
  return (language && texts[language]) || Object.values(texts)[0] || ''
}
