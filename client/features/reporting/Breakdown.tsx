import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '#client/ui/Panel.tsx'
import type { BreakdownRow, Dimension, Report } from '#shared/contract/reports.ts'
import { Figure } from './Figure.tsx'
import { Moved } from './Moved.tsx'
import css from './reports.module.css'
import { type Name, useNames } from './use-names.ts'
import { useSay } from './use-say.ts'

/** Rows that are shown at once. */
const most = 6

type Props = { report: Report; dimension: Dimension; className?: string | undefined }

/** Decisions by one thing, most first, with a bar for each; those of a queue also with their times. */
export function Breakdown({ report, dimension, className }: Props) {
  const { t } = useTranslation('reports')
  const nameOf = useNames()
  const [isWhole, setWhole] = useState(false)
  const rows = report.breakdowns[dimension]
  const largest = Math.max(1, ...rows.map(({ decisions }) => decisions))
  const hasTimes = dimension === 'queue'
  const shown = isWhole ? rows : rows.slice(0, most)
  return (
    <Panel title={t(`by.${dimension}`)} isFlush {...(className && { className })}>
      {rows.length === 0 ? <p className={`sm t3 ${css.none}`}>{t('noRows')}</p> : null}
      {rows.length > 0 ? (
        <div className="scrollx">
          <table className={`dt ${css.breakdown}`} aria-label={t(`by.${dimension}`)}>
            <thead>
              <tr>
                <th scope="col">{t(`dimension.${dimension}`)}</th>
                {hasTimes ? null : (
                  <th>
                    <span className="vh">{t('share')}</span>
                  </th>
                )}
                <th scope="col" className="end">
                  {t('column.decisions')}
                </th>
                {hasTimes ? (
                  <>
                    <th scope="col" className="end">
                      {t('column.median')}
                    </th>
                    <th scope="col" className="end">
                      {t('column.met')}
                    </th>
                  </>
                ) : null}
                <th scope="col" className="end">
                  {t('column.overturned')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row
                  key={row.value}
                  report={report}
                  dimension={dimension}
                  row={row}
                  name={nameOf(dimension, row.value)}
                  largest={largest}
                  hasTimes={hasTimes}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {rows.length > most ? (
        <Button
          variant="subtle"
          size="compact-xs"
          className={css.whole}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? t('fewer') : t('all', { count: rows.length })}
        </Button>
      ) : null}
    </Panel>
  )
}

type RowProps = {
  report: Report
  dimension: Dimension
  row: BreakdownRow
  name: Name
  largest: number
  hasTimes: boolean
}

function Row({ report, dimension, row, name, largest, hasTimes }: RowProps) {
  const { t } = useTranslation('reports')
  const say = useSay()
  const of = { by: dimension, value: row.value }
  const { overturned } = row
  // More than all together, and not by chance alone.
  const isHigh = overturned.low !== null && overturned.low > (report.figures.overturned.rate ?? 1)
  return (
    <tr>
      <th scope="row" className={css.name} title={name.code ? `${name.code} ${name.name}` : name.name}>
        {name.code ? <b className="b">{name.code}</b> : null}{' '}
        <span className={name.code ? 't2' : 'b'}>{name.name}</span>
      </th>
      {hasTimes ? null : (
        <td className={css.bar}>
          <span style={{ inlineSize: `${(row.decisions / largest) * 100}%` }} aria-hidden />
        </td>
      )}
      <td className="end">
        <span className={css.figure}>
          <span className="onlyX">
            <Moved move={say.byCount(row.decisions, row.against?.decisions, null)} />
          </span>
          <Figure report={report} figure="decisions" of={of} shown={say.number(row.decisions)} />
        </span>
      </td>
      {hasTimes ? (
        <>
          <td className="end">
            <Figure report={report} figure="toDecision" of={of} shown={say.span(row.toDecision.p50)} />
          </td>
          <td className="end">
            <Figure report={report} figure="deadlines" of={of} shown={say.share(row.deadlines)} />
          </td>
        </>
      ) : null}
      <td
        className={`end ${isHigh ? 'warn b' : ''}`}
        title={isHigh ? t('isHigh', { interval: say.interval(overturned) }) : say.interval(overturned) || undefined}
      >
        <Figure report={report} figure="overturned" of={of} shown={say.share(overturned)} />{' '}
        {isHigh ? <span className="vh">{t('isHigh', { interval: say.interval(overturned) })}</span> : null}
      </td>
    </tr>
  )
}
