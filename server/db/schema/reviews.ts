import type { Generated, JSONColumnType } from 'kysely'
import type { PriorityTerm } from '#shared/contract/reviews.ts'
import type { Outcome } from '#shared/domain/outcomes.ts'
import type { AccountStatus, MediaKind, ReviewState, SourceKind } from '#shared/domain/words.ts'

export type ReviewTable = {
  id: string
  number: Generated<number>
  version: Generated<number>
  state: ReviewState
  queue_id: string
  account_id: string
  post_id: string | null
  snapshot_id: string
  caption_excerpt: string
  language: string | null
  platform: string
  handle: string
  account_status: AccountStatus
  account_created_at: Date | null
  policy_id: string | null
  flag_count: number
  sources: SourceKind[]
  media_count: number
  first_media: string | null
  priority: number
  priority_terms: JSONColumnType<PriorityTerm[]>
  due_at: Date
  opened_at: Date
  holder_id: string | null
  decided_at: Date | null
  decided_by: string | null
  decision_id: string | null
  outcome: Outcome | null
  previous_review_id: string | null
  display_name: Generated<string | null>
  /** People who saw it, as far as the newest snapshot says. */
  reach: Generated<number | null>
  /** The highest a classifier gave, 0 to 1. */
  score: Generated<number | null>
  claimed_place: Generated<string | null>
  /** Sorted, each once. */
  media_kinds: Generated<MediaKind[]>
  posted_at: Generated<Date | null>
  exemption: Generated<string | null>
  /** By the suspected clause, by media, or by hand: seen only by those whose scope says so. */
  is_restricted: Generated<boolean>
  /** Somebody marked it by hand: it stays restricted whatever else is found. */
  is_marked_restricted: Generated<boolean>
  /** Somebody saw a threat to life. */
  threat_at: Generated<Date | null>
  /** Only this person is offered it. */
  assignee_id: Generated<string | null>
  /** When it opens again, while it is on hold. */
  wake_at: Generated<Date | null>
  /** To whom it was handed up, until that is answered: a person, or everybody of a role. A decision leaves it as it is. */
  escalated_to: Generated<string | null>
  escalated_role: Generated<'supervisor' | 'admin' | null>
  /** The version of the routing rules that placed it where it is; null when a person did, or nobody knows. */
  rule_set_version: Generated<number | null>
  /** The rule of that version; null is the last resort. */
  rule_id: Generated<string | null>
}

/** One act by which somebody passed a review on, with what they said. Append-only. */
export type TurnTable = {
  id: string
  review_id: string
  kind: 'held' | 'escalated' | 'returned' | 'handed_over' | 'moved' | 'skipped' | 'assigned' | 'taken_over' | 'put_back'
  by_id: string
  at: Date
  /** A code, where the act has some. */
  reason: string | null
  text: string
  to_id: string | null
  to_role: string | null
  wake_at: Date | null
  /** The turn that was put back by this one. */
  undoes_id: string | null
}

/** Not offered to this person again while it shows this snapshot. */
export type SkipTable = { review_id: string; person_id: string; snapshot_id: string; skipped_at: Date }

/** Somebody saw a threat to life. Open until it is written down who was told, or why nobody was. */
export type ThreatReportTable = {
  id: string
  review_id: string
  line: string
  raised_by: string
  raised_at: Date
  /** Who was told, or why nobody was. */
  told: Generated<string | null>
  /** When they were told; null when nobody was. */
  told_at: Generated<Date | null>
  closed_by: Generated<string | null>
  closed_at: Generated<Date | null>
}

/** What a review is found by, folded and split into words by `toTsvector`; beside it, so that no change of state touches it. */
export type ReviewTextTable = { review_id: string; words: string }

export type NoteTable = {
  id: string
  review_id: string | null
  account_id: string | null
  post_id: Generated<string | null>
  /** Those who are mentioned stand in it as `<@id>`. */
  body: string
  author_id: string | null
  written_at: Date
  supersedes_id: string | null
  /** The first wording of the note that this one answers. */
  answers_id: Generated<string | null>
  /** Ids of people, each once. */
  mentions: Generated<string[]>
}

export type RevealTable = {
  id: string
  review_id: string
  media_sha256: string
  variant: 'display' | 'original'
  person_id: string
  grant_sha256: string
  granted_at: Date
  expires_at: Date
  used_at: Date | null
  ended_at: Date | null
  shown_ms: number | null
}

/** What one person looked at on one day, of one kind of harm: a section of the policy, or '' for what is unsorted. */
export type ExposureTable = {
  person_id: string
  day: string
  kind: string
  items: Generated<number>
  reveals: Generated<number>
  shown_ms: Generated<number>
}

/** What somebody may see beyond the budget of one day, and since when they ask for it. */
export type ExposureExtraTable = { person_id: string; day: string; reveals: Generated<number>; asked_at: Date | null }

export type LeaseTable = { review_id: string; holder_id: string; taken_at: Date; expires_at: Date }
