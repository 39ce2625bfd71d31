import { z } from 'zod'

/** Originals that one person may see on one day. */
const DailyReveals = z.number().int().min(1).max(10_000)
/** Minutes at the screen, and reviews of heavy kinds, after which a break is proposed. */
const BreakMinutes = z.number().int().min(5).max(480)
const BreakItems = z.number().int().min(1).max(1_000)

/** Null is the organisation's. */
export const OwnCare = z.object({
  dailyReveals: DailyReveals.nullable(),
  breakMinutes: BreakMinutes.nullable(),
  breakItems: BreakItems.nullable(),
  /** Whether breaks are proposed at all. */
  isPrompted: z.boolean(),
})
export type OwnCare = z.infer<typeof OwnCare>

export const blankOwnCare: OwnCare = { dailyReveals: null, breakMinutes: null, breakItems: null, isPrompted: true }

export const HouseCare = z.object({
  /** Off: nothing is counted, and no budget holds. */
  isCounted: z.boolean(),
  /** After so many days what was counted is cleared away. */
  keepDays: z.number().int().min(1).max(3_650),
  /** Null: as many as one likes. */
  dailyReveals: DailyReveals.nullable(),
  breakMinutes: BreakMinutes.nullable(),
  breakItems: BreakItems.nullable(),
  /** Sections of the policy, by their codes. */
  heavyKinds: z.array(z.string().max(10)).max(50),
})
export type HouseCare = z.infer<typeof HouseCare>

export const blankHouseCare: HouseCare = {
  isCounted: true,
  keepDays: 90,
  dailyReveals: 120,
  breakMinutes: 60,
  breakItems: 40,
  heavyKinds: ['1', '2', '3', '7'],
}

/** How many originals a day: the person's own number may be lower than the organisation's, never higher. */
export function dailyReveals(own: OwnCare, house: HouseCare): number | null {
  if (own.dailyReveals === null || house.dailyReveals === null) return own.dailyReveals ?? house.dailyReveals
  return Math.min(own.dailyReveals, house.dailyReveals)
}
