import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useMay } from '#client/api/session.ts'
import type { TextMark } from '#client/ui/caption/segments.ts'
import { findTerms } from '#shared/domain/glossary.ts'
import { TermMark } from './TermMark.tsx'
import { formsQuery } from './terms.queries.ts'

/** The terms of the glossary in a text, to be drawn as marks. None while the glossary is on its way. */
export function useTermMarks(text: string): readonly TextMark[] {
  const queryClient = useQueryClient()
  const mayRead = useMay('glossary.read')
  const { data: glossary } = useQuery({ ...formsQuery(queryClient), enabled: mayRead })
  return useMemo(() => {
    if (!glossary) return []
    return findTerms(text, glossary).map(({ from, to, termId, isDisguised }) => ({
      start: from,
      end: to,
      render: (content) => (
        <TermMark key={from} termId={termId} isDisguised={isDisguised}>
          {content}
        </TermMark>
      ),
    }))
  }, [glossary, text])
}
