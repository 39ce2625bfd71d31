import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { Share } from '#shared/contract/reports.ts'

/** How far a figure moved, and whether that is what one would wish for; null where it says neither. */
export type Move = { text: string; isBetter: boolean | null; isFigure: boolean }

const signOf = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±')

/** The words of figures: shares of small groups are not told, a difference has its sign. */
export function useSay() {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const move = (by: number, text: string, lessIs: 'better' | 'worse' | null): Move => ({
    text: `${signOf(by)}${text}`,
    // A figure runs from left to right everywhere; a span of time has words.
    isFigure: !/\p{L}/u.test(text),
    isBetter: by === 0 || lessIs === null ? null : by < 0 === (lessIs === 'better'),
  })
  return {
    number: format.number,
    share: ({ n, rate }: Share) => (n === 0 ? '' : rate === null ? t('few') : format.percent(rate)),
    /** “3 of 12”: what a share is of. */
    parts: ({ n, k }: Share) => t('parts', { n: format.number(n), k: format.number(k) }),
    interval: ({ low, high }: Share) =>
      low === null || high === null ? '' : t('interval', { low: format.points(low), high: format.points(high) }),
    span: (ms: number | null) => (ms === null ? '' : format.span(ms)),
    byCount: (now: number, before: number | undefined, lessIs: 'better' | 'worse' | null): Move | null =>
      before === undefined ? null : move(now - before, format.number(Math.abs(now - before)), lessIs),
    bySpan: (now: number | null, before: number | null | undefined): Move | null =>
      now === null || before === null || before === undefined
        ? null
        : move(now - before, format.span(Math.abs(now - before)), 'better'),
    byShare: (now: Share, before: Share | undefined, lessIs: 'better' | 'worse'): Move | null =>
      now.rate === null || !before || before.rate === null
        ? null
        : move(Math.round((now.rate - before.rate) * 1_000), format.points(Math.abs(now.rate - before.rate)), lessIs),
  }
}
