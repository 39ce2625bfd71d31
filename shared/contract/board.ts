import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PersonId } from './team.ts'

/** When not `exact` there are at least `value`. */
const Count = z.object({ value: z.number().int(), exact: z.boolean() })
export type BoardCount = z.infer<typeof Count>

/** How far back and ahead the board looks, in milliseconds. */
export const boardSpanMs = 3_600_000

export const BoardQueue = z.object({
  queueId: z.string(),
  /** Everything undecided. */
  waiting: Count,
  /** When the review that waits longest was opened. */
  oldestAt: z.iso.datetime().nullable(),
  overdue: Count,
  /** Due within the next hour. */
  dueSoon: Count,
  onHold: Count,
  escalated: Count,
  confirming: Count,
  /** Reviews opened within the last hour. */
  opened: Count,
  /** Decisions taken within the last hour, also those that were taken back. */
  decided: Count,
  /** Under a lease at this moment. */
  inHand: z.number().int(),
  /** Appeals that nobody has decided. */
  appeals: Count,
})
export type BoardQueue = z.infer<typeof BoardQueue>

export const BoardPerson = z.object({
  personId: PersonId,
  /** A page of theirs was heard of within the last half minute. */
  isHere: z.boolean(),
  held: z.array(z.object({ queueId: z.string(), count: z.number().int() })),
})
export type BoardPerson = z.infer<typeof BoardPerson>

export const getBoard = endpoint({
  method: 'GET',
  path: '/api/v1/board',
  summary:
    'How things stand at this moment: what waits in each queue, and who holds what; people by name, in no other order',
  permission: 'team.read',
  reply: z.object({
    countedAt: z.iso.datetime(),
    /** In the order of the queues. */
    queues: z.array(BoardQueue),
    /** Who is at work or holds something. */
    people: z.array(BoardPerson),
  }),
})
export type Board = z.infer<typeof getBoard.reply>
