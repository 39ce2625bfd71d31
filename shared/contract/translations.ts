import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Language } from './sent.ts'

/** Which of a post's texts: its caption, or the caption of a file, or a message it answered to, counted from 0. */
export const TextPlace = z.object({ part: z.enum(['caption', 'media', 'context']), index: z.number().int() })
export type TextPlace = z.infer<typeof TextPlace>

/** One text of a post in another language. Kept by the text, whatever post it stands in. */
export const Translation = z.object({
  id: z.uuid(),
  of: TextPlace,
  language: z.string(),
  text: z.string(),
  /** Who or what translated: the host of the translator, or the source that sent it. */
  translator: z.string(),
  isMachine: z.boolean(),
  madeAt: z.iso.datetime(),
})
export type Translation = z.infer<typeof Translation>

/** What there is for a post, and whether more could be had. */
export const Translations = z.object({
  /** The host that is asked when somebody wants a translation; null when none is configured. */
  translator: z.string().nullable(),
  /** The newest of each text in each language, one by a person before one by a machine. */
  items: z.array(Translation),
})
export type Translations = z.infer<typeof Translations>

/** A translation that was on the screen when somebody decided. */
export const SeenTranslation = z.object({
  id: z.uuid(),
  language: z.string(),
  translator: z.string(),
  isMachine: z.boolean(),
  /** SHA-256 of the original text, and of what it was turned into. */
  textSha256: z.string(),
  sha256: z.string(),
})
export type SeenTranslation = z.infer<typeof SeenTranslation>

export const translateReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/translations',
  summary: 'Have the texts of a post translated: those that were not yet are sent to the translator',
  permission: 'caption.translate',
  params: z.object({ reviewId: z.uuid().brand('ReviewId') }),
  body: z.object({ to: Language }),
  reply: Translations,
  errors: ['not_found', 'no_translator', 'must_stay_here', 'translator_failed'],
})
