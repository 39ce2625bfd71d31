import { z } from 'zod'
import { Look } from '../domain/redaction.ts'
import { endpoint } from './endpoint.ts'

/** SHA-256 of the original bytes, 64 hexadecimal digits. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Not a SHA-256 in hexadecimal.')
  .brand('Sha256')
export type Sha256 = z.infer<typeof Sha256>

export const DerivativeState = z.enum(['pending', 'ready', 'failed'])

/** `thumbnail` and `redacted` are derivatives anybody who sees the review may see; the other two need a grant. */
export const Variant = z.enum(['thumbnail', 'redacted', 'display', 'original'])
export type Variant = z.infer<typeof Variant>

export const StoredMedia = z.object({
  sha256: Sha256,
  mime: z.string(),
  /** Bytes of the original. */
  size: z.number().int(),
  /** Pixels after the picture's own orientation was applied; null where it is no picture. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  state: DerivativeState,
  isNew: z.boolean(),
})
export type StoredMedia = z.infer<typeof StoredMedia>

export const uploadMedia = endpoint({
  method: 'POST',
  path: '/api/v1/media',
  summary: 'Store one file of a post, by the hash of its bytes',
  permission: 'flag.write',
  wire: { request: 'multipart/form-data' },
  maxBytes: 25_000_000,
  reply: StoredMedia,
  status: 201,
  errors: ['unsupported_media', 'payload_too_large'],
})

export const getMedia = endpoint({
  method: 'GET',
  path: '/api/v1/media/:sha256/:variant',
  summary: 'The bytes of one variant; display and original only against a one-time grant',
  permission: 'review.read',
  params: z.object({ sha256: Sha256, variant: Variant }),
  query: z.object({
    grant: z.string().max(100).optional(),
    /** Of a thumbnail or a redacted copy; left out, `medium-grey`. */
    look: Look.optional(),
  }),
  wire: { response: 'image/*' },
  reply: z.unknown(),
  errors: ['not_found'],
})
