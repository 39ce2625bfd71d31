import { z } from 'zod'
import { AccountStatus, FlagEffect, MediaKind, PostKind, SourceKind } from '../domain/words.ts'
import { endpoint } from './endpoint.ts'
import { Sha256 } from './media.ts'
import { answerTo, Key, Language, linesBothWays, Time, text, Url } from './sent.ts'
import { TextPlace } from './translations.ts'

export const FlagSource = z.object({ kind: SourceKind, name: text(100).min(1), externalId: Key })

const FlagMedia = z
  .object({
    sha256: Sha256.optional(),
    url: Url.optional(),
    base64: z
      .string()
      .max(20_000_000)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Not base64.')
      .optional(),
    kind: MediaKind.default('image'),
    name: text(300).optional(),
    caption: text(20_000).optional(),
  })
  .refine((media) => media.sha256 || media.url || media.base64, 'Name the file by sha256, url or base64.')

const FlagTranslation = z.object({
  language: Language,
  text: text(100_000).min(1),
  /** Of which text; the caption when left out. */
  of: TextPlace.optional(),
  /** Who or what made it; the source when left out. */
  translator: text(100).min(1).optional(),
  isMachine: z.boolean().default(false),
})

export const FlagPost = z.object({
  kind: PostKind.default('post'),
  platform: text(50).min(1),
  externalId: Key,
  /** People who saw it, as far as the sender knows. */
  reach: z.number().int().nonnegative().optional(),
  context: z
    .array(z.object({ author: text(300).optional(), text: text(20_000) }))
    .max(100)
    .default([]),
  url: Url.optional(),
  postedAt: Time.optional(),
  caption: text(100_000).default(''),
  language: Language.optional(),
  claimedPlace: text(300).optional(),
  media: z.array(FlagMedia).max(50).default([]),
  /** Translations that the sender has already. */
  translations: z.array(FlagTranslation).max(50).optional(),
})

export const FlagAccount = z.object({
  kind: z.enum(['person', 'organisation', 'media', 'page', 'group', 'unknown']).default('unknown'),
  platform: text(50).min(1).optional(),
  externalId: Key,
  handle: text(300).optional(),
  displayName: text(300).optional(),
  url: Url.optional(),
  status: AccountStatus.default('unknown'),
  statusCause: text(500).optional(),
  statusSince: Time.optional(),
  createdAt: Time.optional(),
})

/** A flag, as a sender sends it. On an account alone it has no `post`, and `account.platform` is then required. */
export const FlagInput = z
  .object({
    source: FlagSource,
    reporter: z.object({ externalId: Key, name: text(300).optional() }).optional(),
    reason: z.object({
      code: text(200).min(1),
      policy: text(100).optional(),
      text: text(10_000).optional(),
      /** 0 to 1, from a classifier; kept in single precision. */
      score: z.number().min(0).max(1).overwrite(Math.fround).optional(),
    }),
    flaggedAt: Time,
    post: FlagPost.optional(),
    account: FlagAccount,
  })
  .refine((flag) => flag.post || flag.account.platform, {
    path: ['account', 'platform'],
    message: 'A flag on an account alone names its platform.',
  })
export type FlagInput = z.infer<typeof FlagInput>

/** `isDuplicate`: this source sent this external id before; nothing was added. */
export const FlagResult = z.object({
  flagId: z.uuid(),
  reviewId: z.uuid().nullable(),
  isDuplicate: z.boolean(),
  effect: FlagEffect,
})
export type FlagResult = z.infer<typeof FlagResult>

export const createFlag = endpoint({
  method: 'POST',
  path: '/api/v1/flags',
  summary: 'Flag a post or an account',
  permission: 'flag.write',
  body: FlagInput,
  maxBytes: 40_000_000,
  reply: FlagResult,
  status: 201,
  errors: ['source_not_allowed', 'unsupported_media', 'payload_too_large'],
})

export const BatchLine = answerTo(FlagResult)
export type BatchLine = z.infer<typeof BatchLine>

export const createFlags = endpoint({
  method: 'POST',
  path: '/api/v1/flags/batch',
  summary: 'Flag many: one JSON object a line in, one answer a line out, in order',
  permission: 'flag.write',
  wire: linesBothWays,
  reply: z.unknown(),
  errors: ['payload_too_large'],
})
