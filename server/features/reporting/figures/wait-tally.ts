import { bit, type Columns } from './columns.ts'
import { dayAt, quarterMs } from './days.ts'
import { createVolume, type Look, type Plan, pick, placeDimensions } from './volume.ts'

/** What is counted of stretches of waiting: reviews opened, and those that wait at the end of each day. */
export function tallyWaits(plan: Plan) {
  const { days } = plan
  const length = days.names.length
  const volume = createVolume(plan, placeDimensions.length)
  /** How many more wait at the end of a day than at the end of the one before. */
  const change = new Int32Array(length + 1)
  const oldest = new Float64Array(length).fill(Infinity)

  function take(columns: Columns, look: Look) {
    volume.add(columns, pick(columns, look, length, bit.opening))
    const start = Date.parse(columns.day)
    const [since, waited, until] = columns.times
    for (let row = 0; row < columns.rows; row += 1) {
      if (look.wanted !== null && look.wanted[row] === 0) continue
      // Whoever waited before the period waits at the end of its first day, unless it ended until then.
      const first = Math.max(0, look.dayOf[columns.quarters[row]!]!)
      const at = start + since![row]! - 1
      const lasted = until![row]!
      const last = lasted === 0 ? length : dayAt(days, Math.floor((at + lasted - 1) / quarterMs))
      if (first >= last) continue
      change[first]! += 1
      change[Math.min(last, length)]! -= 1
      const opened = at - (waited![row]! - 1)
      for (let day = first; day < last && day < length; day += 1) if (opened < oldest[day]!) oldest[day] = opened
    }
  }

  function backlog() {
    let waiting = 0
    return days.names.map((_, day) => {
      waiting += change[day]!
      return { value: waiting, openedMs: oldest[day] === Infinity ? null : oldest[day]! }
    })
  }

  return { volume, take, backlog }
}
