import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useViewers } from '#client/api/presence.ts'
import { queuesQuery } from '#client/api/reference-data.ts'
import { clockText, useSecondsLeft } from '#client/ui/clock.ts'
import { useBox } from '#client/ui/hanging.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { HeldReview } from '#shared/contract/turns.ts'
import { AssignBox } from './AssignBox.tsx'
import css from './leases.module.css'
import type { useActs } from './use-acts.ts'

type Props = {
  held: HeldReview
  acts: ReturnType<typeof useActs>
  /** The row that keys act on. */
  isAt: boolean
  onAt: () => void
  isMine: boolean
  mayAct: boolean
  /** Whose box is open, by review. */
  isAssigning: boolean
  onAssigning: (isOpen: boolean) => void
}

/** One review in one hand. */
export function HeldRow({ held, acts, isAt, onAt, isMine, mayAct, isAssigning, onAssigning }: Props) {
  const { t } = useTranslation('leases')
  const { reviewId, reference, queueId, holderId, takenAt, expiresAt } = held
  const { data: queues } = useQuery(queuesQuery)
  const isLooking = useViewers(reviewId).includes(holderId)
  const isBusy = acts.busyId === reviewId
  const { target, hang } = useBox({ isOpen: isAssigning, onOpen: onAssigning, width: 260, position: 'bottom-end' })
  return (
    <tr data-held={reviewId} data-at={isAt || undefined} tabIndex={isAt ? 0 : -1} onFocus={onAt} aria-label={reference}>
      <td>
        <Link to="/reviews/$reviewId" params={{ reviewId }} className="mono" tabIndex={-1}>
          {reference}
        </Link>
        {isLooking ? (
          <span className={`${css.looking} xs t3`} title={t('looking')}>
            <IconEye size={13} aria-hidden /> <span className="hideS">{t('looking')}</span>
          </span>
        ) : null}
      </td>
      <td className="t2">{queues?.items.find(({ id }) => id === queueId)?.name ?? queueId}</td>
      <td className="t2">
        <Ago at={takenAt} />
      </td>
      <td className="num">
        <DateTime at={expiresAt} form="time" /> <Left until={expiresAt} />
      </td>
      {mayAct ? (
        <td>
          <span className={css.acts}>
            {isMine ? null : (
              <Button
                loading={isBusy}
                tabIndex={-1}
                aria-label={t('takeOver.of', { reference })}
                onClick={() => acts.give({ held, to: 'me' })}
              >
                {t('takeOver')}
              </Button>
            )}
            <Button disabled={isBusy} tabIndex={-1} aria-label={t('assign.of', { reference })} {...target}>
              {t('assign')}
            </Button>
            {hang(
              <AssignBox
                holderId={holderId}
                onChoose={(person) => {
                  onAssigning(false)
                  acts.give({ held, to: person })
                }}
              />,
              t('assign.title', { reference }),
            )}
            <Button
              disabled={isBusy}
              tabIndex={-1}
              aria-label={t('giveBack.of', { reference })}
              onClick={() => acts.give({ held, to: null })}
            >
              {t('giveBack')}
            </Button>
          </span>
        </td>
      ) : null}
    </tr>
  )
}

/** What is left of it, told aloud to nobody. */
function Left({ until }: { until: string }) {
  const left = useSecondsLeft(until)
  return (
    <span className={left < 60 ? 'warn' : 't3'} role="timer" aria-live="off">
      {clockText(left)}
    </span>
  )
}
