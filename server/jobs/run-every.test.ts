import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { runEvery } from './run-every.ts'

const lines: string[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })

describe('runEvery', () => {
  it('tries again after a run that failed, and says so', async () => {
    let runs = 0
    const twice = Promise.withResolvers<void>()
    const job = runEvery({ name: 'count', everyMs: 1, log }, async () => {
      runs++
      if (runs === 1) throw new Error('the first one fails')
      twice.resolve()
    })
    await twice.promise
    await job.stop()
    expect(lines.join('')).toContain('the first one fails')
  })

  it('lets the run that is under way end, and begins no other', async () => {
    let ended = 0
    const begun = Promise.withResolvers<void>()
    const job = runEvery({ name: 'slow', everyMs: 1, log }, async () => {
      begun.resolve()
      await sleep(50)
      ended++
    })
    await begun.promise
    await job.stop()
    await sleep(20)
    expect(ended).toBe(1)
  })
})
