import type { Columns } from './columns.ts'
import { spreadOf } from './ranks.ts'
import { createVolume, createWords, type Look, type Plan, pick, placeDimensions } from './volume.ts'

/** What is counted of originals shown: how many, for how long, and to how many people; never to whom. */
export function tallyReveals(plan: Plan) {
  const length = plan.days.names.length
  const volume = createVolume(plan, placeDimensions.length, 'all')
  const people = createWords()
  const perPersonDay = new Map<number, number>()
  let shownMs = 0

  function take(columns: Columns, look: Look) {
    const picked = pick(columns, look, length)
    volume.add(columns, picked, look.isWhole)
    const { known, codes } = columns.words[placeDimensions.length]!
    const shown = columns.times[0]!
    // A block reaches over two days, or three.
    const { count, rows, days } = picked
    const base = count > 0 ? days[0]! : 0
    const counts = new Uint32Array(known.length * 3)
    for (let index = 0; index < count; index += 1) {
      const row = rows[index]!
      counts[codes[row]! * 3 + days[index]! - base]! += 1
      if (shown[row]! > 1) shownMs += shown[row]! - 1
    }
    for (const [place, n] of counts.entries()) {
      if (n === 0) continue
      const key = people.codeOf(known[Math.floor(place / 3)]!) * length + base + (place % 3)
      perPersonDay.set(key, (perPersonDay.get(key) ?? 0) + n)
    }
  }

  function load() {
    const viewers = new Set([...perPersonDay.keys()].map((key) => Math.floor(key / length)))
    return { shownMs, viewers: viewers.size, revealsPerPersonDay: spreadOf([...perPersonDay.values()]) }
  }

  return { volume, take, load }
}
