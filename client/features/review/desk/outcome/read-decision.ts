import type { Measure } from '#shared/contract/decisions.ts'

export function postMeasureOf(measures: readonly Measure[]) {
  for (const measure of measures) if (measure.target === 'post') return measure.kind
  return null
}

export function restrictionOf(measures: readonly Measure[]) {
  for (const measure of measures) if (measure.target === 'post') return measure.by ?? null
  return null
}

export function accountMeasureOf(measures: readonly Measure[]) {
  for (const measure of measures) if (measure.target === 'account') return measure.kind
  return null
}
