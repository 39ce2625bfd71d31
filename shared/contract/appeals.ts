import { z } from 'zod'
import { AppealOutcome, AppealState, Appellant } from '../domain/appeals.ts'
import { AccountMeasure, Outcome, PostMeasure } from '../domain/outcomes.ts'
import { DecisionDetail } from './decision-list.ts'
import { ClauseVersion, DecisionRecord, SupersedeInput } from './decisions.ts'
import { ClientId, endpoint, page, several } from './endpoint.ts'
import { MessageInput, SentMessage } from './messages.ts'
import { Key, Language, Time, text } from './sent.ts'

/** How long something was down that should not have been. */
export const WronglyDown = z.object({
  since: z.iso.datetime(),
  /** Null: it still is, as far as is known here. */
  until: z.iso.datetime().nullable(),
  /** Null while it lasts. */
  ms: z.number().int().nullable(),
})
export type WronglyDown = z.infer<typeof WronglyDown>

export const AppealRow = z.object({
  id: z.uuid(),
  /** What people call it. */
  reference: z.string(),
  state: AppealState,
  appellant: Appellant,
  textExcerpt: z.string(),
  language: z.string().nullable(),
  filedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  /** It came after the time for it, and was taken in all the same. */
  isLate: z.boolean(),
  /** Who hears it now, and until when it is theirs alone. */
  holderId: z.string().nullable(),
  heldUntil: z.iso.datetime().nullable(),
  /** The caller had a part in what is appealed, and so does not hear it. */
  isOwn: z.boolean(),
  outcome: AppealOutcome.nullable(),
  decidedById: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** The one that took the place of the first. */
  newDecisionId: z.uuid().nullable(),
  /** Null when nothing was, or it was rightly so. */
  wronglyDown: WronglyDown.nullable(),
  decision: z.object({
    id: z.uuid(),
    outcome: Outcome,
    clause: ClauseVersion.nullable(),
    postMeasure: PostMeasure.nullable(),
    accountMeasure: AccountMeasure.nullable(),
    decidedAt: z.iso.datetime(),
  }),
  review: z.object({ id: z.uuid(), reference: z.string(), queueId: z.string() }),
  account: z.object({ id: z.uuid(), handle: z.string(), platform: z.string() }),
  captionExcerpt: z.string(),
})
export type AppealRow = z.infer<typeof AppealRow>

export const AppealTab = z.enum(['waiting', 'mine', 'decided', 'all'])
export type AppealTab = z.infer<typeof AppealTab>

export const AppealFilter = z.object({
  clause: several(z.string().max(100)),
  appellant: several(Appellant),
  outcome: several(AppealOutcome),
  queue: several(z.string().max(100)),
  platform: several(z.string().max(50)),
  language: several(z.string().max(35)),
  /** Past its due time while it waited. */
  overdue: z.stringbool().optional(),
  decision: z.uuid().optional(),
  account: z.uuid().optional(),
  /** By when it was filed. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})
export type AppealFilter = z.infer<typeof AppealFilter>

export const AppealSort = z.enum(['due', 'oldest', 'newest'])
export type AppealSort = z.infer<typeof AppealSort>

export const listAppeals = endpoint({
  method: 'GET',
  path: '/api/v1/appeals',
  summary: 'Appeals: waiting, mine (held or decided by me), or decided',
  permission: 'appeal.read',
  query: AppealFilter.extend({
    tab: AppealTab.default('waiting'),
    sort: AppealSort.default('due'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(AppealRow),
})

export const countAppeals = endpoint({
  method: 'GET',
  path: '/api/v1/appeals/counts',
  summary: 'How many appeals wait, how many of them too long, and since when the oldest does',
  permission: 'appeal.read',
  reply: z.object({
    waiting: z.number().int(),
    overdue: z.number().int(),
    mine: z.number().int(),
    oldestFiledAt: z.iso.datetime().nullable(),
  }),
})

export const AppealDetail = AppealRow.extend({
  text: z.string(),
  appellantName: z.string().nullable(),
  sourceName: z.string(),
  externalId: z.string().nullable(),
  filedById: z.string(),
  receivedAt: z.iso.datetime(),
  lateReason: z.string().nullable(),
  rationale: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  /** Until when who decided it may take that back; null when that is over. */
  undoUntil: z.iso.datetime().nullable(),
  /** Who had a part in what is appealed: nobody of them hears it. */
  decidedByIds: z.array(z.string()),
  /** As it was decided. */
  first: DecisionDetail,
  /** What was written to who appealed. */
  message: SentMessage.nullable(),
  /** What stands in its place by this appeal. */
  next: DecisionRecord.nullable(),
})
export type AppealDetail = z.infer<typeof AppealDetail>

const params = z.object({ appealId: z.uuid() })
const Done = z.object({ appeal: AppealDetail })

export const getAppeal = endpoint({
  method: 'GET',
  path: '/api/v1/appeals/:appealId',
  summary: 'One appeal with the decision and the review as it was decided',
  permission: 'appeal.read',
  params,
  reply: AppealDetail,
  errors: ['not_found'],
})

/** What is appealed: a decision by its id, or what now stands on a post or an account, by its platform's own ids. */
export const AppealAbout = z.union([
  z.object({ decisionId: z.uuid() }),
  z.object({ platform: text(50).min(1), post: Key }),
  z.object({ platform: text(50).min(1), account: Key }),
])

export const AppealInput = z.object({
  /** Of a person. A program names its source instead; what it sends again with the same id is the same appeal. */
  clientId: ClientId.optional(),
  source: z.object({ name: text(100).min(1), externalId: Key }).optional(),
  about: AppealAbout,
  appellant: z.object({ kind: Appellant.default('account'), name: text(200).optional() }),
  text: text(10_000).refine((value) => value.trim() !== '', 'Say what is asked for.'),
  language: Language.nullable().default(null),
  /** When it was filed where it came in; now, when left out. */
  filedAt: Time.optional(),
  /** By hand: why it is taken in although the time for it is over. */
  lateReason: text(1_000)
    .refine((value) => value.trim() !== '', 'Give the reason.')
    .optional(),
})
export type AppealInput = z.infer<typeof AppealInput>

export const fileAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals',
  summary: 'File an appeal against a decision: by a program for its source, or by hand',
  permission: 'appeal.file',
  body: AppealInput,
  reply: z.object({ appeal: AppealRow, isDuplicate: z.boolean() }),
  status: 201,
  errors: [
    'not_found',
    'source_not_allowed',
    'appeal_open',
    'appeal_window_over',
    'already_superseded',
    'already_undone',
  ],
})

export const claimAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals/:appealId/claim',
  summary: 'Take an appeal to hear it, or keep it longer',
  permission: 'appeal.decide',
  params,
  body: z.object({ clientId: ClientId }),
  reply: Done,
  errors: ['not_found', 'already_decided', 'held_by_other', 'own_decision'],
})

export const releaseAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals/:appealId/release',
  summary: 'Give an appeal back that is mine',
  permission: 'appeal.decide',
  params,
  body: z.object({ clientId: ClientId }),
  reply: Done,
  errors: ['not_found', 'lease_lost'],
})

/** What is decided instead; its reasons are those of the appeal. */
export const AppealRuling = SupersedeInput.omit({ clientId: true, rationale: true, translations: true, message: true })
export type AppealRuling = z.infer<typeof AppealRuling>

export const decideAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals/:appealId/decide',
  summary: 'Decide an appeal that is mine: upheld, reversed or changed',
  permission: 'appeal.decide',
  params,
  body: z.object({
    clientId: ClientId,
    outcome: AppealOutcome,
    rationale: z.string().trim().min(1, 'Give the reasons.').max(5_000),
    /** Not with `upheld`. */
    ruling: AppealRuling.nullable().default(null),
    /** What is written to who appealed. */
    message: MessageInput.nullish(),
  }),
  reply: Done,
  errors: [
    'not_found',
    'already_decided',
    'lease_lost',
    'own_decision',
    'already_superseded',
    'already_undone',
    'needs_second_person',
  ],
})

export const undoAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals/:appealId/undo',
  summary: 'Take back how I decided an appeal, before that takes effect',
  permission: 'appeal.decide',
  params,
  body: z.object({ clientId: ClientId }),
  reply: Done,
  errors: ['not_found', 'not_yours', 'too_late', 'already_undone', 'already_superseded'],
})

export const withdrawAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals/:appealId/withdraw',
  summary: 'Close an appeal undecided: who filed it took it back, or what it is about stands no more',
  permission: 'appeal.file',
  params,
  body: z.object({ clientId: ClientId, reason: z.string().trim().min(1, 'Give the reason.').max(1_000) }),
  reply: Done,
  errors: ['not_found', 'already_decided', 'source_not_allowed'],
})
