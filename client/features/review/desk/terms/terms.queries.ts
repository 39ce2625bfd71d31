import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { call } from '#client/api/call.ts'
import { getGlossaryForms, getTerm, getTermOutcomes } from '#shared/contract/glossary.ts'
import { compileGlossary } from '#shared/domain/glossary/compile.ts'

type Forms = { version: string; terms: NonNullable<z.infer<typeof getGlossaryForms.reply>['terms']> }

const formsKey = ['glossary', 'forms'] as const

/** Fetched once; after a minute it is asked whether there is another version. */
export const formsQuery = (queryClient: QueryClient) =>
  queryOptions({
    queryKey: formsKey,
    queryFn: async ({ signal }): Promise<Forms> => {
      const known = queryClient.getQueryData<Forms>(formsKey)
      const query = known ? { version: known.version } : {}
      const { version, terms } = await call(getGlossaryForms, { query, signal })
      return terms ? { version, terms } : known!
    },
    select: compile,
    staleTime: 60_000,
  })

const compile = ({ terms }: Forms) => compileGlossary(terms)

export const termQuery = (termId: string) =>
  queryOptions({
    queryKey: ['glossary', 'term', termId],
    queryFn: ({ signal }) => call(getTerm, { params: { termId }, signal }),
    staleTime: 60_000,
  })

export const outcomesQuery = (termId: string) =>
  queryOptions({
    queryKey: ['glossary', 'outcomes', termId],
    queryFn: ({ signal }) => call(getTermOutcomes, { params: { termId }, signal }),
    staleTime: 10 * 60_000,
  })
