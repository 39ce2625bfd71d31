import type { AccountMeasure, PostMeasure } from './outcomes.ts'

/** What a bulk may do to each of its reviews. */
export type BulkKind = 'decide' | 'claim' | 'hold' | 'escalate' | 'assign' | 'move'

/** Safety of life: each of these is looked at by itself. */
const lifeSection = '1'

type Clause = { isRestricted: boolean; section: { code: string } }
type Asked = { target: 'post' | 'account'; kind: PostMeasure | AccountMeasure }

/** Such a clause is never cited for many at once. */
export const isCitedAlone = ({ isRestricted, section }: Clause) => isRestricted || section.code === lifeSection

/** What shuts an account out, or waits for a second person, is never done to many at once. */
export const isTakenAlone = ({ target, kind }: Asked, severe: readonly string[]) =>
  severe.includes(kind) || (target === 'account' && (kind === 'block' || kind === 'terminate'))

/**
 * Whether a review is left out of a bulk. What is restricted always is. What may be about somebody's life is neither
 * decided nor put on hold with others; to hand it to somebody only makes it quicker.
 *
 * @param clause the suspected one
 */
export function isLeftOut(kind: BulkKind, { isRestricted }: { isRestricted: boolean }, clause: Clause | undefined) {
  if (isRestricted || clause?.isRestricted) return true
  return (kind === 'decide' || kind === 'hold') && clause?.section.code === lifeSection
}
