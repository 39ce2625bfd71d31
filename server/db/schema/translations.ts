/** A text in another language. Never changed: a decision may have been taken on it. */
export type TranslationTable = {
  id: string
  /** Of the original text. */
  text_sha256: string
  /** BCP 47, of the translation. */
  language: string
  text: string
  /** Of the translation. */
  sha256: string
  translator: string
  is_machine: boolean
  made_at: Date
  /** Who asked for it; null when it came with a flag. */
  made_by: string | null
}
