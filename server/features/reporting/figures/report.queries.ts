import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Caller } from '#server/http/route.ts'
import {
  Dimension,
  type Figures,
  type Report,
  type ReportQuery,
  type Share,
  type Spread,
} from '#shared/contract/reports.ts'

const share: Share = { n: 0, k: 0, rate: null, low: null, high: null }
const spread: Spread = { n: 0, p50: null, p90: null, p99: null }

/** The figures of a period, counted from the log up to one event. */
export async function findReport(
  { db }: { db: Db },
  query: ReportQuery,
  { scope }: Pick<Caller, 'scope'>,
): Promise<z.input<typeof Report>> {
  const { from, to, by, queue, clause, language, platform, source } = query
  const { timeZone } = await getOrganisation(db)
  const figures: Figures = {
    flags: 0,
    reviews: 0,
    decisions: 0,
    backlog: { value: 0, oldestMs: null },
    deadlines: share,
    orderDeadlines: share,
    overturned: share,
    toLook: spread,
    toDecision: spread,
    toEffect: spread,
    appealsFiled: 0,
    appealsDecided: 0,
    appealsUpheld: 0,
    appealsReversed: 0,
    appealsChanged: 0,
    appealTime: spread,
    wronglyDown: spread,
    reveals: 0,
    shownMs: 0,
    items: 0,
    viewers: 0,
    revealsPerPersonDay: spread,
  }
  const empty = Object.fromEntries(Dimension.options.map((dimension) => [dimension, []])) as never
  return {
    seq: 0,
    headSeq: 0,
    readySeq: 0,
    hash: '0'.repeat(64),
    zone: query.zone ?? timeZone,
    period: { from, to },
    against: null,
    filter: { queue, clause, language, platform, source },
    scope: { queues: scope.queues && [...scope.queues], leavesOutRestricted: !scope.seesRestricted },
    figures,
    figuresAgainst: null,
    days: [],
    stack: { by, values: [], flags: null, reviews: null, decisions: [] },
    breakdowns: empty,
  }
}
