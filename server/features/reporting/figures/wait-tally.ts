import { bit, type Columns } from './columns.ts'
import { dayAt, quarterMs } from './days.ts'
import { createVolume, type Look, type Plan, pick, placeDimensions } from './volume.ts'

/** What is counted of stretches of waiting: reviews opened, and those that wait at the end of each day. */
export function tallyWaits(plan: Plan) {
  const { days } = plan
  const length = days.names.length
  const volume = createVolume(plan, placeDimensions.length, 'opened')
  /** How many more wait at the end of a day than at the end of the one before. */
  const change = new Int32Array(length + 1)
  /** When the oldest was opened of those that wait at the end of a day; and of those that wait from it to the end. */
  const oldest = new Float64Array(length).fill(Infinity)
  const oldestFrom = new Float64Array(length).fill(Infinity)

  function take(columns: Columns, look: Look) {
    volume.add(columns, pick(columns, look, length, bit.opening), look.isWhole)
    const start = Date.parse(columns.day)
    const { rows, quarters, times } = columns
    const [since, waited, until] = times
    for (let row = 0; row < rows; row += 1) {
      if (look.wanted !== null && look.wanted[row] === 0) continue
      // Whoever waited before the period waits at the end of its first day, unless it ended until then.
      const first = Math.max(0, look.dayOf[quarters[row]!]!)
      if (first >= length) continue
      const begun = since![row]! - 1
      const last = lastDay(look, start, begun, until![row]!)
      if (first >= last) continue
      change[first]! += 1
      change[last]! -= 1
      const opened = start + begun - (waited![row]! - 1)
      if (last === length) oldestFrom[first] = Math.min(oldestFrom[first]!, opened)
      else for (let day = first; day < last; day += 1) oldest[day] = Math.min(oldest[day]!, opened)
    }
  }

  /** The day at whose end it waits no more; the number of days when it waits to the end. */
  function lastDay({ dayOf }: Look, start: number, begun: number, stored: number): number {
    if (stored === 0) return length
    const quarter = Math.floor((begun + stored - 1) / quarterMs)
    return quarter < dayOf.length ? dayOf[quarter]! : dayAt(days, start / quarterMs + quarter)
  }

  function backlog() {
    let waiting = 0
    let since = Infinity
    return days.names.map((_, day) => {
      waiting += change[day]!
      since = Math.min(since, oldestFrom[day]!)
      const openedMs = Math.min(since, oldest[day]!)
      return { value: waiting, openedMs: openedMs === Infinity ? null : openedMs }
    })
  }

  return { volume, take, backlog }
}
