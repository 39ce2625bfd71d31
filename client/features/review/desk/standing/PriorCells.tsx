import { useQuery } from '@tanstack/react-query'
import { type CSSProperties, Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { outcomeTone } from '#client/theme.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import { type Cell, type PriorRow, priorRows } from './prior-cells.ts'
import css from './standing.module.css'

/** Height repeats what colour says: the taller the bar, the harder the measure. */
const heights: Record<Cell, string> = { keep: '30%', exempt: '30%', label: '55%', restrict: '75%', remove: '100%' }

/** Earlier decisions by clause over the last months: a pattern to be seen, where there is room for it. */
export function PriorCells({ decisions }: { decisions: readonly DecisionRecord[] }) {
  const { t } = useTranslation('review')
  const { data: policies } = useQuery(policiesQuery)
  const [now] = useState(() => Date.now())
  const rows = priorRows(decisions, now)
  if (decisions.length < 2) return null
  const nameOf = ({ clause }: PriorRow) =>
    clause === null ? t('decide.noViolation') : (policies?.get(clause)?.shortName ?? clause)
  const codeOf = ({ clause }: PriorRow) => (clause === null ? '' : (policies?.get(clause)?.code ?? ''))
  const told = rows.map((row) => `${codeOf(row)} ${nameOf(row)}, ${row.count}`.trim()).join('; ')
  return (
    <div className={`onlyX ${css.cells}`} role="img" aria-label={t('earlier.cells', { told })}>
      {rows.map((row) => (
        <Fragment key={row.clause}>
          <b className="b num">{codeOf(row)}</b>
          <span className="t3 cut">{nameOf(row)}</span>
          {row.cells.map((cell, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in time
            <i key={index} style={cell ? barOf(cell) : undefined} />
          ))}
          <span className="t3 num end">{row.count}</span>
        </Fragment>
      ))}
    </div>
  )
}

function barOf(cell: Cell) {
  const tone = outcomeTone[cell]
  const ink = tone === 'accent' ? 'var(--dk-accent)' : `var(--dk-${tone}-solid)`
  return { '--ink': ink, '--height': heights[cell] } as CSSProperties
}
