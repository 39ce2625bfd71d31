import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { listTemplates, writeTemplate } from '#shared/contract/messages.ts'
import { call } from './call.ts'

/** All templates of messages to users, withdrawn ones last. */
export const templatesQuery = queryOptions({
  queryKey: ['message-templates'],
  queryFn: ({ signal }) => call(listTemplates, { signal }),
  select: ({ items }) => items,
  staleTime: 5 * 60_000,
})

/** Writes one, or a new version. A refusal is left to the caller; either way they are read again. */
export function useWriteTemplate() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof writeTemplate.body>) => call(writeTemplate, { body: body as never }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: templatesQuery.queryKey }),
  })
}
