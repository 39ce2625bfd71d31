import { IconArrowUp, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { tryLiveAgain, useOffline } from '#client/api/live.ts'
import { useFormat } from '#client/ui/format.ts'
import css from './LiveNotes.module.css'

type Props = { count: number; hasMore: boolean; isLoading: boolean; onLoad: () => void }

/** How many came since the list was loaded. Lies over the list, so that nothing moves as it appears. */
export function NewOnes({ count, hasMore, isLoading, onLoad }: Props) {
  const { t } = useTranslation('queue')
  return (
    <div className={css.new} role="status">
      {count > 0 ? (
        <button type="button" disabled={isLoading} onClick={onLoad}>
          <IconArrowUp size={13} aria-hidden />
          {hasMore ? t('live.newMore', { count }) : t('live.new', { count })}
        </button>
      ) : null}
    </div>
  )
}

/** Says when the list has stopped to follow what happens. */
export function OfflineNote() {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const since = useOffline()
  return (
    <div role="status">
      {since ? (
        <p className={css.off}>
          <IconPlugConnectedX size={14} aria-hidden />
          <span>{t('live.off', { time: format.date(since, 'time') })}</span>
          <button type="button" onClick={tryLiveAgain}>
            {t('live.again')}
          </button>
        </p>
      ) : null}
    </div>
  )
}
