import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useOrganisation } from '#client/api/preferences.ts'
import { useMay } from '#client/api/session.ts'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import { type TextPlace, type Translation, translateReview } from '#shared/contract/translations.ts'
import { reviewQuery } from '../../../review.queries.ts'
import { type Mode, rememberSeen, useTranslationStore } from './translation.store.ts'

export type Translated = {
  /** What is shown: without a translation always the original. */
  mode: Mode
  of: (part: TextPlace['part'], index: number) => Translation | null
  /** There is at least one. */
  hasAny: boolean
  /** Null where nobody could be asked, or nothing is left to ask for. */
  ask: (() => void) | null
  isAsking: boolean
  error: unknown
}

const base = (tag: string) => tag.toLowerCase().split('-')[0]!

/**
 * The translations of the post that is shown, in the reader's language or else in another that there is. Nothing is sent
 * anywhere unless a person asks, or the organisation chose so.
 */
export function useTranslated({ review, translations, snapshot: current }: ReviewDetail, shown: Snapshot): Translated {
  const queryClient = useQueryClient()
  const { i18n } = useTranslation()
  const { translatesOnOpen } = useOrganisation()
  const mayAsk = useMay('caption.translate')
  const chosen = useTranslationStore(({ mode }) => mode)
  const to = base(i18n.resolvedLanguage ?? 'en')
  // Those at hand are of the present snapshot; another one may read differently.
  const items = useMemo(
    () => (shown.id === current.id ? pick(translations?.items ?? [], to) : new Map<string, Translation>()),
    [shown.id, current.id, translations, to],
  )
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => call(translateReview, { params: { reviewId: review.id }, body: { to } }),
    onSuccess: (next) =>
      queryClient.setQueryData(
        reviewQuery(review.id).queryKey,
        (detail: ReviewDetail | undefined) => detail && { ...detail, translations: next },
      ),
  })
  const isForeign = shown.language === null || base(shown.language) !== to
  const lacks = !items.values().some(({ language }) => base(language) === to)
  const canAsk =
    mayAsk &&
    isForeign &&
    lacks &&
    hasText(shown) &&
    !review.isRestricted &&
    (translations?.translator ?? null) !== null
  const mode = items.size > 0 ? chosen : 'original'

  const askByItself = useEffectEvent(() => canAsk && translatesOnOpen && shown.id === current.id && mutate())
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each review
  useEffect(() => void askByItself(), [review.id])

  const ids = mode === 'original' ? '' : [...items.values()].map(({ id }) => id).join(' ')
  useEffect(() => {
    if (ids) rememberSeen(review.id, ids.split(' '))
  }, [ids, review.id])

  return {
    mode,
    of: (part, index) => items.get(`${part} ${index}`) ?? null,
    hasAny: items.size > 0,
    ask: canAsk ? () => mutate() : null,
    isAsking: isPending,
    error,
  }
}

/** One for each text: in the reader's language, or else the first there is. */
function pick(items: readonly Translation[], to: string): Map<string, Translation> {
  const picked = new Map<string, Translation>()
  for (const item of items) {
    const place = `${item.of.part} ${item.of.index}`
    if (!picked.has(place) || base(item.language) === to) picked.set(place, item)
  }
  return picked
}

const hasText = ({ caption, media, context }: Snapshot) =>
  [caption, ...media.map((file) => file.caption ?? ''), ...context.map(({ text }) => text)].some((text) =>
    /\p{L}/u.test(text),
  )
