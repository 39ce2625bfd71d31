import { IconShieldCheck, IconVolumeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { Caption } from '#client/ui/Caption.tsx'
import { Lines } from '#client/ui/list/Lines.tsx'
import type { ListColumn } from '#client/ui/list/ListTable.tsx'
import { Sources } from '#client/ui/Sources.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { ListedFlag } from '#shared/contract/reporters.ts'

export function useFlagColumns(): ListColumn<ListedFlag>[] {
  const { t } = useTranslation('reporters')
  const mayKnow = useMay('reporter.read')
  const columns = [
    { id: 'what', header: t('column.what'), cell: What },
    { id: 'clause', header: t('column.clause'), width: 170, isWide: true, cell: Clause },
    { id: 'source', header: t('column.source'), width: 168, cell: Source },
    ...(mayKnow ? [{ id: 'reporter', header: t('column.reporter'), width: 156, isWide: true, cell: Reporter }] : []),
    { id: 'account', header: t('column.account'), width: 150, isWide: true, cell: Account },
    { id: 'effect', header: t('column.effect'), width: 124, isWide: true, cell: Effect },
    { id: 'when', header: t('column.when'), width: 128, cell: When },
  ]
  return columns.map((column) => ({ ...column, cell: (row) => <column.cell {...row} /> }))
}

function What({ review, captionExcerpt, text, reasonCode }: ListedFlag) {
  const { t } = useTranslation('reporters')
  const shown = captionExcerpt?.trim() || text || t('row.noCaption')
  return (
    <Lines
      first={
        review ? (
          <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} tabIndex={-1} preload={false}>
            <Caption text={shown} lang={null} isLine />
          </Link>
        ) : (
          <Caption text={shown} lang={null} isLine />
        )
      }
      second={
        <>
          {review ? <span className="mono">{review.reference}</span> : null}
          <bdi className="cut">{captionExcerpt?.trim() && text ? text : reasonCode}</bdi>
        </>
      }
    />
  )
}

function Clause({ policy, reasonCode, score }: ListedFlag) {
  const { t } = useTranslation('reporters')
  const { data: policies } = useQuery(policiesQuery)
  const clause = policy ? policies?.get(policy) : undefined
  return (
    <Lines
      first={
        clause ? (
          <span title={clause.current.label}>
            <b className="b num">{clause.code}</b> <span className="t2">{clause.shortName}</span>
          </span>
        ) : (
          <span className="t3">{policy ?? t('unsorted')}</span>
        )
      }
      second={
        <>
          <bdi className="cut">{reasonCode}</bdi>
          {score === null ? null : <span className="num">{score.toFixed(2)}</span>}
        </>
      }
    />
  )
}

function Source({ source }: ListedFlag) {
  const { t: ui } = useTranslation('ui')
  return (
    <Lines
      first={
        <span className="row4">
          <Sources of={[source.kind]} /> <span className="cut">{ui(`source.${source.kind}`)}</span>
        </span>
      }
      second={<bdi className="cut">{source.name}</bdi>}
    />
  )
}

function Reporter({ reporter }: ListedFlag) {
  const { t } = useTranslation('reporters')
  if (!reporter) return null
  return (
    <Lines
      first={
        <Link to="/flags/reporters/$reporterId" params={{ reporterId: reporter.id }} tabIndex={-1} preload={false}>
          <bdi>{reporter.name}</bdi>
        </Link>
      }
      second={
        <>
          {reporter.isTrusted ? (
            <span className="row4">
              <IconShieldCheck size={12} aria-hidden /> {t('mark.trusted')}
            </span>
          ) : null}
          {reporter.isMuted ? (
            <span className="row4">
              <IconVolumeOff size={12} aria-hidden /> {t('mark.muted')}
            </span>
          ) : null}
        </>
      }
    />
  )
}

function Account({ account }: ListedFlag) {
  return (
    <Lines
      first={
        <Link to="/accounts/$accountId" params={{ accountId: account.id }} tabIndex={-1} preload={false}>
          <bdi>{account.handle}</bdi>
        </Link>
      }
      second={<PlatformTag platform={account.platform} />}
    />
  )
}

function Effect({ effect, setAsideAt }: ListedFlag) {
  const { t } = useTranslation('reporters')
  return <Lines first={t(`effect.${effect}`)} second={setAsideAt ? t('mark.setAside') : null} />
}

function When({ receivedAt }: ListedFlag) {
  return <Lines first={<DateTime at={receivedAt} form="short" />} second={<Ago at={receivedAt} />} />
}
