import type { TermContent, TermDetail, TermForm } from '#shared/contract/glossary.ts'

/** A term while it is written. Rows carry a key of their own, since two may say the same for a moment. */
export type Draft = {
  headword: string
  language: string
  clause: string | null
  forms: (TermForm & { key: string })[]
  senses: { key: string; meaning: string; isCoded: boolean; examples: string }[]
  sources: { key: string; citation: string; url: string }[]
  change: string
}

export const newKey = () => crypto.randomUUID()

export const blankForm = (language: string) => ({ key: newKey(), text: '', language, endings: 'noun' as const })
export const blankSense = (isCoded: boolean) => ({ key: newKey(), meaning: '', isCoded, examples: '' })
export const blankSource = () => ({ key: newKey(), citation: '', url: '' })

export function draftOf(term: TermDetail | null): Draft {
  if (!term) {
    const blank = { headword: '', language: 'ru', clause: null, change: '', sources: [] }
    return { ...blank, forms: [blankForm('ru')], senses: [blankSense(true), blankSense(false)] }
  }
  const { headword, language, clause, forms, senses, sources } = term
  return {
    headword,
    language,
    clause,
    change: '',
    forms: forms.map((form) => ({ ...form, key: newKey() })),
    senses: senses.map((sense) => ({ ...sense, key: newKey(), examples: sense.examples.join('\n') })),
    sources: sources.map(({ citation, url }) => ({ key: newKey(), citation, url: url ?? '' })),
  }
}

/** What is empty is left out. */
export function toContent({ headword, language, clause, forms, senses, sources }: Draft): TermContent {
  return {
    headword,
    language,
    clause,
    forms: forms.flatMap(({ key: _, ...form }) => (form.text.trim() ? [form] : [])),
    senses: senses.flatMap(({ meaning, isCoded, examples }) =>
      meaning.trim() ? [{ meaning, isCoded, examples: examples.split('\n').flatMap((line) => line.trim() || []) }] : [],
    ),
    sources: sources.flatMap(({ citation, url }) => (citation.trim() ? [{ citation, url: url.trim() || null }] : [])),
  }
}
