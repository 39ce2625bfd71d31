import type { Columns } from './columns.ts'
import { spreadOf } from './ranks.ts'
import { createVolume, createWords, type Look, type Plan, pick, placeDimensions } from './volume.ts'

/** What is counted of originals shown: how many, for how long, and to how many people; never to whom. */
export function tallyReveals(plan: Plan) {
  const length = plan.days.names.length
  const volume = createVolume(plan, placeDimensions.length)
  const people = createWords()
  const perPersonDay = new Map<number, number>()
  let shownMs = 0

  function take(columns: Columns, look: Look) {
    const picked = pick(columns, look, length)
    volume.add(columns, picked)
    const { known, codes } = columns.words[placeDimensions.length]!
    const global = known.map((id) => people.codeOf(id))
    const shown = columns.times[0]!
    for (let index = 0; index < picked.count; index += 1) {
      const row = picked.rows[index]!
      const key = global[codes[row]!]! * length + picked.days[index]!
      perPersonDay.set(key, (perPersonDay.get(key) ?? 0) + 1)
      shownMs += Math.max(0, shown[row]! - 1)
    }
  }

  function load() {
    const viewers = new Set([...perPersonDay.keys()].map((key) => Math.floor(key / length)))
    return { shownMs, viewers: viewers.size, revealsPerPersonDay: spreadOf([...perPersonDay.values()]) }
  }

  return { volume, take, load }
}
