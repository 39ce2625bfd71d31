import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Delayed } from '#client/ui/waiting.tsx'
import css from './desk.module.css'

const lines = [88, 94, 61, 40, 82, 74, 90, 55]

/** The shape of the desk while its one request is under way. */
export function DeskSkeleton() {
  const { t } = useTranslation('ui')
  const block = (from: number, count: number) =>
    lines.slice(from, from + count).map((width) => <Skeleton key={width} h={9} w={`${width}%`} />)
  return (
    <Delayed>
      <div className={css.desk} data-media role="status" aria-label={t('state.loading')}>
        <div className={css.bar}>
          <Skeleton h={11} w={180} />
        </div>
        <div className={css.stageWait} />
        <div className={`${css.text} ${css.wait}`}>{block(0, 8)}</div>
        <div className={`${css.aside} ${css.wait}`}>{block(1, 6)}</div>
      </div>
    </Delayed>
  )
}
