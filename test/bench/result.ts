import type { Result } from './benches.ts'

type Measured = { name: string; value: number; unit: string; detail?: string }

export function atMost(bar: number, { detail = '', ...measured }: Measured): Result {
  return { ...measured, bar: `≤ ${bar.toLocaleString('en')}`, ok: measured.value <= bar, detail }
}

export function atLeast(bar: number, { detail = '', ...measured }: Measured): Result {
  return { ...measured, bar: `≥ ${bar.toLocaleString('en')}`, ok: measured.value >= bar, detail }
}

/** The value below which the share `p` (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
}
