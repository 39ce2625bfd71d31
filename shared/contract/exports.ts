import { z } from 'zod'
import { AccountFilter } from './accounts.ts'
import { DecisionFilter } from './decision-list.ts'
import { ClientId, endpoint, Nothing } from './endpoint.ts'
import { EventFilter } from './events.ts'
import { Language } from './preferences.ts'
import { FlagFilter } from './reporters.ts'
import { ReviewFilter } from './review-filter.ts'

export const ExportKind = z.enum(['reviews', 'decisions', 'accounts', 'flags', 'appeals', 'events', 'report'])
export type ExportKind = z.infer<typeof ExportKind>

export const ExportFormat = z.enum(['csv', 'xlsx', 'jsonl', 'parquet', 'html'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** A day in the organisation's time zone, or a moment. */
const Edge = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

/**
 * From the first to the last day, both included; of moments the second is not. What it narrows is when reviews were opened,
 * decisions taken, accounts first heard of, flags received, appeals filed, and events logged.
 */
export const Period = z.object({ from: Edge.optional(), to: Edge.optional() })
export type Period = z.infer<typeof Period>

const anySort = { sort: z.string().max(30).optional() }
const noPeriod = { from: true, to: true } as const

/** What narrows each kind: the filters of its list. A name that is not among them is refused: it would narrow nothing. */
export const exportFilters = {
  reviews: z.strictObject({ ...ReviewFilter.shape, ...anySort }),
  decisions: z.strictObject({ ...DecisionFilter.omit(noPeriod).shape, ...ReviewFilter.shape, ...anySort }),
  accounts: z.strictObject({ ...AccountFilter.shape, ...anySort }),
  flags: z.strictObject({ ...FlagFilter.omit(noPeriod).shape, ...anySort }),
  appeals: z.strictObject({ queue: DecisionFilter.shape.queue, ...anySort }),
  events: z.strictObject({ ...EventFilter.omit(noPeriod).shape, ...anySort }),
  report: z.strictObject({
    queue: DecisionFilter.shape.queue,
    clause: DecisionFilter.shape.clause,
    language: ReviewFilter.shape.language,
    platform: ReviewFilter.shape.platform,
    source: ReviewFilter.shape.source,
    /** The event that the figures on a screen were counted up to: the file says the same. */
    seq: z.coerce.number().int().min(0).optional(),
  }),
} satisfies Record<ExportKind, z.ZodType>

export const exportRows = endpoint({
  method: 'GET',
  path: '/api/v1/exports/:kind.:format',
  summary: 'Everything under the filters of the list, streamed as a file; large ones are better asked for as a job',
  permission: 'export.create',
  params: z.object({ kind: ExportKind, format: ExportFormat }),
  /** Besides these the filters of the kind's list. */
  query: z.looseObject({ ...Period.shape, fileLanguage: Language.optional() }),
  wire: { response: 'application/octet-stream' },
  reply: z.unknown(),
  errors: ['too_many_requests', 'too_many_rows'],
})

export const ExportState = z.enum(['queued', 'running', 'ended', 'broken', 'cancelled'])
export type ExportState = z.infer<typeof ExportState>

export const Export = z.object({
  id: z.uuid(),
  kind: ExportKind,
  format: ExportFormat,
  filter: z.record(z.string(), z.unknown()),
  period: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  state: ExportState,
  /** Null for the command line. */
  personId: z.string().nullable(),
  scheduleId: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Rows so far, and about how many there will be. */
  rows: z.number().int(),
  expectedRows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** The same export again gives the same bytes. */
  isClosed: z.boolean(),
  /** Why it broke off. */
  failure: z.string().nullable(),
  /** Until then it may be downloaded; null where no file is kept. */
  expiresAt: z.iso.datetime().nullable(),
  /** Whether the reader may download it now. */
  isDownloadable: z.boolean(),
})
export type Export = z.infer<typeof Export>

/** What proves an export: which rows, how many, as of when, and the hash of the file. */
export const Manifest = z.object({
  exportId: z.uuid(),
  file: z.string(),
  kind: ExportKind,
  format: ExportFormat,
  filter: z.record(z.string(), z.unknown()),
  period: z.object({
    from: z.string().nullable(),
    to: z.string().nullable(),
    timeZone: z.string(),
    /** The moments these days begin and end at. */
    fromAt: z.iso.datetime().nullable(),
    toAt: z.iso.datetime().nullable(),
  }),
  columns: z.array(z.string()),
  /** Codes of what the rows do not hold. */
  leftOut: z.array(z.string()),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** Of the rows as JSON lines, where the file itself names it. */
  rowsSha256: z.string().nullable(),
  /** The last entry of the log that the rows know of. */
  seq: z.number().int(),
  asOf: z.iso.datetime(),
  isClosed: z.boolean(),
  madeBy: z.string().nullable(),
  scheduleId: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
})
export type Manifest = z.infer<typeof Manifest>

const Asked = z.object({
  kind: ExportKind,
  format: ExportFormat,
  filter: z.record(z.string(), z.unknown()).default({}),
  /** Of covers and printed pages. */
  language: Language.default('en'),
})

export const createExport = endpoint({
  method: 'POST',
  path: '/api/v1/exports',
  summary: 'Ask for an export: made by a job, kept for download for some days',
  permission: 'export.create',
  body: Asked.extend({ clientId: ClientId, period: Period.default({}) }),
  reply: Export,
  status: 201,
  errors: ['too_many_exports'],
})

export const listExports = endpoint({
  method: 'GET',
  path: '/api/v1/exports',
  summary: 'Exports, newest first: my own; those of others for who sees all queues',
  permission: 'export.create',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** The id of the last one of the page before. */
    after: z.uuid().optional(),
  }),
  reply: z.object({
    items: z.array(Export),
    nextAfter: z.uuid().nullable(),
    /** The organisation's: days of periods are told in it. */
    timeZone: z.string(),
    /** Whether an operator has named a folder for scheduled exports. */
    hasFolder: z.boolean(),
  }),
})

const params = z.object({ exportId: z.uuid() })

export const getExport = endpoint({
  method: 'GET',
  path: '/api/v1/exports/:exportId',
  summary: 'One export and how far it is',
  permission: 'export.create',
  params,
  reply: Export,
  errors: ['not_found'],
})

export const getManifest = endpoint({
  method: 'GET',
  path: '/api/v1/exports/:exportId/manifest',
  summary: 'What proves an export that has ended',
  permission: 'export.create',
  params,
  reply: Manifest,
  errors: ['not_found', 'export_not_ready'],
})

export const downloadExport = endpoint({
  method: 'GET',
  path: '/api/v1/exports/:exportId/file',
  summary: 'The file of an export that has ended, until it expires',
  permission: 'export.create',
  params,
  wire: { response: 'application/octet-stream' },
  reply: z.unknown(),
  errors: ['not_found', 'export_not_ready', 'export_expired'],
})

export const cancelExport = endpoint({
  method: 'POST',
  path: '/api/v1/exports/:exportId/cancel',
  summary: 'End an export before it is whole',
  permission: 'export.create',
  params,
  body: z.object({ clientId: ClientId }),
  reply: Export,
  errors: ['not_found', 'not_yours', 'export_ended'],
})

export const ScheduleInterval = z.enum(['day', 'week', 'month'])
export type ScheduleInterval = z.infer<typeof ScheduleInterval>

export const ExportSchedule = Asked.extend({
  id: z.uuid(),
  /** Begins the names of its files. */
  name: z.string(),
  every: ScheduleInterval,
  /** Below the operator's folder; empty is that folder. */
  folder: z.string(),
  personId: z.string(),
  createdAt: z.iso.datetime(),
  /** The period that comes next, and from when on it is written. */
  next: z.object({ from: z.iso.date(), to: z.iso.date(), at: z.iso.datetime() }),
  last: z.object({ exportId: z.uuid(), state: ExportState, from: z.string(), to: z.string() }).nullable(),
  /** Why it does not run: whoever made it may export no more, or the folder is gone. */
  halted: z.string().nullable(),
})
export type ExportSchedule = z.infer<typeof ExportSchedule>

export const listSchedules = endpoint({
  method: 'GET',
  path: '/api/v1/export-schedules',
  summary: 'Scheduled exports',
  permission: 'export.create',
  reply: z.object({ items: z.array(ExportSchedule) }),
})

export const createSchedule = endpoint({
  method: 'POST',
  path: '/api/v1/export-schedules',
  summary: 'Write an export of each closed period to a folder; it sees what its maker sees',
  permission: 'export.schedule',
  body: Asked.extend({
    clientId: ClientId,
    name: z.string().regex(/^[a-z\d][\w-]{0,59}$/i, 'Letters, digits, - and _ only.'),
    every: ScheduleInterval,
    folder: z
      .string()
      .max(200)
      .regex(/^([\w-]+(\/[\w-]+)*)?$/, 'Folders of letters, digits, - and _.')
      .default(''),
  }),
  reply: ExportSchedule,
  status: 201,
  errors: ['no_export_folder', 'name_taken'],
})

export const deleteSchedule = endpoint({
  method: 'POST',
  path: '/api/v1/export-schedules/:scheduleId/end',
  summary: 'Write no further files of a schedule; those that are there stay',
  permission: 'export.schedule',
  params: z.object({ scheduleId: z.uuid() }),
  body: z.object({ clientId: ClientId }),
  reply: Nothing,
  errors: ['not_found'],
})
