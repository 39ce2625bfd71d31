import { decide } from './decide.ts'
import { exportBenches } from './export.ts'
import { filter } from './filter.ts'
import { firstLoad } from './first-load.ts'
import { growth } from './growth.ts'
import { intake } from './intake.ts'
import { intakeMedia } from './intake-media.ts'
import { keyToNext } from './key-to-next.ts'
import { list } from './list.ts'
import { live } from './live.ts'
import { report } from './report.ts'
import { search } from './search.ts'
import { start } from './start.ts'
import type { World } from './world.ts'

export type Result = {
  name: string
  value: number
  unit: string
  /** The budget, with its direction: `≤ 5`. */
  bar: string
  ok: boolean
  detail: string
}

export type Bench = (world: World) => Promise<Result[]>

export const benches: Record<string, Bench> = {
  list,
  filter,
  search,
  decide,
  live,
  intake,
  'intake-media': intakeMedia,
  ...exportBenches,
  report,
  start,
  growth,
  'first-load': firstLoad,
  'key-to-next': keyToNext,
}
