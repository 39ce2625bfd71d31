import type { Ago, SampleAct, SampleFlag } from './sample.ts'
import { subjectsOf } from './sample.ts'

/** Either flags that are taken in together, or one thing that a person did. `at`: when. */
export type Step = { at: Ago; flags: SampleFlag[] } | { at: Ago; act: SampleAct }

const hour = 60
const day = 24 * hour

/** How far the flags of one step may lie apart: close together lately, where lists show how old they are. */
const spanAt = (ago: Ago) => (ago < 6 * hour ? hour / 6 : ago < day ? hour / 2 : ago < 4 * day ? 3 * hour : day)

/**
 * Flags and acts in the order in which they happened, with as few steps as keep that order for each subject: a step
 * takes its flags in at the time of its last one, and what people did about any of them comes after.
 */
export function planReplay(flags: readonly SampleFlag[], acts: readonly SampleAct[]): Step[] {
  const deadlineOf = deadlines(acts)
  const steps: Step[] = acts.map((act) => ({ at: act.at, act }))
  let open: { at: Ago; start: Ago; deadline: Ago; flags: SampleFlag[] } | null = null
  for (const flag of flags.toSorted((a, b) => b.flaggedAt - a.flaggedAt)) {
    const at = flag.flaggedAt
    if (!open || at < open.deadline || open.start - at > spanAt(at)) {
      open = { at, start: at, deadline: 0, flags: [] }
      steps.push(open)
    }
    open.at = at
    open.flags.push(flag)
    open.deadline = Math.max(open.deadline, deadlineOf(flag))
  }
  return steps.toSorted((a, b) => b.at - a.at || Number('act' in a) - Number('act' in b))
}

/** The first thing that was done after a flag about its post or its account; 0 when nothing was. */
function deadlines(acts: readonly SampleAct[]) {
  const times = Map.groupBy(acts, nameOf)
  const firstAfter = (name: string, ago: Ago) =>
    Math.max(0, ...(times.get(name) ?? []).map(({ at }) => at).filter((at) => at <= ago))
  return (flag: SampleFlag) => Math.max(...subjectsOf(flag).map((name) => firstAfter(name, flag.flaggedAt)))
}

export const nameOf = (act: SampleAct) => ('post' in act ? act.post : act.account)
