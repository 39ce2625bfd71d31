import { decide } from './decide.ts'
import { exportAll } from './export.ts'
import { firstLoad } from './first-load.ts'
import { list } from './list.ts'
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

export const benches: Record<string, Bench> = { list, decide, export: exportAll, start, 'first-load': firstLoad }
