import { z } from 'zod'
import { FlagEffect, SourceKind } from '../domain/words.ts'
import { Count } from './accounts.ts'
import { ClientId, endpoint, page, several } from './endpoint.ts'

/** One flag in a list of all. */
export const ListedFlag = z.object({
  id: z.uuid(),
  source: z.object({ kind: SourceKind, name: z.string(), externalId: z.string() }),
  reasonCode: z.string(),
  policy: z.string().nullable(),
  text: z.string().nullable(),
  score: z.number().nullable(),
  effect: FlagEffect,
  flaggedAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  setAsideAt: z.iso.datetime().nullable(),
  /** Masked for those who need not know: null then, as where nobody was named. */
  reporter: z.object({ id: z.uuid(), name: z.string(), isTrusted: z.boolean(), isMuted: z.boolean() }).nullable(),
  account: z.object({ id: z.uuid(), handle: z.string(), platform: z.string() }),
  /** Null for a flag that made no work. */
  review: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  captionExcerpt: z.string().nullable(),
})
export type ListedFlag = z.infer<typeof ListedFlag>

export const FlagFilter = z.object({
  source: several(SourceKind),
  sourceName: several(z.string().max(100)),
  /** Only for those who may know reporters. */
  reporter: z.uuid().optional(),
  effect: several(FlagEffect),
  /** The suspected clause; `unsorted` is none. */
  policy: several(z.string().max(100)),
  account: z.uuid().optional(),
  setAside: z.stringbool().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})
export type FlagFilter = z.infer<typeof FlagFilter>

export const FlagSort = z.enum(['newest', 'oldest'])
export type FlagSort = z.infer<typeof FlagSort>

export const listFlags = endpoint({
  method: 'GET',
  path: '/api/v1/flags',
  summary: 'Flags, by when they came in',
  permission: 'review.read',
  query: FlagFilter.extend({
    sort: FlagSort.default('newest'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(ListedFlag).extend({
    /** What there is to filter by; with the first page only. */
    sourceNames: z.array(z.string()).nullable(),
  }),
})

/** How the reviews ended that a reporter's newest flags led to; several flags on one review count once. */
export const Upheld = z.object({
  /** Decided as a violation. */
  upheld: z.number().int(),
  /** Decided as no violation. */
  dismissed: z.number().int(),
  /** Left standing under an exemption: it tells nothing of the reporter, and is in no share. */
  exempt: z.number().int(),
  /** Of the upheld and the dismissed together, 0 to 1, with its 95 % interval; null of none. */
  share: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Fewer than 20: a share of so few is not to be relied on. */
  isFew: z.boolean(),
  /** There are flags beyond the newest 1,000, which are the ones looked at. */
  isCut: z.boolean(),
})
export type Upheld = z.infer<typeof Upheld>

export const ReporterRow = z.object({
  id: z.uuid(),
  sourceName: z.string(),
  externalId: z.string(),
  name: z.string().nullable(),
  /** 1 to 12: what their flags add to a review's priority; null is not trusted. */
  trustedWeight: z.number().int().nullable(),
  /** Null also once it has run out. */
  muted: z
    .object({
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable(),
      byId: z.string().nullable(),
    })
    .nullable(),
  flags: Count,
  /** Of the newest 10,000 flags of all, how many are theirs; null where nobody counted. */
  recent: z.number().int().nullable(),
  latestAt: z.iso.datetime().nullable(),
  outcomes: Upheld,
})
export type ReporterRow = z.infer<typeof ReporterRow>

export const ReporterFilter = z.object({
  sourceName: several(z.string().max(100)),
  trusted: z.stringbool().optional(),
  muted: z.stringbool().optional(),
  /** The beginning of a name or an id, in any case. */
  q: z.string().trim().max(200).optional(),
})
export type ReporterFilter = z.infer<typeof ReporterFilter>

/** `busiest` are those of the newest 10,000 flags, who sent most of them first. */
export const ReporterSort = z.enum(['busiest', 'newest'])
export type ReporterSort = z.infer<typeof ReporterSort>

export const listReporters = endpoint({
  method: 'GET',
  path: '/api/v1/reporters',
  summary: 'Who flagged, and how often they were right',
  permission: 'reporter.read',
  query: ReporterFilter.extend({
    sort: ReporterSort.default('busiest'),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(ReporterRow),
})

export const ReporterDetail = ReporterRow.extend({
  /** Flags by what they did. */
  effects: z.object({ opened: Count, joined: Count, recorded: Count, muted: Count }),
  setAside: Count,
})
export type ReporterDetail = z.infer<typeof ReporterDetail>

const params = z.object({ reporterId: z.uuid() })

export const getReporter = endpoint({
  method: 'GET',
  path: '/api/v1/reporters/:reporterId',
  summary: 'One reporter',
  permission: 'reporter.read',
  params,
  reply: ReporterDetail,
  errors: ['not_found'],
})

export const muteReporter = endpoint({
  method: 'POST',
  path: '/api/v1/reporters/:reporterId/mute',
  summary: 'Keep what a reporter flags from making work, until a time or until somebody ends it',
  permission: 'reporter.write',
  params,
  body: z.object({ clientId: ClientId, until: z.iso.datetime({ offset: true }).nullable().default(null) }),
  reply: ReporterDetail,
  errors: ['not_found'],
})

export const unmuteReporter = endpoint({
  method: 'POST',
  path: '/api/v1/reporters/:reporterId/unmute',
  summary: 'Let what a reporter flags make work again',
  permission: 'reporter.write',
  params,
  body: z.object({ clientId: ClientId }),
  reply: ReporterDetail,
  errors: ['not_found'],
})

export const trustReporter = endpoint({
  method: 'POST',
  path: '/api/v1/reporters/:reporterId/trust',
  summary: 'Mark a reporter as trusted, with a weight, or take the mark away',
  permission: 'reporter.write',
  params,
  body: z.object({ clientId: ClientId, weight: z.number().int().min(1).max(12).nullable() }),
  reply: ReporterDetail,
  errors: ['not_found'],
})

/** What setting aside does or did; decision record 0013 says why so. */
export const SetAside = z.object({
  /** Flags that came in later are left alone. */
  upTo: z.iso.datetime(),
  /** Flags of users and trusted flaggers on reviews that wait. */
  flags: z.number().int(),
  /** Reviews they are on: the sum of those below. */
  reviews: z.number().int(),
  /** Leave the queue without a decision: nobody else flagged them, and nobody has them in hand. */
  closed: z.number().int(),
  /** Stay, with the flags of others. */
  flaggedByOthers: z.number().int(),
  /** Stay, although nobody else flagged them: somebody holds them, or put them on hold, or escalated them. */
  inHand: z.number().int(),
  /** Stay, although nobody else flagged them: a critical clause or a threat to life is suspected, so a person looks. */
  critical: z.number().int(),
})
export type SetAside = z.infer<typeof SetAside>

export const TakeUp = z.object({
  flags: z.number().int(),
  /** On which they count again. */
  reviews: z.number().int(),
  /** Of these, those that were closed undecided and wait again. */
  reopened: z.number().int(),
  /** Left as they are: decided since, or another review of the same content waits. */
  left: z.number().int(),
})
export type TakeUp = z.infer<typeof TakeUp>

export const takeUpFlags = endpoint({
  method: 'POST',
  path: '/api/v1/reporters/:reporterId/take-up',
  summary: 'Let this reporter’s flags that were set aside count again',
  permission: 'reporter.write',
  params,
  body: z.object({ clientId: ClientId }),
  reply: TakeUp,
  errors: ['not_found'],
})

export const previewSetAside = endpoint({
  method: 'GET',
  path: '/api/v1/reporters/:reporterId/set-aside',
  summary: 'What setting this reporter’s open flags aside would do',
  permission: 'reporter.write',
  params,
  reply: SetAside,
  errors: ['not_found'],
})

export const setAsideFlags = endpoint({
  method: 'POST',
  path: '/api/v1/reporters/:reporterId/set-aside',
  summary: 'Set this reporter’s open flags aside',
  permission: 'reporter.write',
  params,
  /** `upTo` as the preview said. */
  body: z.object({ clientId: ClientId, upTo: z.iso.datetime() }),
  reply: SetAside,
  errors: ['not_found'],
})
