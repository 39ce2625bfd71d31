import { toReference } from '#server/features/review/review.queries.ts'
import type { ClauseVersion } from '#shared/contract/decisions.ts'
import type { MeasureRow } from './measures/moves.queries.ts'
import type { Subject } from './subjects.queries.ts'

/** A measure as a platform is told of it. */
type ToldMeasure = { target: string; kind: string; by?: string; endsAt?: string }

/** What travels to a receiver. Fields are added, never renamed. */
type Message = {
  /** The event id, also in the header `docket-event-id`: the same however often it is sent. */
  id: string
  kind: 'decision' | 'lapse'
  madeAt: string
  platform: string
  account: { externalId: string; handle: string }
  /** Null for a decision on the account alone. */
  post: { externalId: string; url: string | null } | null
  decision: {
    id: string
    review: string
    outcome: string
    clause: ClauseVersion | null
    furtherClauses: ClauseVersion[]
    exemption: string | null
    territory: string[]
    rationale: string
    decidedAt: string
    supersedesId: string | null
    /** The appeal that it answers, by the name that its source gave it. */
    appeal: Subject['appeal']
  }
  /** For whom the decision is on, in their language; null when nothing was written, and in a lapse. */
  message: Subject['message']
  /** What is to be done. */
  apply: ToldMeasure[]
  /** What was to be done before and is no longer. */
  lift: ToldMeasure[]
  /** The strongest measures that are to hold once this is carried out, by whatever decision. */
  holds: { account: string | null; post: string | null }
}

/** A measure that a platform has been told of, or is about to be, and that is still to hold. */
export type Standing = Pick<MeasureRow, 'id' | 'target' | 'kind' | 'restriction'>

type Change = {
  kind: Message['kind']
  apply: readonly MeasureRow[]
  /** Measures that the platform may have carried out and is to take back. */
  lift: readonly MeasureRow[]
  /** All that is to hold afterwards on this account and this post, `apply` among it. */
  standing: readonly Standing[]
  madeAt: Date
}

const strengths = ['warn', 'limit', 'block', 'terminate', 'label', 'restrict', 'remove']
const strengthOf = (kind: string) => strengths.indexOf(kind)

/** The strongest on a target; a label beside a removal counts for nothing. */
function strongest(standing: readonly Standing[], target: 'post' | 'account'): string | null {
  const kinds = standing.filter((measure) => measure.target === target).map(({ kind }) => kind)
  return kinds.toSorted((a, b) => strengthOf(b) - strengthOf(a))[0] ?? null
}

/** The body for one receiver, byte for byte. What another decision holds just so is not lifted. */
export function toMessage(id: string, subject: Subject, { kind, apply, lift, standing, madeAt }: Change): string {
  const holds = { account: strongest(standing, 'account'), post: strongest(standing, 'post') }
  const isHeld = ({ target, kind, restriction }: MeasureRow) =>
    standing.some((each) => each.target === target && each.kind === kind && each.restriction === restriction)
  const message: Message = {
    id,
    kind,
    madeAt: madeAt.toISOString(),
    platform: subject.platform,
    account: { externalId: subject.account_external_id, handle: subject.handle },
    post: subject.post_external_id ? { externalId: subject.post_external_id, url: subject.post_url } : null,
    decision: {
      id: subject.decision_id,
      review: toReference(subject.number),
      outcome: subject.outcome,
      clause: subject.clause,
      furtherClauses: subject.further_clauses,
      exemption: subject.exemption,
      territory: subject.territory,
      rationale: subject.rationale,
      decidedAt: subject.decided_at.toISOString(),
      supersedesId: subject.supersedes_id,
      appeal: subject.appeal,
    },
    message: kind === 'lapse' ? null : subject.message,
    apply: apply.map(toTold),
    lift: lift.filter((measure) => !isHeld(measure)).map(toTold),
    holds,
  }
  return JSON.stringify(message)
}

function toTold({ target, kind, restriction, ends_at }: MeasureRow): ToldMeasure {
  return {
    target,
    kind,
    ...(restriction && { by: restriction }),
    ...(ends_at && { endsAt: new Date(ends_at).toISOString() }),
  }
}
