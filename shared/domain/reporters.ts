import type { SourceKind } from './words.ts'

/** Sources of which a reporter may be muted or set aside. Orders are obeyed, and programs are told to stop elsewhere. */
export const fromReporters = ['user_report', 'trusted_flagger'] as const satisfies readonly SourceKind[]

export function isFromReporter(kind: SourceKind): boolean {
  return fromReporters.some((each) => each === kind)
}

/** Without a time, until somebody ends it. */
export function isMuted({ muted_at, muted_until }: { muted_at: Date | null; muted_until: Date | null }, now: Date) {
  return muted_at !== null && (muted_until === null || muted_until > now)
}
