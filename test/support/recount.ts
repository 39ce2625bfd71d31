import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'

/*
 * Reports, counted again from the raw log, event after event and as plainly as can be: slow, and nothing shared with what
 * it checks.
 */

type Place = Record<'queue' | 'clause' | 'language' | 'platform' | 'source', string>
/** What events say, each kind some of it. */
type Data = {
  effect: string
  reviewId: string
  sourceKind: string
  policyId: string | null
  isRestricted: boolean
  flagId: string
  queueId: string
  to: string
  decisionId: string
  supersedesId: string
  newDecisionId: string
  outcome: string
  measures: string[]
  clause: { id: string } | null
  dueAt: string
  answer: string
  wronglyDownMs: number | null
  revealId: string
  shownMs: number
}
type FlagRow = { id: string; received_at: Date; language: string; platform: string }
type DecisionRow = { id: string; decided_at: Date; account_status: string; outcome: string; has_media: boolean }
type ReviewRow = { id: string; opened_at: Date; language: string; platform: string }
type RawEvent = {
  seq: number
  kind: string
  at: Date
  recorded: Date
  person: string | null
  subject: string
  data: Data
}
type Fact = { seq: number; at: number; place: Place; review: Review | null }
type Wait = Fact & { isOpening: boolean; opened: number; ended: number | null }
type Decision = Fact & {
  id: string
  outcome: string
  measure: string
  accountStatus: string
  isFirst: boolean
  isOrder: boolean
  isInTime: boolean
  hasMedia: boolean
  isOverturned: boolean
  look: number | null
  wait: number
  effect: number | null
}
type Answer = Fact & { id: string; answer: string; took: number; down: number | null; of: Decision }
type Review = {
  place: Place
  opened: number
  looked: number | null
  isOrder: boolean
  isRestricted: boolean
  waits: Wait[]
}

type Raw = Awaited<ReturnType<typeof readRaw>>

/** The log and the immutable rows that it points to. */
export async function readRaw(db: Db) {
  const { rows: events } = await sql<RawEvent>`
    select s.seq, s.kind, coalesce((e.data ->> 'at')::timestamptz, e.at) as at, e.at as recorded, e.person_id as person,
      e.subject_id as subject, e.data
    from event_seq s join event e on e.id = s.event_id order by s.seq`.execute(db)
  const { rows: flags } = await sql<FlagRow>`
    select f.id, f.received_at, coalesce(n.language, 'none') as language, a.platform from flag f
    join snapshot n on n.id = f.snapshot_id join account a on a.id = f.account_id`.execute(db)
  const { rows: decisions } = await sql<DecisionRow>`
    select d.id, d.decided_at, d.account_status, d.outcome,
      exists (select from post_media m where m.snapshot_id = d.snapshot_id) as has_media from decision d`.execute(db)
  const { rows: reviews } = await sql<ReviewRow>`
    select r.id, r.opened_at, r.platform, coalesce(n.language, 'none') as language from review r
    join snapshot n on n.id = r.snapshot_id`.execute(db)
  const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]))
  return { events, flags: byId(flags), decisions: byId(decisions), reviews: byId(reviews) }
}

/** Everything that happened up to an event, as it stood by then. */
export function replay({ events, ...rows }: Raw, seq: number) {
  const told = events.filter((event) => event.seq <= seq)
  const undone = new Set(told.filter(({ kind }) => kind === 'decision.undone').map(({ data }) => data.decisionId))
  const reviews = new Map<string, Review>()
  const flags: Fact[] = []
  const decisions = new Map<string, Decision>()
  const appeals = new Map<string, Fact & { of: Decision }>()
  const answers: Answer[] = []
  const reveals = new Map<string, Fact & { person: string; shown: number | null }>()
  for (const event of told) {
    const { kind, subject, data } = event
    const at = event.at.getTime()
    const review = reviews.get(subject)
    const wait = review?.waits.at(-1)
    const begin = (of: Review, isOpening: boolean, when: number) =>
      of.waits.push({
        seq: event.seq,
        at: when,
        place: { ...of.place },
        review: of,
        isOpening,
        opened: of.opened,
        ended: null,
      })
    if (kind === 'flag.received') {
      const flag = rows.flags.get(subject)!
      const place = { queue: '', clause: data.policyId ?? 'none', source: data.sourceKind }
      const full = { ...place, language: flag.language, platform: flag.platform }
      const known = reviews.get(data.reviewId)
      const queue =
        known?.place.queue ?? told.find((e) => e.kind === 'review.opened' && e.subject === data.reviewId)!.data.queueId
      const fact: Fact = { seq: event.seq, at: flag.received_at.getTime(), place: { ...full, queue }, review: null }
      flags.push(fact)
      // The review that it opens is told of after it.
      Object.defineProperty(fact, 'review', { get: () => reviews.get(data.reviewId) ?? null })
      if (known && data.effect === 'joined') {
        if (known.place.clause === 'none') known.place.clause = data.policyId ?? 'none'
        if (data.sourceKind === 'removal_order') known.isOrder = true
      }
      if (known && data.isRestricted && data.effect === 'joined') known.isRestricted = true
    } else if (kind === 'review.opened') {
      const row = rows.reviews.get(subject)!
      const source = told.find((e) => e.kind === 'flag.received' && e.subject === data.flagId)!.data.sourceKind
      const { language, platform } = row
      const opened: Review = {
        place: { queue: data.queueId, clause: data.policyId ?? 'none', language, platform, source },
        opened: row.opened_at.getTime(),
        looked: null,
        isOrder: source === 'removal_order',
        isRestricted: data.isRestricted,
        waits: [],
      }
      reviews.set(subject, opened)
      begin(opened, true, opened.opened)
    } else if (kind === 'review.moved') {
      wait!.ended = at
      review!.place.queue = data.to
      begin(review!, false, at)
    } else if (kind === 'review.closed_undecided') wait!.ended = at
    else if (kind === 'review.reopened') begin(review!, false, at)
    else if (kind === 'review.claimed') review!.looked ??= at
    else if (kind === 'review.restricted') review!.isRestricted = true
    else if (kind === 'review.unrestricted') review!.isRestricted = false
    else if ((kind === 'review.decided' || kind === 'decision.superseded') && !undone.has(data.decisionId)) {
      const row = rows.decisions.get(data.decisionId)!
      const decidedAt = row.decided_at.getTime()
      if (kind === 'review.decided') wait!.ended = decidedAt
      else if (decisions.get(data.supersedesId)?.outcome !== data.outcome) {
        const earlier = decisions.get(data.supersedesId)
        if (earlier) earlier.isOverturned = true
      }
      const post = data.measures.find((measure) => measure.startsWith('post.'))
      decisions.set(data.decisionId, {
        seq: event.seq,
        at: decidedAt,
        place: { ...review!.place, ...(data.clause && { clause: data.clause.id }) },
        review: review!,
        id: data.decisionId,
        outcome: data.outcome,
        measure: post ? post.slice(5) : 'none',
        accountStatus: row.account_status,
        isFirst: kind === 'review.decided',
        isOrder: review!.isOrder,
        isInTime: kind === 'review.decided' && decidedAt <= Date.parse(data.dueAt),
        hasMedia: row.has_media,
        isOverturned: false,
        look: review!.looked === null ? null : review!.looked - review!.opened,
        wait: decidedAt - review!.opened,
        effect: null,
      })
    } else if (kind === 'decision.recorded' || (kind === 'decision.answered' && data.answer !== 'refused')) {
      const decision = decisions.get(subject)
      if (decision) decision.effect ??= at - decision.review!.opened
    } else if (kind === 'appeal.filed') {
      const of = decisions.get(data.decisionId)!
      appeals.set(subject, { seq: event.seq, at, place: of.place, review: of.review, of })
    } else if (kind === 'appeal.decided') {
      const appeal = appeals.get(subject)!
      const { place, review: about, of } = appeal
      answers.push({
        seq: event.seq,
        at,
        place,
        review: about,
        id: subject,
        answer: data.outcome,
        took: at - appeal.at,
        down: data.wronglyDownMs,
        of,
      })
      if (data.outcome !== 'upheld' && !undone.has(data.newDecisionId)) of.isOverturned = true
    } else if (kind === 'appeal.lifted') answers.find(({ id }) => id === subject)!.down ??= data.wronglyDownMs
    else if (kind === 'appeal.undone') {
      const index = answers.findIndex(({ id }) => id === subject)
      answers.splice(index, 1)
    } else if (kind === 'media.revealed') {
      const { seq: revealed, person } = event
      const fact = { seq: revealed, at, place: { ...review!.place }, review: review!, person: person!, shown: null }
      reveals.set(data.revealId, fact)
    } else if (kind === 'media.hidden') {
      const reveal = reveals.get(data.revealId)
      if (reveal) reveal.shown ??= data.shownMs
    }
  }
  const end = told.at(-1)
  return {
    flags,
    waits: [...reviews.values()].flatMap(({ waits }) => waits),
    decisions: [...decisions.values()],
    appeals: [...appeals.values()],
    answers,
    reveals: [...reveals.values()],
    endMs: end ? Math.max(end.at.getTime(), end.recorded.getTime()) : null,
  }
}

type Asked = {
  from: string
  to: string
  zone: string
  filter: Partial<Record<keyof Place, string[]>>
  seesRestricted: boolean
}

const rank = (values: number[], share: number) =>
  values.length === 0 ? null : values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1]!

const spread = (all: (number | null)[]) => {
  const values = all.filter((value) => value !== null)
  return { n: values.length, p50: rank(values, 0.5), p90: rank(values, 0.9), p99: rank(values, 0.99) }
}

const pair = <T>(of: T[], is: (one: T) => boolean) => ({ n: of.length, k: of.filter(is).length })

/** Every figure of a period. */
export function recount(all: ReturnType<typeof replay>, { from, to, zone, filter, seesRestricted }: Asked) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  const dayOf = (at: number) => format.format(at)
  const isAsked = ({ place, review }: Fact) =>
    (seesRestricted || !review?.isRestricted) &&
    Object.entries(filter).every(([name, values]) => values.includes(place[name as keyof Place]))
  const isIn = (fact: Fact) => isAsked(fact) && dayOf(fact.at) >= from && dayOf(fact.at) <= to
  const [flags, decisions, appeals, answers, reveals] = [
    all.flags.filter(isIn),
    all.decisions.filter(isIn),
    all.appeals.filter(isIn),
    all.answers.filter(isIn),
    all.reveals.filter(isIn),
  ]
  const waits = all.waits.filter(isAsked)
  const opened = waits.filter((wait) => wait.isOpening && isIn(wait))
  const first = (of: Decision[]) => of.filter(({ isFirst }) => isFirst)
  const startOf = (day: string) => {
    for (let at = Date.parse(day) - 16 * 3_600_000; ; at += 900_000) if (dayOf(at) >= day) return at
  }
  const names: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    names.push(new Date(at).toISOString().slice(0, 10))
  const backlogOf = (day: string) => {
    if (all.endMs === null || startOf(day) > all.endMs) return null
    const waiting = waits.filter(({ at, ended }) => dayOf(at) <= day && (ended === null || dayOf(ended) > day))
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
    const until = Math.min(startOf(next), all.endMs)
    const oldest = Math.min(...waiting.map((wait) => wait.opened))
    return { value: waiting.length, oldestMs: waiting.length === 0 ? null : Math.max(0, until - oldest) }
  }
  const backlogs = names.map(backlogOf)
  const perPersonDay = new Map<string, number>()
  for (const { person, at } of reveals) {
    const key = `${person} ${dayOf(at)}`
    perPersonDay.set(key, (perPersonDay.get(key) ?? 0) + 1)
  }
  const ordered = first(decisions).filter(({ isOrder }) => isOrder)
  const on = <T extends Fact>(facts: T[], day: string) => facts.filter(({ at }) => dayOf(at) === day)
  const inTime = ({ isInTime }: Decision) => isInTime
  const turned = ({ isOverturned }: Decision) => isOverturned
  return {
    figures: {
      flags: flags.length,
      reviews: opened.length,
      decisions: decisions.length,
      backlog: backlogs.findLast((each) => each !== null) ?? { value: 0, oldestMs: null },
      deadlines: pair(first(decisions), inTime),
      orderDeadlines: pair(ordered, inTime),
      overturned: pair(decisions, turned),
      toLook: spread(first(decisions).map(({ look }) => look)),
      toDecision: spread(first(decisions).map(({ wait }) => wait)),
      toEffect: spread(first(decisions).map(({ effect }) => effect)),
      appealsFiled: appeals.length,
      appealsDecided: answers.length,
      appealsUpheld: answers.filter(({ answer }) => answer === 'upheld').length,
      appealsReversed: answers.filter(({ answer }) => answer === 'reversed').length,
      appealsChanged: answers.filter(({ answer }) => answer === 'changed').length,
      appealTime: spread(answers.map(({ took }) => took)),
      wronglyDown: spread(answers.map(({ down }) => down)),
      reveals: reveals.length,
      shownMs: reveals.reduce((sum, { shown }) => sum + (shown ?? 0), 0),
      items: decisions.filter(({ hasMedia }) => hasMedia).length,
      viewers: new Set(reveals.map(({ person }) => person)).size,
      revealsPerPersonDay: spread([...perPersonDay.values()]),
    },
    days: names.map((day, index) => ({
      day,
      flags: on(flags, day).length,
      reviews: on(opened, day).length,
      decisions: on(decisions, day).length,
      backlog: backlogs[index]?.value ?? null,
      oldestMs: backlogs[index]?.oldestMs ?? null,
      deadlines: pair(first(on(decisions, day)), inTime),
      overturned: pair(on(decisions, day), turned),
      toLook: spread(first(on(decisions, day)).map(({ look }) => look)),
      toDecision: spread(first(on(decisions, day)).map(({ wait }) => wait)),
      toEffect: spread(first(on(decisions, day)).map(({ effect }) => effect)),
      appealsFiled: on(appeals, day).length,
      reveals: on(reveals, day).length,
      items: on(decisions, day).filter(({ hasMedia }) => hasMedia).length,
    })),
    /** Of one value of one dimension. */
    cell(by: string, value: string) {
      const wordOf = (fact: Fact) =>
        by in fact.place ? fact.place[by as keyof Place] : (fact as unknown as Record<string, string>)[by]
      const of = decisions.filter((decision) => wordOf(decision) === value)
      const isPlace = ['queue', 'clause', 'language', 'platform', 'source'].includes(by)
      return {
        flags: isPlace ? flags.filter((flag) => wordOf(flag) === value).length : null,
        reviews: isPlace ? opened.filter((wait) => wordOf(wait) === value).length : null,
        decisions: of.length,
        overturned: pair(of, turned),
        deadlines: pair(first(of), inTime),
        toDecision: spread(first(of).map(({ wait }) => wait)),
        onDay: (day: string) => on(of, day).length,
      }
    },
  }
}
