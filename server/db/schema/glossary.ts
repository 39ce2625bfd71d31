import type { Generated, JSONColumnType } from 'kysely'
import type { Sense, TermForm, TermSource } from '#shared/contract/glossary.ts'

/** What is in force: one of the versions. */
export type TermTable = {
  id: string
  version: number
  /** Folded, once for each language among those in force. */
  folded: string
  language: string
  is_retired: Generated<boolean>
  added_by: string | null
  added_at: Date
}

/** How a term read, and from when. Append-only. */
export type TermVersionTable = {
  term_id: string
  version: number
  headword: string
  language: string
  policy_id: string | null
  forms: JSONColumnType<TermForm[]>
  senses: JSONColumnType<Sense[]>
  sources: JSONColumnType<TermSource[]>
  is_retired: boolean
  change: string | null
  written_by: string | null
  written_at: Date
}
