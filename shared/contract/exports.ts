import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ReviewFilter } from './review-filter.ts'
import { ReviewSort } from './reviews.ts'

export const ExportKind = z.enum(['reviews', 'decisions'])
export type ExportKind = z.infer<typeof ExportKind>

export const exportRows = endpoint({
  method: 'GET',
  path: '/api/v1/exports/:kind.csv',
  summary: 'Everything under the filters of the list, as a CSV for people (cells defused)',
  permission: 'export.create',
  params: z.object({ kind: ExportKind }),
  query: ReviewFilter.extend({ sort: ReviewSort.optional() }),
  wire: { response: 'text/csv' },
  reply: z.unknown(),
  errors: ['too_many_requests'],
})
