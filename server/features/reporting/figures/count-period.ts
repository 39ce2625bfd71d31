import type { Db } from '#server/db/connect.ts'
import type { Figures } from '#shared/contract/reports.ts'
import { findAppeals } from './appeals.queries.ts'
import { type Asked, countBegun } from './asked.queries.ts'
import { readFacts } from './chunks.queries.ts'
import { type Days, quarterMs } from './days.ts'
import { tallyDecisions, toShare } from './decision-tally.ts'
import { spreadOf } from './ranks.ts'
import { tallyReveals } from './reveal-tally.ts'
import { createVolume, lookAt, type Plan, pick, placeDimensions } from './volume.ts'
import { tallyWaits } from './wait-tally.ts'

export type Counted = Awaited<ReturnType<typeof countPeriod>>

/** Counts everything of some days. */
export async function countPeriod(db: Db, asked: Asked, days: Days, by: Plan['by']) {
  const plan: Plan = { ...asked, days, by }
  const span = {
    from: new Date(days.starts[0]! * quarterMs),
    to: new Date(days.starts.at(-1)! * quarterMs),
    seq: asked.seq,
  }
  const flags = createVolume(plan, placeDimensions.length, 'all')
  const waits = tallyWaits(plan)
  const decisions = tallyDecisions(plan)
  const reveals = tallyReveals(plan)
  const [, , , , appeals] = await Promise.all([
    readFacts(db, 'flag', span, (columns) => {
      const look = lookAt(columns, plan)
      flags.add(columns, pick(columns, look, days.names.length), look.isWhole)
    }),
    readFacts(db, 'wait', span, (columns) => waits.take(columns, lookAt(columns, plan))),
    readFacts(db, 'decision', span, (columns) => decisions.take(columns, lookAt(columns, plan))),
    readFacts(db, 'reveal', span, (columns) => reveals.take(columns, lookAt(columns, plan))),
    findAppeals(db, plan, asked.seq),
  ])
  const begun = countBegun(days, asked.endMs)
  const backlog = waits.backlog().map(({ value, openedMs }, day) => {
    if (day >= begun) return null
    const until = Math.min(days.starts[day + 1]! * quarterMs, asked.endMs!)
    return { value, oldestMs: openedMs === null ? null : Math.max(0, until - openedMs) }
  })
  return { days, flags, waits, decisions, reveals, appeals, backlog, begun, times: decisions.times() }
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)

/** The figures of the period as a whole. */
export function toFigures({ flags, waits, decisions, reveals, appeals, backlog, begun, times }: Counted): Figures {
  const { answers } = appeals
  const of = (outcome: string) => answers.filter(({ answer }) => answer === outcome).length
  const made = sum(decisions.volume.perDay)
  const first = sum(decisions.first.perDay)
  const { n, k } = decisions.orders
  return {
    flags: sum(flags.perDay),
    reviews: sum(waits.volume.perDay),
    decisions: made,
    backlog: backlog[begun - 1] ?? { value: 0, oldestMs: null },
    deadlines: toShare(first - sum(decisions.late.perDay), first),
    orderDeadlines: toShare(k, n),
    overturned: toShare(sum(decisions.overturned.perDay), made),
    toLook: times.toLook.total,
    toDecision: times.toDecision.total,
    toEffect: times.toEffect.total,
    appealsFiled: sum(appeals.filedOn),
    appealsDecided: answers.length,
    appealsUpheld: of('upheld'),
    appealsReversed: of('reversed'),
    appealsChanged: of('changed'),
    appealTime: spreadOf(answers.map(({ took }) => took)),
    wronglyDown: spreadOf(answers.flatMap(({ down }) => (down === null ? [] : [down]))),
    reveals: sum(reveals.volume.perDay),
    items: sum(decisions.items),
    ...reveals.load(),
  }
}
