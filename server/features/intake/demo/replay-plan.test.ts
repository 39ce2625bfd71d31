import { describe, expect, it } from 'vitest'
import { nameOf, planReplay } from './replay-plan.ts'
import { readFlags, readHistory, subjectsOf } from './sample.ts'
import { storyFlags } from './story.ts'
import { storyHistory } from './story-history.ts'

const flags = [...(await readFlags()), ...storyFlags]
const acts = [...(await readHistory()), ...storyHistory]
const steps = planReplay(flags, acts)

describe('planReplay', () => {
  it('takes in every flag and does every act once', () => {
    const taken = steps.flatMap((step) => ('flags' in step ? step.flags : []))
    const done = steps.flatMap((step) => ('act' in step ? [step.act] : []))
    expect(taken).toHaveLength(flags.length)
    expect(new Set(taken)).toEqual(new Set(flags))
    expect(new Set(done)).toEqual(new Set(acts))
  })

  it('goes forward in time and takes no flag in before it was made', () => {
    const times = steps.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    const early = steps.filter((step) => 'flags' in step && step.flags.some(({ flaggedAt }) => flaggedAt < step.at))
    expect(early).toEqual([])
  })

  it('does nothing about a post or an account before its first flag', () => {
    const seen = new Set<string>()
    const early = steps.filter((step) => {
      if ('act' in step) return !seen.has(nameOf(step.act))
      for (const name of step.flags.flatMap(subjectsOf)) seen.add(name)
      return false
    })
    expect(early).toEqual([])
  })

  it('needs few steps', () => {
    expect(steps.filter((step) => 'flags' in step).length).toBeLessThan(450)
  })
})
