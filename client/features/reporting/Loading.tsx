import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Delayed } from '#client/ui/waiting.tsx'
import css from './reports.module.css'

/** The shape of the report while it is counted. */
export function Loading() {
  const { t } = useTranslation('ui')
  return (
    <Delayed>
      <div role="status" aria-label={t('state.loading')} className={css.body}>
        <div className={`panel ${css.keyFigures}`}>
          {[0, 1, 2, 3, 4].map((each) => (
            <span key={each} className={css.bone}>
              <Skeleton height={10} width="60%" />
              <Skeleton height={18} width="40%" />
              <Skeleton height={10} width="50%" />
            </span>
          ))}
        </div>
        <div className={css.grid}>
          <div className={`panel ${css.s7} ${css.boneChart}`}>
            <Skeleton height={172} />
          </div>
          <div className={`panel ${css.s5} ${css.boneChart}`}>
            <Skeleton height={172} />
          </div>
          {[0, 1, 2].map((each) => (
            <div key={each} className={`panel ${css.s4} ${css.boneChart}`}>
              {[80, 60, 70, 50].map((width) => (
                <Skeleton key={width} height={10} width={`${width}%`} my={10} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </Delayed>
  )
}
