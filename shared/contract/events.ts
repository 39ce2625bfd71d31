import { z } from 'zod'
import { endpoint, page, several } from './endpoint.ts'

/** One line of the audit log. `data` holds ids, codes and hashes, never personal text. */
export const LogEvent = z.object({
  /** Dense, given once, never renumbered. */
  seq: z.number().int(),
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.string(),
  /** Null for the system. */
  personId: z.string().nullable(),
  keyId: z.string().nullable(),
  subject: z.object({
    kind: z.string(),
    id: z.string(),
    version: z.number().int().nullable(),
    /** The review's reference, where the subject is one. */
    reference: z.string().nullable(),
  }),
  data: z.record(z.string(), z.unknown()),
})
export type LogEvent = z.infer<typeof LogEvent>

/** Stands for no person in the filter: what the system did by itself. */
export const systemPerson = 'system'

export const EventFilter = z.object({
  /** Ids of people, or `system`. */
  person: several(z.string().max(64)),
  kind: several(z.string().max(60)),
  subjectKind: several(z.string().max(30)),
  subjectId: z.string().max(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** This one entry. */
  seq: z.coerce.number().int().positive().optional(),
})
export type EventFilter = z.infer<typeof EventFilter>

export const listEvents = endpoint({
  method: 'GET',
  path: '/api/v1/events',
  summary: 'The audit log, newest first',
  permission: 'event.read',
  query: EventFilter.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(LogEvent).extend({
    /** The last number given. */
    head: z.number().int(),
    /** What the whole log holds, for the filters; with the first page only. */
    facets: z.object({ kinds: z.array(z.string()), subjectKinds: z.array(z.string()) }).nullable(),
  }),
})
