import { z } from 'zod'
import type { Permission } from '../domain/permissions.ts'
import type { ErrorCode } from './errors.ts'

/** One HTTP operation: the only description of it that exists. Server, client, tests and OpenAPI read this. */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Express path, `:name` for parameters. */
  path: `/api/${string}`
  summary: string
  /** What the caller must be allowed to do. `public` needs no sign-in, `signed_in` any role. */
  permission: Permission | 'public' | 'signed_in'
  params: Params
  query: Query
  body: Body
  reply: Reply
  /** The largest JSON body that is read. */
  maxBytes: number
  /** Success status. */
  status: 200 | 201 | 204
  /** Set where the body that travels is not one JSON value: what goes in, what comes out. */
  wire: { request?: string; response?: string }
  /** Codes this operation may answer with, besides `invalid_request`, `signed_out`, `forbidden` and `internal`. */
  errors: readonly ErrorCode[]
}

const none = z.object({})
type None = typeof none

type EndpointInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Endpoint<P, Q, B, R>,
  'method' | 'path' | 'summary' | 'permission' | 'reply'
> &
  Partial<Pick<Endpoint<P, Q, B, R>, 'params' | 'query' | 'body' | 'maxBytes' | 'status' | 'errors' | 'wire'>>

/** Fills the parts of an endpoint that most operations leave empty. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = None,
  Q extends z.ZodType = None,
  B extends z.ZodType = None,
>(e: EndpointInput<P, Q, B, R>): Endpoint<P, Q, B, R> {
  const parts = { params: none as never, query: none as never, body: none as never }
  return { ...parts, maxBytes: 2_000_000, status: 200, errors: [], wire: {}, ...e }
}

/** The reply of an operation that has nothing to say. */
export const Nothing = z.object({})

/**
 * Made by the client, one for each act of a person. Sending the same act again with the same id answers as the first
 * time and does nothing.
 */
export const ClientId = z.uuid()

/** A page of a list. `count` comes with the first page only; when not `exact` there are at least `value`. */
export function page<Row extends z.ZodType>(row: Row) {
  return z.object({
    items: z.array(row),
    nextCursor: z.string().nullable(),
    previousCursor: z.string().nullable(),
    count: z.object({ value: z.number().int(), exact: z.boolean() }).nullable(),
  })
}

/** One or several values of a query parameter: `?state=open&state=on_hold` or `?state=open`. */
export function several<Item extends z.ZodType>(item: Item, most = 50) {
  const one = item.transform((value) => [value])
  return z.union([z.array(item).max(most), one]).optional()
}
