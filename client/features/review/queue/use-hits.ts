import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

export type Hits = (text: string) => readonly { from: number; to: number }[]

/** Where texts have what is searched for. How words are told apart is fetched with the first search. */
export function useHits(q: string | undefined): Hits | null {
  const { data: search } = useQuery({
    queryKey: ['search-words'],
    queryFn: () => import('#shared/domain/search.ts'),
    enabled: q !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return useMemo(() => (search && q ? (text) => search.markHits(text, q) : null), [search, q])
}
