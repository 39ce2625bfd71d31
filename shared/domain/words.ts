import { z } from 'zod'

/** Where a flag comes from, in the order in which a reviewer should read them. */
export const SourceKind = z.enum([
  'removal_order',
  'hash_match',
  'trusted_flagger',
  'user_report',
  'classifier',
  'own_initiative',
])
export type SourceKind = z.infer<typeof SourceKind>

export const AccountStatus = z.enum(['active', 'limited', 'blocked', 'deleted', 'unknown'])
export type AccountStatus = z.infer<typeof AccountStatus>

export const ReviewState = z.enum(['open', 'on_hold', 'escalated', 'confirming', 'decided'])
export type ReviewState = z.infer<typeof ReviewState>

/** Everything that still waits for a person. */
export const undecided = ['open', 'on_hold', 'escalated', 'confirming'] as const satisfies readonly ReviewState[]

export const Severity = z.enum(['critical', 'high', 'medium', 'low', 'none'])
export type Severity = z.infer<typeof Severity>

export const PostKind = z.enum([
  'post',
  'comment',
  'chat',
  'review',
  'email',
  'news',
  'video',
  'audio',
  'link',
  'other',
])
export type PostKind = z.infer<typeof PostKind>

/** What may become of a post after it was flagged. */
export const PostStatus = z.enum(['edited', 'deleted', 'restored'])
export type PostStatus = z.infer<typeof PostStatus>

export const MediaKind = z.enum(['image', 'video', 'audio', 'link'])
export type MediaKind = z.infer<typeof MediaKind>

/** What a flag did: opened a review, joined one, was counted on an earlier decision, or was kept without making work. */
export const FlagEffect = z.enum(['opened', 'joined', 'recorded', 'muted'])
export type FlagEffect = z.infer<typeof FlagEffect>

export const OutboxState = z.enum(['pending', 'sending', 'delivered', 'failed', 'cancelled', 'recorded'])
export type OutboxState = z.infer<typeof OutboxState>
