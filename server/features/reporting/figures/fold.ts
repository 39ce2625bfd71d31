import { noValue } from '#shared/contract/reports.ts'

/*
 * Reads events in their order and says what facts follow. Knows nothing of the database: what an event points to is handed
 * in, and what is to be written is handed back.
 */

/** By what facts are told apart. */
export type Place = { queue: string; clause: string; language: string; platform: string; source: string }

/** What is known of a review so far. */
export type ReviewState = Place & {
  review_id: string
  is_order: boolean
  is_restricted: boolean
  opened_at: Date
  looked_at: Date | null
  /** The stretch of waiting that has not ended, or ended last. */
  wait_seq: number | null
}

export type FoldEvent = {
  seq: number
  kind: string
  at: Date
  person_id: string | null
  subject_id: string
  data: Record<string, unknown>
}

/** Immutable rows that events point to. */
export type FlagRow = { id: string; received_at: Date; language: string; platform: string }
export type DecisionRow = {
  id: string
  decided_at: Date
  account_status: string
  has_media: boolean
  due_at: Date
  /** Of the decision that it supersedes. */
  outcome_before: string | null
}
export type Known = {
  states: Map<string, ReviewState>
  flags: Map<string, FlagRow>
  decisions: Map<string, DecisionRow>
  appealedAt: Map<string, Date>
}

type Wait = Place & { seq: number; at: Date; review_id: string; is_opening: boolean; opened_at: Date }
type Decision = Place & {
  seq: number
  at: Date
  decision_id: string
  review_id: string
  outcome: string
  measure: string
  account_status: string
  is_first: boolean
  is_order: boolean
  has_media: boolean
  opened_at: Date
  looked_at: Date | null
  due_at: Date
}

export const nothingWritten = () => ({
  flags: [] as (Place & { seq: number; at: Date; flag_id: string; review_id: string | null })[],
  waits: [] as Wait[],
  /** The last end of each stretch; null where it goes on after all. */
  ends: new Map<number, { wait_seq: number; at: Date | null; seq: number | null }>(),
  /** Ends by a decision that was taken back. */
  voided: [] as { wait_seq: number; at: Date; seq: number; void_seq: number }[],
  /** The same, of ends that were written before. */
  voids: [] as { wait_seq: number; void_seq: number }[],
  decisions: [] as Decision[],
  effects: [] as { decision_id: string; at: Date; seq: number }[],
  undone: [] as { decision_id: string; seq: number }[],
  overturns: [] as { decision_id: string; seq: number; by_decision_id: string | null }[],
  appeals: [] as { seq: number; at: Date; appeal_id: string; decision_id: string }[],
  answers: [] as { seq: number; at: Date; appeal_id: string; answer: string; wrongly_down_ms: number | null }[],
  lifts: [] as { appeal_id: string; seq: number; wrongly_down_ms: number }[],
  reopened: [] as { appeal_id: string; seq: number }[],
  reveals: [] as (Place & { seq: number; at: Date; reveal_id: string; review_id: string; person_id: string })[],
  hidden: [] as { reveal_id: string; seq: number; shown_ms: number }[],
  restrictions: [] as { review_id: string; seq: number; is_restricted: boolean }[],
  touched: new Set<ReviewState>(),
})
export type Written = ReturnType<typeof nothingWritten>

type Step = (event: FoldEvent, known: Known, write: Written) => void

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const placeOf = ({ queue, clause, language, platform, source }: Place): Place => ({
  queue,
  clause,
  language,
  platform,
  source,
})

/** To another queue, and back from it where that was taken back. */
function move(event: FoldEvent, state: ReviewState, write: Written) {
  const queue = text(event.data.to)
  if (!queue || queue === state.queue) return
  if (state.wait_seq !== null) end(state, event, write)
  state.queue = queue
  begin(state, { seq: event.seq, at: event.at, isOpening: false }, write)
}

const steps: Record<string, Step> = {
  'flag.received': (event, { states, flags }, write) => {
    const flag = flags.get(event.subject_id)
    if (!flag) return
    const reviewId = text(event.data.reviewId)
    const state = reviewId ? states.get(reviewId) : undefined
    const [clause, source] = [text(event.data.policyId) ?? noValue, text(event.data.sourceKind) ?? noValue]
    const { language, platform } = flag
    write.flags.push({
      seq: event.seq,
      at: flag.received_at,
      flag_id: flag.id,
      review_id: reviewId,
      queue: state?.queue ?? noValue,
      clause,
      language,
      platform,
      source,
    })
    if (!state || event.data.effect === 'recorded') return
    if (state.clause === noValue) state.clause = clause
    if (source === 'removal_order') state.is_order = true
    if (event.data.isRestricted === true) restrict(state, event.seq, true, write)
    write.touched.add(state)
  },
  'review.opened': withState((event, state, write) => {
    if (event.data.isRestricted === true) restrict(state, event.seq, true, write)
    begin(state, { seq: event.seq, at: state.opened_at, isOpening: true }, write)
  }),
  'review.moved': withState(move),
  'review.put_back': withState(move),
  'review.closed_undecided': withState((event, state, write) => end(state, event, write)),
  'review.reopened': withState((event, state, write) =>
    begin(state, { seq: event.seq, at: event.at, isOpening: false }, write),
  ),
  'review.claimed': withState(look),
  'review.taken_over': withState(look),
  'review.decided': (event, known, write) => {
    const decided = decide(event, known, write, true)
    if (decided) end(decided.state, { seq: event.seq, at: decided.row.decided_at }, write)
  },
  'decision.superseded': (event, known, write) => {
    const earlier = text(event.data.supersedesId)
    const decided = decide(event, known, write, false)
    if (!decided || !earlier || decided.row.outcome_before === event.data.outcome) return
    write.overturns.push({ decision_id: earlier, seq: event.seq, by_decision_id: decided.row.id })
  },
  'decision.undone': withState((event, state, write) => {
    const decisionId = text(event.data.decisionId)
    if (!decisionId) return
    write.undone.push({ decision_id: decisionId, seq: event.seq })
    if (event.data.restoredId || state.wait_seq === null) return
    goOn(state.wait_seq, event.seq, write)
  }),
  'decision.recorded': (event, _known, write) => takeEffect(event, write),
  'decision.answered': (event, _known, write) => {
    if (event.data.answer !== 'refused') takeEffect(event, write)
  },
  'review.restricted': withState((event, state, write) => restrict(state, event.seq, true, write)),
  'review.unrestricted': withState((event, state, write) => restrict(state, event.seq, false, write)),
  'media.revealed': withState((event, state, write) => {
    const revealId = text(event.data.revealId)
    if (!revealId || !event.person_id) return
    const { seq, at, person_id } = event
    write.reveals.push({ ...placeOf(state), seq, at, reveal_id: revealId, review_id: state.review_id, person_id })
  }),
  'media.hidden': ({ seq, data }, _known, write) => {
    const revealId = text(data.revealId)
    if (revealId) write.hidden.push({ reveal_id: revealId, seq, shown_ms: Number(data.shownMs) || 0 })
  },
  'appeal.filed': ({ seq, at, subject_id, data }, { appealedAt }, write) => {
    const decisionId = text(data.decisionId)
    const filedAt = appealedAt.get(subject_id) ?? at
    if (decisionId) write.appeals.push({ seq, at: filedAt, appeal_id: subject_id, decision_id: decisionId })
  },
  'appeal.decided': ({ seq, at, subject_id, data }, _known, write) => {
    const answer = text(data.outcome)
    if (!answer) return
    const wronglyDown = typeof data.wronglyDownMs === 'number' ? data.wronglyDownMs : null
    write.answers.push({ seq, at, appeal_id: subject_id, answer, wrongly_down_ms: wronglyDown })
    const [decisionId, by] = [text(data.decisionId), text(data.newDecisionId)]
    if (answer !== 'upheld' && decisionId) write.overturns.push({ decision_id: decisionId, seq, by_decision_id: by })
  },
  'appeal.lifted': ({ seq, subject_id, data }, _known, write) => {
    if (typeof data.wronglyDownMs !== 'number') return
    write.lifts.push({ appeal_id: subject_id, seq, wrongly_down_ms: data.wronglyDownMs })
  },
  'appeal.undone': ({ seq, subject_id }, _known, write) => {
    write.reopened.push({ appeal_id: subject_id, seq })
  },
}

/** All others are passed over. */
export const foldedKinds = Object.keys(steps)

export function fold(events: readonly FoldEvent[], known: Known, write: Written) {
  for (const event of events) steps[event.kind]?.(event, known, write)
}

function withState(step: (event: FoldEvent, state: ReviewState, write: Written) => void): Step {
  return (event, { states }, write) => {
    const state = states.get(event.subject_id)
    if (!state) return
    step(event, state, write)
    write.touched.add(state)
  }
}

type Begin = { seq: number; at: Date; isOpening: boolean }

function begin(state: ReviewState, { seq, at, isOpening }: Begin, write: Written) {
  const { review_id, opened_at } = state
  write.waits.push({ ...placeOf(state), seq, at, review_id, is_opening: isOpening, opened_at })
  state.wait_seq = seq
}

function end(state: ReviewState, { seq, at }: { seq: number; at: Date }, write: Written) {
  if (state.wait_seq === null) return
  write.ends.set(state.wait_seq, { wait_seq: state.wait_seq, at, seq })
}

/** The stretch did not end after all. */
function goOn(wait_seq: number, void_seq: number, write: Written) {
  const known = write.ends.get(wait_seq)
  if (!known) write.voids.push({ wait_seq, void_seq })
  else if (known.at && known.seq !== null) write.voided.push({ wait_seq, at: known.at, seq: known.seq, void_seq })
  write.ends.set(wait_seq, { wait_seq, at: null, seq: null })
}

function look(event: FoldEvent, state: ReviewState) {
  state.looked_at ??= event.at
}

function restrict(state: ReviewState, seq: number, isRestricted: boolean, write: Written) {
  if (state.is_restricted === isRestricted) return
  state.is_restricted = isRestricted
  write.restrictions.push({ review_id: state.review_id, seq, is_restricted: isRestricted })
}

function takeEffect({ subject_id, at, seq }: FoldEvent, write: Written) {
  write.effects.push({ decision_id: subject_id, at, seq })
}

function decide(event: FoldEvent, { states, decisions }: Known, write: Written, isFirst: boolean) {
  const state = states.get(event.subject_id)
  const row = decisions.get(text(event.data.decisionId) ?? '')
  if (!state || !row) return null
  const measures = Array.isArray(event.data.measures) ? event.data.measures.map(String) : []
  const onPost = measures.find((measure) => measure.startsWith('post.'))
  const clause = (event.data.clause as { id?: string } | null)?.id
  const due = text(event.data.dueAt)
  write.decisions.push({
    ...placeOf(state),
    ...(clause && { clause }),
    seq: event.seq,
    at: row.decided_at,
    decision_id: row.id,
    review_id: state.review_id,
    outcome: text(event.data.outcome) ?? noValue,
    measure: onPost?.slice('post.'.length) ?? noValue,
    account_status: row.account_status,
    is_first: isFirst,
    is_order: state.is_order,
    has_media: row.has_media,
    opened_at: state.opened_at,
    looked_at: state.looked_at,
    due_at: due ? new Date(due) : row.due_at,
  })
  write.touched.add(state)
  return { state, row }
}
