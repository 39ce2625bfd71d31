import { z } from 'zod'
import { blankHouseCare, blankOwnCare, HouseCare, OwnCare } from '../domain/exposure.ts'
import { AccountMeasure, PostMeasure } from '../domain/outcomes.ts'
import { Treatment } from '../domain/redaction.ts'
import { StrikeLadder, usualLadder } from '../domain/strikes.ts'
import { endpoint } from './endpoint.ts'

/** Languages of the interface. */
export const Language = z.enum(['en', 'ru', 'kk', 'ar'])
export type Language = z.infer<typeof Language>

/** What one person chose for themselves. Null is the organisation's choice, or else the computer's. */
export const Preferences = z.object({
  language: Language.nullable(),
  /** Of the interface's colours. */
  contrast: z.enum(['normal', 'high']).nullable(),
  /** Keys by action, in place of the map's own: places on the board (`event.code`), such as `KeyK`. */
  keys: z.record(z.string().max(40), z.array(z.string().max(40)).max(10)),
  /** How redacted copies are made; kinds of harm by the codes of their sections. */
  redaction: z.object({ general: Treatment.nullable(), byKind: z.record(z.string().max(10), Treatment) }),
  /** An original shows while the key is held, or from one press to the next. */
  revealBy: z.enum(['hold', 'press']),
  care: OwnCare,
})
export type Preferences = z.infer<typeof Preferences>

/** Of somebody who chose nothing. */
export const blankPreferences: Preferences = {
  language: null,
  contrast: null,
  keys: {},
  redaction: { general: null, byKind: {} },
  revealBy: 'hold',
  care: blankOwnCare,
}

/** What holds for everybody here. */
export const Organisation = z.object({
  /** IANA name. Audit, deadlines and reports are told in it. */
  timeZone: z.string().max(60).refine(isTimeZone, 'Not a time zone.'),
  redaction: z.object({ general: Treatment, byKind: z.record(z.string().max(10), Treatment) }),
  care: HouseCare,
  /** Captions in other languages go to the translator as a review is opened; otherwise when a person asks. */
  translatesOnOpen: z.boolean(),
  /** From an appeal being filed to when it is due. */
  appealTargetHours: z.number().int().min(1).max(8_760),
  /** Measures that wait for a second person. */
  severeMeasures: z.array(z.enum([...PostMeasure.options, ...AccountMeasure.options])).max(7),
  /** What an account gets as its strikes rise. */
  strikeLadder: StrikeLadder,
})
export type Organisation = z.infer<typeof Organisation>

/** Of an organisation that chose nothing. */
export const blankOrganisation: Organisation = {
  timeZone: 'UTC',
  redaction: { general: { strength: 'medium', isGrey: true }, byKind: {} },
  care: blankHouseCare,
  translatesOnOpen: false,
  appealTargetHours: 168,
  severeMeasures: ['terminate'],
  strikeLadder: usualLadder,
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const changePreferences = endpoint({
  method: 'PUT',
  path: '/api/v1/me/preferences',
  summary: 'Change some of my own preferences; what is left out stays',
  permission: 'signed_in',
  body: Preferences.partial(),
  reply: Preferences,
})

export const changeOrganisation = endpoint({
  method: 'PUT',
  path: '/api/v1/organisation',
  summary: 'Change some of what holds for everybody here; what is left out stays',
  permission: 'organisation.manage',
  body: Organisation.partial(),
  reply: Organisation,
})

export const changeLadder = endpoint({
  method: 'PUT',
  path: '/api/v1/strike-ladder',
  summary: 'Change what accounts get as their strikes rise',
  permission: 'ladder.manage',
  body: StrikeLadder,
  reply: Organisation,
})
