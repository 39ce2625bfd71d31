import { z } from 'zod'
import { Outcome } from '../domain/outcomes.ts'

/** What happened to a review meanwhile, told to the one who came second. */
export const Conflict = z.object({
  /** Who did it; null for the system (a lease that ran out). */
  byId: z.string().nullable(),
  byName: z.string().nullable(),
  at: z.iso.datetime(),
  /** Until when somebody else holds the review, for `held_by_other`. */
  heldUntil: z.iso.datetime().nullable(),
  decision: z
    .object({
      id: z.uuid(),
      outcome: Outcome,
      clause: z.object({ id: z.string(), version: z.number().int() }).nullable(),
      exemption: z.string().nullable(),
      measures: z.array(z.string()),
      rationale: z.string(),
    })
    .nullable(),
})
export type Conflict = z.infer<typeof Conflict>
