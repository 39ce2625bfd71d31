import { z } from 'zod'
import { unknownPlaceholders } from '../domain/canned-reasons.ts'
import { ClientId, endpoint } from './endpoint.ts'

export const ReasonUse = z.enum(['rationale', 'note'])
export type ReasonUse = z.infer<typeof ReasonUse>

/** By language, `en`, `ru`, `kk`. */
export const ReasonTexts = z.record(z.string(), z.string())

const ReasonVersion = z.object({
  id: z.uuid(),
  version: z.number().int(),
  /** Null: for every clause. */
  policyId: z.string().nullable(),
  uses: z.array(ReasonUse),
  name: z.string(),
  texts: ReasonTexts,
  isWithdrawn: z.boolean(),
  writtenById: z.string().nullable(),
  writtenAt: z.iso.datetime(),
})

/** Words that are kept ready for rationales and notes. Never changed: a new version takes the old one's place. */
export const CannedReason = ReasonVersion.extend({
  reasonId: z.uuid(),
  /** Newest first. */
  earlier: z.array(ReasonVersion),
})
export type CannedReason = z.infer<typeof CannedReason>

export const listReasons = endpoint({
  method: 'GET',
  path: '/api/v1/reasons',
  summary: 'Canned reasons with their earlier versions, by name; withdrawn ones last',
  permission: 'policy.read',
  reply: z.object({ items: z.array(CannedReason) }),
})

const Language = z.string().regex(/^[a-z]{2,3}$/, 'A language code of two or three letters.')
const Text = z
  .string()
  .trim()
  .min(1, 'Words are needed.')
  .max(2_000)
  .refine((text) => unknownPlaceholders(text).length === 0, {
    message: 'A placeholder that is not known.',
  })

export const writeReason = endpoint({
  method: 'POST',
  path: '/api/v1/reasons',
  summary: 'Write a canned reason, or a new version of one',
  permission: 'reason.manage',
  body: z.object({
    clientId: ClientId,
    policyId: z.string().max(100).nullable(),
    uses: z.array(ReasonUse).min(1, 'It is used somewhere.').max(2),
    name: z.string().trim().min(1, 'A name is needed.').max(60),
    texts: z
      .record(Language, Text)
      .refine((texts) => Object.keys(texts).length > 0, { message: 'Words in one language at least.' }),
    /** It is not offered any more. */
    isWithdrawn: z.boolean().default(false),
    /** The version whose place it takes. */
    supersedesId: z.uuid().nullable().default(null),
  }),
  reply: CannedReason,
  status: 201,
  errors: ['not_found', 'already_superseded'],
})
