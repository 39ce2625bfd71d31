import { z } from 'zod'
import { ClientId, endpoint, Nothing } from './endpoint.ts'
import { PersonId } from './team.ts'

/** What one person looked at, of one kind of harm. */
export const KindExposure = z.object({
  /** Section of the policy, by its code; null is what was unsorted. */
  kind: z.string().nullable(),
  /** Reviews with media that were decided or passed on by who held them. */
  items: z.number().int(),
  reveals: z.number().int(),
  /** Milliseconds that originals were on the screen. */
  shownMs: z.number().int(),
})
export type KindExposure = z.infer<typeof KindExposure>

/** One person's day. */
export const Exposure = z.object({
  /** In the organisation's time zone. */
  day: z.iso.date(),
  isCounted: z.boolean(),
  /** Originals that may be seen, with what a supervisor added; null is as many as one likes. */
  budget: z.number().int().nullable(),
  added: z.number().int(),
  /** When the person asked a supervisor for more and was not yet given any. */
  askedAt: z.iso.datetime().nullable(),
  ...KindExposure.omit({ kind: true }).shape,
  byKind: z.array(KindExposure),
})
export type Exposure = z.infer<typeof Exposure>

export const getExposure = endpoint({
  method: 'GET',
  path: '/api/v1/me/exposure',
  summary: 'What I looked at today, and what is left of my budget',
  permission: 'media.reveal',
  reply: Exposure,
})

export const askForReveals = endpoint({
  method: 'POST',
  path: '/api/v1/me/exposure/ask',
  summary: 'Ask the supervisors for more originals today; asking again changes nothing',
  permission: 'media.reveal',
  body: z.object({ clientId: ClientId }),
  reply: Nothing,
})

export const PersonExposure = Exposure.extend({ personId: PersonId, name: z.string() })
export type PersonExposure = z.infer<typeof PersonExposure>

/** PostgreSQL knows no year 0. */
const isStorable = (day: string) => day >= '0001-01-01'

export const listExposure = endpoint({
  method: 'GET',
  path: '/api/v1/exposure',
  summary: "Everybody's load on one day, by name: never in the order of an amount",
  permission: 'exposure.read',
  query: z.object({ /** Today, when left out. */ day: z.iso.date().refine(isStorable, 'Is too long ago.').optional() }),
  reply: z.object({ day: z.iso.date(), isCounted: z.boolean(), items: z.array(PersonExposure) }),
})

export const addReveals = endpoint({
  method: 'POST',
  path: '/api/v1/exposure/:personId/add',
  summary: 'Let somebody else see more originals today than the budget says; it is recorded',
  permission: 'exposure.add',
  params: z.object({ personId: PersonId }),
  body: z.object({ clientId: ClientId, reveals: z.number().int().min(1).max(500) }),
  reply: z.object({ budget: z.number().int().nullable() }),
  errors: ['not_found', 'not_yours'],
})
