import type { Severity } from '#shared/domain/words.ts'

/** One wording of a clause or an exemption. Of several, the last is in force. */
export type FirstVersion = {
  label: string
  description: string
  signs?: string[]
  notThis?: string[]
  questions?: string[]
  usualMeasures: string[]
  alert?: string
  /** Regulation (EU) 2021/784: the point of Article 2(7) for a clause, the ground of Article 1(3) for an exemption. */
  tco?: string
  dsaCategory?: string
  dsaKeywords?: string[]
  /** What it changed in the one before. */
  change?: string
}

/** A clause or an exemption as the first migration brings it. Its section is the part of `code` before the point. */
export type FirstPolicy = {
  id: string
  code: string
  shortName: string
  severity: Severity
  isRestricted?: boolean
  versions: [FirstVersion, ...FirstVersion[]]
}

export const sections: Record<string, string> = {
  1: 'Safety of life',
  2: 'Terrorist content',
  3: 'Violence',
  4: 'Hate',
  5: 'Insult and abuse',
  6: 'Spam and scams',
  7: 'Sexual content',
  E: 'Exemptions',
}

/** When the first and the second wording came into force. */
export const inForceSince = ['2026-01-12T00:00:00.000Z', '2026-09-14T08:00:00.000Z'] as const
