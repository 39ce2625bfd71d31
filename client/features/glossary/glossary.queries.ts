import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import {
  addTerm,
  changeTerm,
  getTerm,
  getTermOutcomes,
  importTerms,
  listTerms,
  previewTerm,
  retireTerm,
  type TermContent,
  type TermForm,
} from '#shared/contract/glossary.ts'

export const termsQuery = queryOptions({
  queryKey: ['glossary', 'list'],
  queryFn: ({ signal }) => call(listTerms, { signal }),
})

export const termQuery = (termId: string) =>
  queryOptions({
    queryKey: ['glossary', 'term', termId],
    queryFn: ({ signal }) => call(getTerm, { params: { termId }, signal }),
  })

export const outcomesQuery = (termId: string) =>
  queryOptions({
    queryKey: ['glossary', 'outcomes', termId],
    queryFn: ({ signal }) => call(getTermOutcomes, { params: { termId }, signal }),
    staleTime: 10 * 60_000,
  })

/** What was found for the forms before stays while others are looked for. */
export const previewQuery = (forms: readonly TermForm[]) =>
  queryOptions({
    queryKey: ['glossary', 'preview', forms],
    queryFn: ({ signal }) => call(previewTerm, { body: { forms: [...forms], newest: 2_000 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled: forms.length > 0,
  })

type Save = TermContent & { clientId: string; change: string | null; of: { id: string; version: number } | null }

export function useSaveTerm() {
  return useGlossaryAct(({ of, change, ...content }: Save) =>
    of
      ? call(changeTerm, { params: { termId: of.id }, body: { ...content, version: of.version, change } })
      : call(addTerm, { body: content }),
  )
}

type Retire = { termId: string; clientId: string; version: number; isRetired: boolean }

export function useRetireTerm() {
  return useGlossaryAct(({ termId, ...body }: Retire) =>
    call(retireTerm, { params: { termId }, body: { ...body, change: null } }),
  )
}

export function useImportTerms() {
  return useGlossaryAct((body: { clientId: string; terms: TermContent[] }) => call(importTerms, { body }))
}

/** Everything that is known of the glossary is read again. */
function useGlossaryAct<Input, Reply>(mutationFn: (input: Input) => Promise<Reply>) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries({ queryKey: ['glossary'] }) })
}
