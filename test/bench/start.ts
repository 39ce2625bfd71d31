import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './benches.ts'
import { atMost } from './result.ts'
import { startServer } from './world.ts'

/** From the command to the first answer: on a folder that is new, and on one that is there. The client is built before. */
export const start: Bench = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  try {
    const first = await startServer(dataDir)
    await first.stop()
    const second = await startServer(dataDir)
    await second.stop()
    return [
      atMost(15, { name: 'first start', value: first.readyMs / 1_000, unit: 's' }),
      atMost(3, { name: 'start', value: second.readyMs / 1_000, unit: 's' }),
    ]
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
