import { type ReactNode, useMemo } from 'react'
import type { TextMark } from '#client/ui/caption/segments.ts'
import { markHits } from '#shared/domain/search.ts'
import { useTermMarks } from '../terms/use-term-marks.tsx'

const hit = (words: ReactNode) => <mark>{words}</mark>

/** The glossary's terms in a caption, and the words by which the review was found. Where both stand the term is drawn. */
export function useCaptionMarks(caption: string, q: string | undefined): readonly TextMark[] {
  const terms = useTermMarks(caption)
  return useMemo(() => {
    if (!q) return terms
    const hits = markHits(caption, q).map(({ from, to }) => ({ start: from, end: to, render: hit }))
    return [...terms, ...hits.filter(({ start, end }) => terms.every((term) => term.end <= start || term.start >= end))]
  }, [caption, q, terms])
}
