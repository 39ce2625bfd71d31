import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import type { Column } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { Tone } from '#client/ui/tone.ts'
import type { DeliveryRow } from '#shared/contract/deliveries.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import css from './delivery.module.css'

/** @param onRetry null for those who may not */
export function useDeliveryColumns(
  onRetry: ((row: DeliveryRow) => void) | null,
  isRetrying: boolean,
): Column<DeliveryRow>[] {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  const columns: Column<DeliveryRow>[] = [
    { id: 'state', header: t('column.state'), width: 118, cell: (row) => <State row={row} /> },
    {
      id: 'receiver',
      header: t('column.receiver'),
      isWide: true,
      width: 120,
      cell: (row) => <bdi>{row.receiverName}</bdi>,
    },
    {
      id: 'review',
      header: t('column.review'),
      width: 188,
      cell: (row) => (
        <span className="row6">
          <Link to="/reviews/$reviewId" params={{ reviewId: row.reviewId as ReviewId }} className="mono">
            {row.reviewReference}
          </Link>
          <span className="hideS">
            <PlatformTag platform={row.platform} />
          </span>
          <bdi className="t2 cut hideS">{row.handle}</bdi>
        </span>
      ),
    },
    { id: 'what', header: t('column.what'), isWide: true, width: 200, cell: (row) => <What row={row} /> },
    { id: 'said', header: t('column.said'), cell: (row) => <Said row={row} /> },
    {
      id: 'tries',
      header: t('column.tries'),
      isEnd: true,
      isWide: true,
      width: 56,
      cell: (row) => format.number(row.attempts),
    },
    {
      id: 'when',
      header: t('column.when'),
      isWide: true,
      width: 118,
      cell: (row) => <DateTime at={row.answeredAt ?? row.changedAt} form="short" />,
    },
  ]
  if (onRetry) {
    columns.push({
      id: 'action',
      header: <span className="vh">{t('column.action')}</span>,
      isEnd: true,
      width: 120,
      cell: (row) =>
        row.canRetry ? (
          <Button
            size="compact-xs"
            aria-label={`${t('retry')} ${row.reviewReference}`}
            disabled={isRetrying}
            onClick={() => onRetry(row)}
          >
            {t('retry')}
          </Button>
        ) : null,
    })
  }
  return columns
}

const tones: Record<DeliveryRow['state'] | NonNullable<DeliveryRow['answer']>, Tone> = {
  pending: 'warn',
  sending: 'warn',
  delivered: 'note',
  failed: 'bad',
  cancelled: 'gone',
  done: 'ok',
  already_deleted: 'gone',
  refused: 'bad',
}

/** What was answered says more than that it arrived; a new try says more than an old answer. */
function State({ row: { state, answer, attempts } }: { row: DeliveryRow }) {
  const { t } = useTranslation('delivery')
  const shown = state === 'delivered' ? (answer ?? state) : state
  const word = shown === 'pending' && attempts > 0 ? 'again' : shown
  return <Badge tone={tones[shown]}>{t(`state.${word}`)}</Badge>
}

function What({ row: { about, apply, lift } }: { row: DeliveryRow }) {
  const { t } = useTranslation('delivery')
  const words = [
    ...apply.map((measure) => t(`apply.${measure as 'post.remove'}`)),
    ...lift.map((measure) => t(`lift.${measure as 'post.remove'}`)),
  ]
  return (
    <span className={css.what} title={words.join(', ')}>
      {words.length > 0 ? words.join(', ') : <span className="t3">{t('nothing')}</span>}
      {about === 'lapse' ? <span className="t3"> · {t('lapse')}</span> : null}
    </span>
  )
}

function Said({ row: { state, answer, answerText, lastError, nextAt, attempts } }: { row: DeliveryRow }) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  const error = state === 'failed' || state === 'pending' ? lastError : null
  const next = nextAt && attempts > 0 ? t('next.at', { time: format.date(nextAt, 'time') }) : null
  const said = [answerText ?? error, next].filter(Boolean).join(' · ')
  if (said) {
    return (
      <bdi className={css.said} title={said}>
        {said}
      </bdi>
    )
  }
  return state === 'delivered' && answer === null ? <span className="t3">{t('noAnswer')}</span> : null
}
