/** Days of a zone begin on these: every offset in use since 1990 is a multiple of it. */
export const quarterMs = 900_000
const dayMs = 86_400_000

/** Days of a time zone, one after the other. */
export type Days = {
  names: string[]
  /** When each begins, in quarters of an hour since 1970; one more for the end of the last. */
  starts: Float64Array
}

/** The days from one to another, both included. A day that the zone skipped is there, and empty. */
export function daysOf(from: string, to: string, zone: string): Days {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const names: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs) names.push(nameOf(at))
  const after = nameOf(Date.parse(to) + dayMs)
  return { names, starts: Float64Array.from([...names, after], (day) => startOf(day, format)) }
}

const nameOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The first quarter of an hour that is on that day or later. No zone is further than 15 hours from UTC. */
function startOf(day: string, format: Intl.DateTimeFormat): number {
  const middle = Date.parse(day) / quarterMs
  let [before, begun] = [middle - 60, middle + 60]
  while (begun - before > 1) {
    const between = Math.floor((before + begun) / 2)
    if (format.format(between * quarterMs) >= day) begun = between
    else before = between
  }
  return begun
}

/** The day a quarter of an hour is on; -1 before the first, `names.length` after the last. */
export function dayAt({ starts }: Days, quarter: number): number {
  if (quarter < starts[0]!) return -1
  let [low, high] = [0, starts.length - 1]
  if (quarter >= starts[high]!) return high
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= quarter) low = middle
    else high = middle
  }
  return low
}

export const addDays = (day: string, days: number): string => nameOf(Date.parse(day) + days * dayMs)

export const countDays = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1
