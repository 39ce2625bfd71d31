import { z } from 'zod'
import { AccountMeasure } from './outcomes.ts'
import type { AccountStatus } from './words.ts'

/** What an account gets when its strikes reach a number. */
export const LadderStep = z.object({
  strikes: z.number().int().min(1).max(1_000),
  kind: AccountMeasure,
  /** How long it holds; null is until it is lifted. */
  days: z.number().int().min(1).max(3_650).nullable(),
})
export type LadderStep = z.infer<typeof LadderStep>

/** Strikes count for so many days; each step is reached by more of them than the one before. No steps: no ladder. */
export const StrikeLadder = z.object({
  windowDays: z.number().int().min(1).max(3_650),
  steps: z
    .array(LadderStep)
    .max(12)
    .refine((steps) => steps.every(({ strikes }, at) => at === 0 || strikes > steps[at - 1]!.strikes), {
      message: 'Each step needs more strikes than the one before.',
    })
    .refine((steps) => steps.every(({ kind, days }) => days === null || mayEnd(kind)), {
      message: 'Only a limit and a block end by themselves.',
    }),
})
export type StrikeLadder = z.infer<typeof StrikeLadder>

export const usualLadder: StrikeLadder = {
  windowDays: 365,
  steps: [
    { strikes: 4, kind: 'limit', days: 7 },
    { strikes: 7, kind: 'block', days: 30 },
    { strikes: 10, kind: 'terminate', days: null },
  ],
}

/** A warning is given at once, and what is terminated does not come back by itself. */
export function mayEnd(kind: AccountMeasure): boolean {
  return kind === 'limit' || kind === 'block'
}

const dayMs = 86_400_000

/** From when on a strike counts at that time; one exactly as old as the window does not. */
export const countsAfter = (at: Date, { windowDays }: Pick<StrikeLadder, 'windowDays'>) =>
  new Date(at.getTime() - windowDays * dayMs)

type Earlier = {
  outcome: string
  /** Of the cited version of its clause. */
  weight: number
  decidedAt: Date
  /** Neither taken back, nor did a later one take its place. */
  isStanding: boolean
}

/** What counts against an account at a time: the weights of the violations that stand, inside the window. */
export function strikesOf(decisions: readonly Earlier[], ladder: Pick<StrikeLadder, 'windowDays'>, at: Date): number {
  const after = countsAfter(at, ladder)
  return decisions
    .filter(({ outcome, isStanding, decidedAt }) => isStanding && outcome === 'violation' && decidedAt > after)
    .reduce((sum, { weight }) => sum + weight, 0)
}

/** The last step that so many strikes reach; null below the first. */
export function stepAt({ steps }: Pick<StrikeLadder, 'steps'>, strikes: number): LadderStep | null {
  return steps.findLast((step) => step.strikes <= strikes) ?? null
}

/** How far an account is gone already, in the order of the measures. */
const reached: Record<AccountStatus, number> = { active: 0, unknown: 0, limited: 2, blocked: 3, deleted: 5 }
const rank: Record<AccountMeasure, number> = { warn: 1, limit: 2, block: 3, terminate: 4 }

type Ground = { before: number; added: number; status: AccountStatus }

/**
 * The step that a violation leads to. None where it adds no strikes, where no step is reached, and where something
 * stronger holds already.
 */
export function nextStep(ladder: Pick<StrikeLadder, 'steps'>, { before, added, status }: Ground): LadderStep | null {
  const step = added > 0 ? stepAt(ladder, before + added) : null
  return step && rank[step.kind] >= reached[status] ? step : null
}

type OnAccount = { target: 'post' | 'account'; kind: string; endsAt?: string | undefined }

/** Whether a decision does what the step says; an end may lie a day beside it, for the time between choosing and sending. */
export function follows(step: LadderStep, measures: readonly OnAccount[], at: Date): boolean {
  const measure = measures.find(({ target }) => target === 'account')
  if (measure?.kind !== step.kind) return false
  if (step.days === null || !measure.endsAt) return step.days === null && !measure.endsAt
  return Math.abs(Date.parse(measure.endsAt) - at.getTime() - step.days * dayMs) <= dayMs
}

/** What a decision keeps of the ladder as it stood. */
export const StrikeRecord = z.object({
  before: z.number().int(),
  added: z.number().int(),
  step: LadderStep.nullable(),
})
export type StrikeRecord = z.infer<typeof StrikeRecord>
