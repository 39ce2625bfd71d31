import { z } from 'zod'
import { ClientId, endpoint } from './endpoint.ts'
import { PolicyContent } from './policies.ts'

/** `draft`: being written; `asked`: waits for a second pair of eyes. Both are open: there is one such draft a clause. */
export const DraftState = z.enum(['draft', 'asked', 'published', 'discarded'])
export type DraftState = z.infer<typeof DraftState>

/** One act on a draft besides writing. */
export const DraftStep = z.object({
  kind: z.enum(['opened', 'asked', 'taken_back', 'sent_back', 'published', 'discarded']),
  revision: z.number().int(),
  byId: z.string(),
  at: z.iso.datetime(),
  comment: z.string().nullable(),
})
export type DraftStep = z.infer<typeof DraftStep>

export const DraftRow = z.object({
  id: z.uuid(),
  policyId: z.string(),
  /** There is no such clause yet. */
  isNew: z.boolean(),
  kind: z.enum(['clause', 'exemption']),
  code: z.string(),
  section: z.object({ code: z.string(), name: z.string() }),
  shortName: z.string(),
  isRetired: z.boolean(),
  /** The version it was written upon; 0 for a new clause. */
  basedOn: z.number().int(),
  state: DraftState,
  /** Rises with every save; a change names the one it was made on. */
  revision: z.number().int(),
  change: z.string(),
  /** From when it should be in force, as its writer wants it; null is at once. */
  wantedFrom: z.iso.datetime().nullable(),
  openedById: z.string(),
  openedAt: z.iso.datetime(),
  savedById: z.string(),
  savedAt: z.iso.datetime(),
  /** Everybody who wrote on it: none of them may publish it. */
  writerIds: z.array(z.string()),
  /** What it was published as, and since when that is in force. */
  version: z.number().int().nullable(),
  inForceSince: z.iso.datetime().nullable(),
})
export type DraftRow = z.infer<typeof DraftRow>

export const PolicyDraft = DraftRow.extend({
  content: PolicyContent,
  /** What it was written upon; null for a new clause. */
  base: PolicyContent.nullable(),
  steps: z.array(DraftStep),
})
export type PolicyDraft = z.infer<typeof PolicyDraft>

const params = z.object({ draftId: z.uuid() })

export const listDrafts = endpoint({
  method: 'GET',
  path: '/api/v1/policies/drafts',
  summary: 'Open drafts of clauses, and what is published and not yet in force',
  permission: 'draft.read',
  reply: z.object({ items: z.array(DraftRow) }),
})

export const getDraft = endpoint({
  method: 'GET',
  path: '/api/v1/policies/drafts/:draftId',
  summary: 'One draft of a clause with its text and what was done with it',
  permission: 'draft.read',
  params,
  reply: PolicyDraft,
  errors: ['not_found'],
})

const Code = z.string().regex(/^[A-Z\d]{1,3}\.\d{1,4}$/, 'A section, a dot, a number.')

/** A clause that there is not yet. Its id is what other systems name it by, and never changes. */
export const NewClause = z.object({
  id: z
    .string()
    .regex(/^[a-z][a-z\d_-]{0,39}(\.[a-z][a-z\d_-]{0,39}){0,3}$/, 'Small letters, digits, hyphens and dots.'),
  kind: z.enum(['clause', 'exemption']),
  /** Its section is the part before the dot. */
  code: Code,
  sectionName: z.string().trim().min(1).max(60),
})
export type NewClause = z.infer<typeof NewClause>

export const openDraft = endpoint({
  method: 'POST',
  path: '/api/v1/policies/drafts',
  summary: 'Open a draft of a clause, or of a new one',
  permission: 'policy.manage',
  body: z.object({
    clientId: ClientId,
    /** Of the clause to be written anew; or else what the new one is. */
    policyId: z.string().max(100).optional(),
    newClause: NewClause.optional(),
    /** The draft is to take the clause out of force, or put it back. */
    isRetired: z.boolean().optional(),
  }),
  status: 201,
  reply: PolicyDraft,
  errors: ['not_found', 'draft_exists'],
})

const onDraft = { clientId: ClientId, revision: z.number().int() }
const comment = z.string().trim().max(2_000)

export const saveDraft = endpoint({
  method: 'PUT',
  path: '/api/v1/policies/drafts/:draftId',
  summary: 'Keep what was written on a draft',
  permission: 'policy.manage',
  params,
  body: z.object({
    ...onDraft,
    content: PolicyContent,
    change: z.string().max(500),
    wantedFrom: z.iso.datetime({ offset: true }).nullable(),
  }),
  reply: z.object({ revision: z.number().int(), savedAt: z.iso.datetime() }),
  errors: ['not_found', 'version_changed', 'draft_closed'],
})

export const askAboutDraft = endpoint({
  method: 'POST',
  path: '/api/v1/policies/drafts/:draftId/ask',
  summary: 'Ask for a second pair of eyes; refused while something is missing',
  permission: 'policy.manage',
  params,
  body: z.object(onDraft),
  reply: PolicyDraft,
  errors: ['not_found', 'version_changed', 'draft_closed'],
})

export const takeBackDraft = endpoint({
  method: 'POST',
  path: '/api/v1/policies/drafts/:draftId/take-back',
  summary: 'Go on writing a draft that waits for a second pair of eyes',
  permission: 'policy.manage',
  params,
  body: z.object(onDraft),
  reply: PolicyDraft,
  errors: ['not_found', 'version_changed', 'draft_closed'],
})

export const discardDraft = endpoint({
  method: 'POST',
  path: '/api/v1/policies/drafts/:draftId/discard',
  summary: 'Give a draft up; its text is kept, and it is open no more',
  permission: 'policy.manage',
  params,
  body: z.object(onDraft),
  reply: PolicyDraft,
  errors: ['not_found', 'version_changed', 'draft_closed'],
})

export const sendBackDraft = endpoint({
  method: 'POST',
  path: '/api/v1/policies/drafts/:draftId/send-back',
  summary: 'Send a draft back to its writers with a comment; never one of them',
  permission: 'policy.publish',
  params,
  body: z.object({ ...onDraft, comment: comment.min(1, 'Say what is to be changed.') }),
  reply: PolicyDraft,
  errors: ['not_found', 'version_changed', 'draft_closed', 'own_work'],
})

export const publishDraft = endpoint({
  method: 'POST',
  path: '/api/v1/policies/drafts/:draftId/publish',
  summary: 'Approve a draft and publish it as the next version, in force from a time; never one of its writers',
  permission: 'policy.publish',
  params,
  body: z.object({
    ...onDraft,
    /** Null is at once. */
    inForceFrom: z.iso.datetime({ offset: true }).nullable(),
    comment: comment.optional(),
  }),
  reply: PolicyDraft,
  errors: ['not_found', 'version_changed', 'draft_closed', 'own_work'],
})

/** The whole policy as a file: each clause and exemption as it is in force. */
export const PolicyFile = z.strictObject({
  format: z.literal('docket.policy'),
  formatVersion: z.literal(1),
  exportedAt: z.iso.datetime({ offset: true }),
  clauses: z
    .array(
      z.strictObject({
        id: NewClause.shape.id,
        kind: NewClause.shape.kind,
        code: Code,
        sectionName: z.string().trim().min(1).max(60),
        /** Of the house that wrote the file; told, and not compared. */
        version: z.number().int().min(1),
        content: PolicyContent.strict(),
      }),
    )
    .min(1)
    .max(500),
})
export type PolicyFile = z.infer<typeof PolicyFile>

export const exportPolicy = endpoint({
  method: 'GET',
  path: '/api/v1/policies/export',
  summary: 'The whole policy in force, as a file that can be imported elsewhere',
  permission: 'draft.read',
  reply: PolicyFile,
})

export const ImportedClause = z.object({
  id: z.string(),
  code: z.string(),
  shortName: z.string(),
  /** `same`: says what is in force; `waiting`: has an open draft already; `refused`: cannot be taken in. */
  what: z.enum(['new', 'changed', 'same', 'waiting', 'refused']),
  /** Parts that would change. */
  fields: z.array(z.string()),
  /** Why it is refused. */
  problem: z.enum(['twice', 'code_taken', 'code_differs', 'kind_differs']).nullable(),
  draftId: z.uuid().nullable(),
})
export type ImportedClause = z.infer<typeof ImportedClause>

export const importPolicy = endpoint({
  method: 'POST',
  path: '/api/v1/policies/import',
  summary: 'What a file would change, and drafts of that; nothing of it is in force before somebody else has read it',
  permission: 'policy.manage',
  body: z.object({ clientId: ClientId, isDryRun: z.boolean(), file: PolicyFile }),
  maxBytes: 8_000_000,
  reply: z.object({ items: z.array(ImportedClause) }),
})
