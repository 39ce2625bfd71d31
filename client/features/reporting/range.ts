/*
 * Periods of a report: calendar days of the organisation's zone, written `2026-06-30`, both ends included. Days are counted
 * on the calendar, never in hours: a day on which clocks change is one day.
 */

export type Period = { from: string; to: string }

export const presets = ['7d', '28d', 'month', 'quarter'] as const
export type Preset = (typeof presets)[number]

export const comparisons = ['before', 'year', 'none'] as const
export type Comparison = (typeof comparisons)[number]

const dayMs = 86_400_000
const read = (day: string) => Date.parse(`${day}T00:00:00Z`)
const write = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The longest period that is asked for: as many days as a leap year and its edges have. */
export const mostDays = 400

export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[1-9]\d{3}-\d\d-\d\d$/.test(value)) return false
  const ms = read(value)
  // There is no 30 February.
  return !Number.isNaN(ms) && write(ms) === value
}

export const addDays = (day: string, count: number) => write(read(day) + count * dayMs)

/** How many days the period has. */
export const daysIn = ({ from, to }: Period) => Math.round((read(to) - read(from)) / dayMs) + 1

export function eachDay(period: Period): string[] {
  return Array.from({ length: Math.max(0, daysIn(period)) }, (_, index) => addDays(period.from, index))
}

/** The same day of another month, or that month's last. */
export function addMonths(day: string, count: number): string {
  const at = new Date(read(day))
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1)
  const last = lastOfMonth(write(first))
  return write(Math.min(first + (at.getUTCDate() - 1) * dayMs, read(last)))
}

const firstOfMonth = (day: string) => `${day.slice(0, 8)}01`

function lastOfMonth(day: string) {
  const at = new Date(read(day))
  return write(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0))
}

const firstOfQuarter = (day: string) => firstOfMonth(addMonths(day, -((Number(day.slice(5, 7)) - 1) % 3)))

/** The period that a preset means on this day. Months and quarters are whole, also the one that is not over. */
export function periodOf(preset: Preset, today: string): Period {
  if (preset === '7d') return { from: addDays(today, -6), to: today }
  if (preset === '28d') return { from: addDays(today, -27), to: today }
  if (preset === 'month') return { from: firstOfMonth(today), to: lastOfMonth(today) }
  const from = firstOfQuarter(today)
  return { from, to: lastOfMonth(addMonths(from, 2)) }
}

/** What kind of calendar period it is, whenever it was; null for any other. */
export function shapeOf({ from, to }: Period): 'month' | 'quarter' | null {
  if (from !== firstOfMonth(from) || to !== lastOfMonth(to)) return null
  if (to === lastOfMonth(from)) return 'month'
  return from === firstOfQuarter(from) && to === lastOfMonth(addMonths(from, 2)) ? 'quarter' : null
}

/** The period of the same shape before or after this one: the month before a month, the seven days before seven days. */
export function step(period: Period, by: 1 | -1): Period {
  const shape = shapeOf(period)
  if (shape) {
    const from = addMonths(period.from, by * (shape === 'month' ? 1 : 3))
    return { from, to: lastOfMonth(shape === 'month' ? from : addMonths(from, 2)) }
  }
  const days = daysIn(period) * by
  return { from: addDays(period.from, days), to: addDays(period.to, days) }
}

/** What the period is held against; null when against nothing. */
export function against(period: Period, comparison: Comparison): Period | null {
  if (comparison === 'none') return null
  if (comparison === 'before') return step(period, -1)
  const from = addMonths(period.from, -12)
  // A month of February stays whole, whatever year it was.
  return { from, to: shapeOf(period) ? lastOfMonth(addMonths(period.to, -12)) : addMonths(period.to, -12) }
}

/** Days taken together so that a chart of a long period stays readable: by week from the first day on. */
export function toSpans(period: Period, mostBars = 92): Period[] {
  const size = daysIn(period) > mostBars ? 7 : 1
  const starts = eachDay(period).filter((_, index) => index % size === 0)
  return starts.map((from) => {
    const last = addDays(from, size - 1)
    return { from, to: last < period.to ? last : period.to }
  })
}
