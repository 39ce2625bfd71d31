import { z } from 'zod'

/** `failed` waits for a person; `cancelled` was overtaken by a later decision before it arrived. */
export const DeliveryState = z.enum(['pending', 'sending', 'delivered', 'failed', 'cancelled'])
export type DeliveryState = z.infer<typeof DeliveryState>

/** What a platform says it did about a decision. */
export const DeliveryAnswer = z.enum(['done', 'already_deleted', 'refused'])
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>

/** The most characters that are kept of what a platform adds to its answer. */
export const longestAnswer = 2_000
