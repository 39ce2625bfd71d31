import { type Dimension, noValue } from '#shared/contract/reports.ts'

/** Colours are kept for states and outcomes; what has none of its own is a shade of one. */
const own: Record<string, string> = {
  remove: 'var(--dk-bad-solid)',
  terminate: 'var(--dk-gone-fg)',
  block: 'var(--dk-gone-solid)',
  violation: 'var(--dk-bad-solid)',
  blocked: 'var(--dk-bad-solid)',
  restrict: 'var(--dk-warn-solid)',
  limit: 'var(--dk-warn-solid)',
  limited: 'var(--dk-warn-solid)',
  label: 'var(--dk-note-solid)',
  warn: 'var(--dk-note-fg)',
  exempt: 'var(--dk-accent)',
  none: 'var(--dk-ok-solid)',
  keep: 'var(--dk-ok-solid)',
  no_violation: 'var(--dk-ok-solid)',
  active: 'var(--dk-ok-solid)',
  deleted: 'var(--dk-gone-solid)',
  unknown: 'var(--dk-gone-fg)',
}
const withOwn: readonly Dimension[] = ['measure', 'outcome', 'accountStatus']
const shades = [100, 76, 58, 42, 30, 20]

/** From the bottom of a bar up: what is done first, what stays as it was last. Others keep the order they come in. */
const order = [
  'remove',
  'terminate',
  'block',
  'violation',
  'restrict',
  'limit',
  'label',
  'warn',
  'exempt',
  'keep',
  'no_violation',
  noValue,
]

/** Places in `values`, in the order in which the parts of a bar stand. */
export function inOrder(dimension: Dimension, values: readonly string[]): number[] {
  const places = values.map((_, index) => index)
  if (!withOwn.includes(dimension)) return places
  const rank = (index: number) => (order.indexOf(values[index]!) + order.length + 1) % (order.length + 1)
  return places.sort((a, b) => rank(a) - rank(b))
}

export function colourOf(dimension: Dimension, value: string, index: number): string {
  if (withOwn.includes(dimension) && own[value]) return own[value]
  return `color-mix(in srgb, var(--dk-accent) ${shades[index] ?? 20}%, var(--dk-surface))`
}
