import { useTranslation } from 'react-i18next'
import { useBox } from '#client/ui/hanging.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AccountStanding } from '#shared/contract/reviews.ts'
import { TextButton } from '../TextButton.tsx'
import { causeInWords } from './cause.ts'
import css from './standing.module.css'

/** Every change of status with its time, cause and source, newest first. */
export function StatusHistory({ account }: { account: AccountStanding }) {
  const { t } = useTranslation('review')
  const { target, hang } = useBox({ width: 320, position: 'bottom-end' })
  return (
    <>
      <TextButton className="push" {...target}>
        {t('account.history', { count: account.history.length })}
      </TextButton>
      {hang(
        <ol className={css.history}>
          {account.history.toReversed().map((change) => (
            <li key={change.since + change.status}>
              <StatusBadge status={change.status} bare />
              <span className="col">
                <span>
                  <DateTime at={change.since} />
                </span>
                <span className="t3" dir="auto">
                  {[causeInWords(change.cause, t), change.source].filter(Boolean).join(' · ')}
                </span>
              </span>
            </li>
          ))}
        </ol>,
        t('account.historyTitle'),
      )}
    </>
  )
}
