/** Hands off for so long are a break, in milliseconds. */
export const restMs = 5 * 60_000
/** For how long a proposal is put off. */
export const laterMs = 15 * 60_000

export type Stretch = {
  /** Day of the figures, in the organisation's time zone. */
  day: string
  /** When the work since the last break began, and the last sign of it. */
  since: number
  usedAt: number
  /** Heavy posts decided that day before the last break. */
  heavyBefore: number
  /** Not proposed again before. */
  quietUntil: number
  /** Since when there is a break that was begun here. */
  restingSince: number | null
}

export type Limits = { isPrompted: boolean; minutes: number | null; items: number | null }

export const startStretch = (now: number, day: string, heavy: number): Stretch => ({
  day,
  since: now,
  usedAt: now,
  heavyBefore: heavy,
  quietUntil: 0,
  restingSince: null,
})

/** A hand on the keys or the pointer. After hands were off for long enough, work begins anew. */
export function noteUse(stretch: Stretch, now: number, heavy: number): Stretch {
  if (stretch.restingSince !== null) return stretch
  return now - stretch.usedAt >= restMs ? startStretch(now, stretch.day, heavy) : { ...stretch, usedAt: now }
}

/** Another day counts from nothing. */
export function onDay(stretch: Stretch, day: string): Stretch {
  return stretch.day === day ? stretch : { ...stretch, day, heavyBefore: 0 }
}

/** Why a break is proposed now; null when it is not. */
export function reasonFor(stretch: Stretch, limits: Limits, now: number, heavy: number): 'minutes' | 'items' | null {
  if (!limits.isPrompted || now < stretch.quietUntil || stretch.restingSince !== null) return null
  if (limits.items !== null && heavy - stretch.heavyBefore >= limits.items) return 'items'
  if (limits.minutes !== null && stretch.usedAt - stretch.since >= limits.minutes * 60_000) return 'minutes'
  return null
}
