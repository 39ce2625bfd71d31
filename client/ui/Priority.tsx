import { useTranslation } from 'react-i18next'
import css from './badges.module.css'
import { useCard } from './hanging.tsx'
import { Meter } from './Meter.tsx'

export type Term = { label: string; value: number }
type Props = { score: number; terms: readonly Term[] }

const level = (score: number) => (score >= 80 ? 4 : score >= 55 ? 3 : score >= 30 ? 2 : 1)
const ink = ['', 'var(--dk-text-3)', 'var(--dk-text-3)', 'var(--dk-warn-solid)', 'var(--dk-bad-solid)']

/** Bars and score, for places that already show the terms. */
export function PriorityBars({ score }: { score: number }) {
  return (
    <svg width="14" height="12" aria-hidden>
      {[1, 2, 3, 4].map((n) => (
        <rect
          key={n}
          x={(n - 1) * 3.7}
          y={12 - n * 3}
          width="2.6"
          height={n * 3}
          rx="0.8"
          fill={n <= level(score) ? ink[level(score)] : 'var(--dk-line-strong)'}
        />
      ))}
    </svg>
  )
}

/** Priority is a sum, 0 to 100; hovering or focusing it shows the terms. */
export function Priority({ score, terms }: Props) {
  const { t } = useTranslation('ui')
  const { over, card } = useCard(() => <PriorityTerms score={score} terms={terms} />, {
    width: 248,
    position: 'bottom-end',
  })
  return (
    <>
      <button type="button" className={css.priority} aria-label={t('priority.label', { score })} {...over}>
        <PriorityBars score={score} />
        {score}
      </button>
      {card}
    </>
  )
}

/** The sum written out. Terms may be negative. */
export function PriorityTerms({ score, terms }: Props) {
  const { t } = useTranslation('ui')
  const most = Math.max(1, ...terms.map((term) => Math.abs(term.value)))
  return (
    <dl className="col sm" style={{ gap: 5 }}>
      <div className="row">
        <dt className="b grow">{t('priority.title')}</dt>
        <dd className="b num">{score}</dd>
      </div>
      {terms.map((term) => (
        <div key={term.label} className="row">
          <dt className="grow t2 cut">{term.label}</dt>
          <dd style={{ width: 56 }}>
            <Meter value={term.value} of={most} />
          </dd>
          <dd className="num end t2" style={{ width: 24 }}>
            <bdi dir="ltr">{term.value > 0 ? `+${term.value}` : `−${-term.value}`}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
