import { z } from 'zod'

/** Who publishes. */
export const Publisher = z.enum(['media', 'research', 'institution', 'private', 'group', 'unknown'])

/** To what end. */
export const Purpose = z.enum(['inform', 'condemn', 'teach', 'art', 'promote', 'unclear'])

/** Whether the publisher makes it their own. */
export const Endorsement = z.enum(['no', 'yes', 'unclear'])

/** The questions before an exemption is granted or ruled out, where a clause asks for them. */
export const ExemptionTest = z.object({
  publisher: Publisher,
  purpose: Purpose,
  endorsed: Endorsement,
  text: z.string().trim().max(1_000).default(''),
})
export type ExemptionTest = z.infer<typeof ExemptionTest>
export type Publisher = z.infer<typeof Publisher>
export type Purpose = z.infer<typeof Purpose>
export type Endorsement = z.infer<typeof Endorsement>
