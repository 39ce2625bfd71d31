import { z } from 'zod'
import { ClientId, endpoint, Nothing } from './endpoint.ts'
import { ReviewFilter } from './review-filter.ts'
import { ReviewSort } from './reviews.ts'

/** Views that one person may have, and that may be shared. */
export const mostViews = 50

/** The list that a view shows: what `GET /reviews` is asked for. */
export const ViewQuery = ReviewFilter.omit({ id: true }).extend({ sort: ReviewSort.default('priority') })
export type ViewQuery = z.output<typeof ViewQuery>

export const ViewId = z.uuid().brand('ViewId')
export type ViewId = z.infer<typeof ViewId>

export const SavedView = z.object({
  id: ViewId,
  name: z.string(),
  /** Everybody has it. */
  isShared: z.boolean(),
  ownerId: z.string(),
  query: ViewQuery,
  /** Null: as whoever looks has them. */
  columns: z.array(z.string()).nullable(),
  density: z.enum(['comfortable', 'compact']).nullable(),
  /** Whether the caller may change it. */
  isMine: z.boolean(),
})
export type SavedView = z.infer<typeof SavedView>

const content = {
  name: z.string().trim().min(1, 'A name is needed.').max(60),
  query: ViewQuery,
  columns: z.array(z.string().max(30)).max(30).nullable(),
  density: SavedView.shape.density,
}

export const listViews = endpoint({
  method: 'GET',
  path: '/api/v1/views',
  summary: 'My saved views and those that are shared, in my order',
  permission: 'review.read',
  reply: z.object({ items: z.array(SavedView) }),
})

export const countViews = endpoint({
  method: 'GET',
  path: '/api/v1/views/counts',
  summary: 'How many reviews each of my views holds for me at this moment',
  permission: 'review.read',
  reply: z.object({ items: z.array(z.object({ viewId: ViewId, value: z.number().int(), exact: z.boolean() })) }),
})

export const saveView = endpoint({
  method: 'POST',
  path: '/api/v1/views',
  summary: 'Save a list under a name; `isShared` is for supervisors',
  permission: 'review.read',
  body: z.object({ clientId: ClientId, ...content, isShared: z.boolean().default(false) }),
  reply: SavedView,
  status: 201,
  errors: ['too_many_views'],
})

const params = z.object({ viewId: ViewId })

export const changeView = endpoint({
  method: 'PUT',
  path: '/api/v1/views/:viewId',
  summary: 'Change some of a view of mine, or as a supervisor of a shared one; what is left out stays',
  permission: 'review.read',
  params,
  body: z.object({ ...content, isShared: z.boolean() }).partial(),
  reply: SavedView,
  errors: ['not_found', 'too_many_views'],
})

export const deleteView = endpoint({
  method: 'DELETE',
  path: '/api/v1/views/:viewId',
  summary: 'Delete a view of mine, or as a supervisor a shared one',
  permission: 'review.read',
  params,
  reply: Nothing,
  errors: ['not_found'],
})

export const orderViews = endpoint({
  method: 'PUT',
  path: '/api/v1/views/order',
  summary: 'Put my views, and the shared ones, in an order of my own',
  permission: 'review.read',
  body: z.object({ viewIds: z.array(ViewId).max(mostViews * 2) }),
  reply: Nothing,
})
