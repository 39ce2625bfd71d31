import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { ListColumn } from '#client/ui/list/ListTable.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { type FigureName, noValue, type ReportRow } from '#shared/contract/reports.ts'
import { inOneLine, useNames } from './use-names.ts'

const shares: readonly FigureName[] = ['deadlines', 'orderDeadlines', 'overturned']
const timed: readonly FigureName[] = [
  'backlog',
  'toLook',
  'toDecision',
  'toEffect',
  'appealTime',
  'wronglyDown',
  'reveals',
]

export function useRowColumns(figure: FigureName): ListColumn<ReportRow>[] {
  const { t } = useTranslation('reports')
  const isShare = shares.includes(figure)
  const columns = [
    { id: 'what', header: t('rows.what'), cell: What },
    { id: 'place', header: t('rows.place'), width: 200, isWide: true, cell: Where },
    { id: 'clause', header: t('dimension.clause'), width: 190, isWide: true, cell: Clause },
    { id: 'result', header: t('rows.result'), width: 170, cell: Result },
    ...(timed.includes(figure)
      ? [
          {
            id: 'ms',
            header: t(figure === 'backlog' ? 'rows.age' : 'rows.time'),
            width: 90,
            isEnd: true,
            cell: Measured,
          },
        ]
      : []),
    ...(isShare
      ? [
          {
            id: 'counted',
            header: t(figure === 'overturned' ? 'counted.overturned' : 'counted.deadlines'),
            width: 110,
            cell: Counted,
          },
        ]
      : []),
    { id: 'event', header: t('rows.event'), width: 150, cell: Entry },
  ]
  return columns.map((column) => ({ ...column, cell: (row) => <column.cell {...row} /> }))
}

/** The review, and the thing itself where it has a page. */
function What({ kind, id, review }: ReportRow) {
  const { t } = useTranslation('reports')
  const name = t(`kind.${kind}`)
  return (
    <Lines
      first={
        review ? (
          <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} tabIndex={-1} preload={false} className="mono">
            {review.reference}
          </Link>
        ) : (
          <span className="t3">{t('rows.outside')}</span>
        )
      }
      second={
        id && kind === 'decision' ? (
          <Link to="/decisions/$decisionId" params={{ decisionId: id }} tabIndex={-1} preload={false}>
            {name}
          </Link>
        ) : id && kind === 'appeal' ? (
          <Link to="/appeals/$appealId" params={{ appealId: id }} tabIndex={-1} preload={false}>
            {name}
          </Link>
        ) : (
          name
        )
      }
    />
  )
}

function Where({ queue, language, platform }: ReportRow) {
  const nameOf = useNames()
  return (
    <Lines
      first={nameOf('queue', queue).name}
      second={
        <>
          <PlatformTag platform={platform} /> <LangTag code={language === noValue ? null : language} />
        </>
      }
    />
  )
}

function Clause({ clause, source }: ReportRow) {
  const nameOf = useNames()
  return (
    <Lines
      first={<span className="cut">{inOneLine(nameOf('clause', clause ?? noValue))}</span>}
      second={nameOf('source', source).name}
    />
  )
}

function Result({ outcome, measure, accountStatus }: ReportRow) {
  const nameOf = useNames()
  return (
    <Lines
      first={
        outcome === null
          ? null
          : measure && measure !== noValue
            ? nameOf('measure', measure).name
            : nameOf('outcome', outcome).name
      }
      second={accountStatus ? nameOf('accountStatus', accountStatus).name : null}
    />
  )
}

function Measured({ ms }: ReportRow) {
  const format = useFormat()
  return <span className="num">{ms === null ? null : format.span(ms)}</span>
}

function Counted({ isCounted }: ReportRow) {
  const { t } = useTranslation('reports')
  const Glyph = isCounted ? IconCheck : IconX
  return (
    <span className="row4">
      <Glyph size={14} aria-hidden /> {t(isCounted ? 'yes' : 'no')}
    </span>
  )
}

/** The entry of the log that made it count, for those who read the log. */
function Entry({ seq, at }: ReportRow) {
  const format = useFormat()
  const mayRead = useMay('event.read')
  const number = format.number(seq)
  return (
    <Lines
      first={<DateTime at={at} form="short" zone="house" />}
      second={
        mayRead ? (
          <Link to="/audit" search={{ entry: seq }} tabIndex={-1} preload={false} className="num">
            № {number}
          </Link>
        ) : (
          <span className="num">№ {number}</span>
        )
      }
    />
  )
}
