import type { NewTranslation } from '#server/features/translation/translation.queries.ts'
import type { FlagInput } from '#shared/contract/flags.ts'

/** What senders translated already, of the texts that they sent with it. */
export function sentTranslations(flags: readonly FlagInput[], now: Date): NewTranslation[] {
  return flags.flatMap(({ post, source }) =>
    (post?.translations ?? []).flatMap(({ of, language, text, translator = source.name, isMachine }) => {
      const original = originalOf(post!, of)
      if (!original) return []
      return [{ original, language, text, translator, is_machine: isMachine, made_at: now, made_by: null }]
    }),
  )
}

type Post = NonNullable<FlagInput['post']>
type Place = NonNullable<Post['translations']>[number]['of']

function originalOf({ caption, media, context }: Post, of: Place = { part: 'caption', index: 0 }) {
  if (of.part === 'media') return media[of.index]?.caption
  return of.part === 'context' ? context[of.index]?.text : caption
}
