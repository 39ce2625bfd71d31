import type { Columns } from './columns.ts'
import { noSpread } from './decision-tally.ts'
import { spreadsOf } from './ranks.ts'
import { createVolume, createWords, type Look, type Plan, placeDimensions } from './volume.ts'

/** What is counted of originals shown: how many, for how long, and to how many people; never to whom. */
export function tallyReveals(plan: Plan) {
  const volume = createVolume(plan, placeDimensions.length)
  const people = createWords()
  const perPersonDay = new Map<number, number>()
  const seen = new Set<number>()
  let shownMs = 0

  function take(columns: Columns, look: Look) {
    volume.add(columns, look)
    const { known, codes } = columns.words[placeDimensions.length]!
    const global = known.map((id) => people.codeOf(id))
    for (let row = 0; row < columns.rows; row += 1) {
      const day = look.dayOf[columns.quarters[row]!]!
      if ((look.wanted !== null && look.wanted[row] === 0) || day < 0 || day >= plan.days.names.length) continue
      const person = global[codes[row]!]!
      seen.add(person)
      const key = person * plan.days.names.length + day
      perPersonDay.set(key, (perPersonDay.get(key) ?? 0) + 1)
      shownMs += Math.max(0, columns.times[0]![row]! - 1)
    }
  }

  function load() {
    const values = Float64Array.from(perPersonDay.values())
    const [[spread = noSpread] = []] = spreadsOf(values, [{ codes: new Uint8Array(values.length), groups: 1 }])
    return { shownMs, viewers: seen.size, revealsPerPersonDay: spread }
  }

  return { volume, take, load }
}
