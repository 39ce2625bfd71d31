import { z } from 'zod'
import { Occasion, unknownPlaceholders } from '../domain/messages.ts'
import { AccountMeasure, PostMeasure } from '../domain/outcomes.ts'
import { ClientId, endpoint } from './endpoint.ts'

/** What a person writes to the user with a decision: a template in its version, and what they filled in. */
export const MessageInput = z.object({
  templateId: z.uuid(),
  version: z.number().int(),
  language: z.string().max(35),
  /** The free fields; the facts are the server's. */
  values: z.record(z.string().max(40), z.string().trim().max(2_000)).default({}),
})
export type MessageInput = z.infer<typeof MessageInput>

/** As it was sent. */
export const SentMessage = MessageInput.extend({ text: z.string() })
export type SentMessage = z.infer<typeof SentMessage>

/** `post.remove`, `account.block`, … */
export const MeasureName = z.enum([
  ...PostMeasure.options.map((kind) => `post.${kind}` as const),
  ...AccountMeasure.options.map((kind) => `account.${kind}` as const),
])

const TemplateVersion = z.object({
  version: z.number().int(),
  name: z.string(),
  occasion: Occasion,
  /** Null: for every clause. */
  policyId: z.string().nullable(),
  /** Null: whatever is done. */
  measure: MeasureName.nullable(),
  /** By language. */
  texts: z.record(z.string(), z.string()),
  isWithdrawn: z.boolean(),
  writtenById: z.string().nullable(),
  writtenAt: z.iso.datetime(),
})
export type TemplateVersion = z.infer<typeof TemplateVersion>

/** Words for messages to users. Never changed: a new version takes the old one's place. */
export const MessageTemplate = TemplateVersion.extend({
  id: z.uuid(),
  /** Newest first. */
  earlier: z.array(TemplateVersion),
})
export type MessageTemplate = z.infer<typeof MessageTemplate>

export const listTemplates = endpoint({
  method: 'GET',
  path: '/api/v1/message-templates',
  summary: 'Templates of messages to users with their earlier versions, by name; withdrawn ones last',
  permission: 'policy.read',
  reply: z.object({ items: z.array(MessageTemplate) }),
})

const Language = z.string().regex(/^[a-z]{2,3}$/, 'A language code of two or three letters.')
const Text = z
  .string()
  .trim()
  .min(1, 'Words are needed.')
  .max(5_000)
  .superRefine((text, context) => {
    const unknown = unknownPlaceholders(text)
    if (unknown.length === 0) return
    const named = unknown.map((name) => `{{${name}}}`).join(', ')
    context.addIssue({ code: 'custom', message: `A placeholder that is not known: ${named}.` })
  })

export const writeTemplate = endpoint({
  method: 'POST',
  path: '/api/v1/message-templates',
  summary: 'Write a template of messages to users, or a new version of one',
  permission: 'template.manage',
  body: z.object({
    clientId: ClientId,
    /** The template whose next version it is, and the version that it takes the place of. */
    supersedes: z.object({ id: z.uuid(), version: z.number().int() }).nullable().default(null),
    name: z.string().trim().min(1, 'A name is needed.').max(60),
    occasion: Occasion,
    policyId: z.string().max(100).nullable(),
    measure: MeasureName.nullable(),
    texts: z
      .record(Language, Text)
      .refine((texts) => Object.keys(texts).length > 0, { message: 'Words in one language at least.' }),
    /** It is not offered any more. */
    isWithdrawn: z.boolean().default(false),
  }),
  reply: MessageTemplate,
  status: 201,
  errors: ['not_found', 'already_superseded'],
})
