import { Popover } from '@mantine/core'
import { IconHourglass, IconPin, IconPinnedOff, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { CopyId } from '#client/ui/CopyId.tsx'
import { useFormat } from '#client/ui/format.ts'
import type { Report } from '#shared/contract/reports.ts'
import css from './reports.module.css'
import { isBehind } from './reports.queries.ts'
import type { ReportSearch } from './reports.search.ts'
import { inOneLine, useNames } from './use-names.ts'

type Props = { report: Report; search: ReportSearch }

/** That the same report can be had again, with its hash and the last event that counts in it. */
export function Proof({ report, search }: Props) {
  const { t } = useTranslation('reports')
  const { hash } = report
  const isReady = !isBehind(report, search.seq)
  return (
    <Popover position="bottom-end" width={330} withArrow={false} trapFocus returnFocus hideDetached={false}>
      <Popover.Target>
        <button type="button" className={css.proof} title={t('proof')}>
          {isReady ? (
            <Badge tone="ok" icon={IconRosetteDiscountCheck}>
              {t('reproducible')}
            </Badge>
          ) : (
            <Badge tone="warn" icon={IconHourglass}>
              {t('counting')}
            </Badge>
          )}
          <bdi className="mono t3 hideS" dir="ltr">
            {hash.slice(0, 8)}…{hash.slice(-4)}
          </bdi>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('proof')}>
        <Facts report={report} search={search} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Facts({ report, search }: Props) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const nameOf = useNames()
  const { hash, seq, headSeq, zone, scope } = report
  const { seq: pinned, ...loose } = search
  const { range: _, ...days } = loose
  const { from, to } = report.period
  return (
    <div className={css.facts}>
      <p className="sm t2">{t('proof.text')}</p>
      <dl className="sm">
        <dt>{t('proof.hash')}</dt>
        <dd className="mono">
          <CopyId id={hash} shown={`${hash.slice(0, 20)}…`} />
        </dd>
        <dt>{t('proof.seq')}</dt>
        <dd className="num">{t('proof.seqOf', { seq: format.number(seq), head: format.number(headSeq) })}</dd>
        <dt>{t('proof.zone')}</dt>
        <dd>{zone}</dd>
        {scope.queues ? (
          <>
            <dt>{t('proof.queues')}</dt>
            <dd>{format.list(scope.queues.map((id) => inOneLine(nameOf('queue', id))))}</dd>
          </>
        ) : null}
      </dl>
      {scope.leavesOutRestricted ? <p className="xs t3">{t('proof.restricted')}</p> : null}
      {pinned === undefined ? (
        <Link to="/reports" search={{ ...days, from, to, seq }} className="row4 sm">
          <IconPin size={14} aria-hidden /> {t('proof.pin')}
        </Link>
      ) : (
        <Link to="/reports" search={loose} className="row4 sm">
          <IconPinnedOff size={14} aria-hidden /> {t('proof.unpin')}
        </Link>
      )}
    </div>
  )
}
