import { z } from 'zod'
import { Outcome } from '../domain/outcomes.ts'
import { AccountStatus, MediaKind, ReviewState, SourceKind } from '../domain/words.ts'
import { several } from './endpoint.ts'

/** Nothing holds U+0000, and PostgreSQL cannot be asked for it. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\u0000'), 'Contains U+0000.')
const Id = text(100)
const Time = z.iso.datetime({ offset: true })
const Count = z.coerce.number().int().nonnegative().max(1_000_000_000_000)
/** In single precision, as scores are kept: what is finer counts as the nearest. */
const Score = z.coerce.number().min(0).max(1).overwrite(Math.fround)
/** `true` in a body, `?name=true` in an address. */
const Truth = z.union([z.boolean(), z.stringbool()])

/**
 * What the list, the counts, the exports and "take the next" understand alike. Several values of one filter are
 * alternatives; different filters narrow each other. Ranges include both ends; a review without the value is in none.
 */
export const ReviewFilter = z.object({
  /** Words in any order, `"a phrase"`, the beginning of a word as `begin*`; an id, a hash or a link finds what it names. */
  q: text(300).optional(),
  /** Only these reviews: what a live list asks when they changed. */
  id: several(z.uuid(), 200),
  state: several(ReviewState),
  queue: several(Id),
  policy: several(Id),
  language: several(text(35)),
  platform: several(text(50)),
  account: z.uuid().optional(),
  accountStatus: several(AccountStatus),
  /** The account was opened within 30 days before the review. */
  isNewAccount: Truth.optional(),
  subject: z.enum(['post', 'account']).optional(),
  /** At least one flag of this kind. */
  source: several(SourceKind),
  /** At least one flag of this reporter. */
  reporter: several(z.uuid()),
  hasMedia: Truth.optional(),
  mediaKind: several(MediaKind),
  /** How the place begins that the post or its account claims, whatever the case. */
  claimedPlace: text(300).optional(),
  exemption: several(Id),
  outcome: several(Outcome),
  decidedBy: several(text(64)),
  holder: several(text(64)),
  reachMin: Count.optional(),
  reachMax: Count.optional(),
  scoreMin: Score.optional(),
  scoreMax: Score.optional(),
  flagsMin: Count.optional(),
  flagsMax: Count.optional(),
  priorityMin: Count.optional(),
  priorityMax: Count.optional(),
  openedFrom: Time.optional(),
  openedTo: Time.optional(),
  dueFrom: Time.optional(),
  dueTo: Time.optional(),
  decidedFrom: Time.optional(),
  decidedTo: Time.optional(),
  postedFrom: Time.optional(),
  postedTo: Time.optional(),
  /** Somebody saw a threat to life. */
  isThreat: Truth.optional(),
  isRestricted: Truth.optional(),
  /** Held by me, or, among the decided, decided by me. */
  mine: Truth.optional(),
  /** Waits for me: assigned or handed to me, or escalated to me or to my role. */
  forMe: Truth.optional(),
})
export type ReviewFilter = z.infer<typeof ReviewFilter>

/** What can be asked of a review that is still open and that nobody holds. */
export const OpenFilter = ReviewFilter.omit({
  state: true,
  mine: true,
  forMe: true,
  holder: true,
  outcome: true,
  exemption: true,
  decidedBy: true,
  decidedFrom: true,
  decidedTo: true,
})
