import { z } from 'zod'
import { Conflict } from './conflict.ts'

/** Every code the API can answer with, and its HTTP status. Codes are permanent: clients branch on them. */
export const errorStatus = {
  invalid_request: 400,
  invalid_token: 400,
  unsupported_media: 400,
  signed_out: 401,
  wrong_credentials: 401,
  forbidden: 403,
  source_not_allowed: 403,
  wrong_origin: 403,
  not_yours: 403,
  not_found: 404,
  already_decided: 409,
  held_by_other: 409,
  lease_lost: 409,
  snapshot_changed: 409,
  version_changed: 409,
  already_set_up: 409,
  email_taken: 409,
  last_administrator: 409,
  already_superseded: 409,
  cannot_see: 409,
  too_late: 409,
  not_failed: 409,
  not_sent: 409,
  already_answered: 409,
  already_undone: 409,
  not_on_hold: 409,
  not_escalated: 409,
  cannot_take: 409,
  on_hold: 409,
  escalated_to_other: 409,
  assigned_to_other: 409,
  too_many_held: 409,
  exposure_budget_reached: 409,
  no_translator: 409,
  must_stay_here: 409,
  payload_too_large: 413,
  too_many_requests: 429,
  internal: 500,
  translator_failed: 502,
  not_ready: 503,
  storage_full: 507,
} as const

export type ErrorCode = keyof typeof errorStatus
const codes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

export const Issue = z.object({ path: z.string(), message: z.string() })

export const ApiErrorBody = z.object({
  code: z.enum(codes),
  message: z.string().describe('English, for the log and the developer; the client words its own.'),
  requestId: z.string(),
  issues: z.array(Issue).optional(),
  conflict: Conflict.optional(),
})
export type ApiErrorBody = z.infer<typeof ApiErrorBody>
