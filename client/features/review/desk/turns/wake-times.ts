/** The hours at which an evening and a morning begin for those who work. */
const evening = 18
const morning = 9

export const wakes = ['hour', 'evening', 'morning', 'days', 'week', 'own'] as const
export type Wake = (typeof wakes)[number]

/** At most this far ahead, in milliseconds: the server refuses more. */
export const mostHoldMs = 30 * 86_400_000

/** When a review put on hold now opens again; null for a time of one's own. In the viewer's zone, to the minute. */
export function wakeTime(wake: Wake, now: Date): Date | null {
  switch (wake) {
    case 'hour':
      return new Date(Math.ceil((now.getTime() + 3_600_000) / 60_000) * 60_000)
    case 'evening':
      return at(now, isEveningPast(now) ? 1 : 0, evening)
    case 'morning':
      return at(now, 1, morning)
    case 'days':
      return at(now, 3, morning)
    case 'week':
      return at(now, 7, morning)
    case 'own':
      return null
  }
}

/** Half an hour before the evening it is too late to mean today's. */
export const isEveningPast = (now: Date) => at(now, 0, evening).getTime() - now.getTime() < 1_800_000

function at(now: Date, days: number, hour: number): Date {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  date.setHours(hour, 0, 0, 0)
  return date
}
