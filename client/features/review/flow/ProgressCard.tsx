import { useTranslation } from 'react-i18next'
import { useClock } from '#client/ui/clock.ts'
import { useFormat } from '#client/ui/format.ts'
import { type Fate, useProgress } from './progress.ts'

const fates = ['kept', 'labelled', 'restricted', 'removed', 'noted'] as const satisfies Fate[]

function useCounts() {
  const decided = useProgress((state) => state.decided)
  const all = Object.values(decided)
  return { total: all.length, of: (fate: Fate) => all.filter((each) => each === fate).length }
}

/** “14 decided: kept 3, removed 11”. */
export function useProgressWords() {
  const { t } = useTranslation('flow')
  const { total, of } = useCounts()
  if (total === 0) return t('progress.none')
  const parts = fates.filter((fate) => of(fate) > 0).map((fate) => `${t(`progress.${fate}`)} ${of(fate)}`)
  const list = new Intl.ListFormat(document.documentElement.lang || 'en', { type: 'unit' })
  return `${t('progress.decided', { count: total })}: ${list.format(parts)}.`
}

/** What this person did since they began, and how long one took. No target, no comparison. */
export function ProgressCard() {
  const { t } = useTranslation('flow')
  const format = useFormat()
  const { total, of } = useCounts()
  const beganAt = useProgress((state) => state.beganAt)
  const span = useClock((now) => (beganAt && total > 1 ? format.span((now - beganAt) / total) : ''))
  return (
    <div className="col" style={{ gap: 6 }}>
      <b className="b">{t('progress.title')}</b>
      <span className="sm">{total === 0 ? t('progress.none') : t('progress.decided', { count: total })}</span>
      {fates
        .filter((fate) => of(fate) > 0)
        .map((fate) => (
          <span key={fate} className="row sm t2">
            {t(`progress.${fate}`)} <span className="push num">{of(fate)}</span>
          </span>
        ))}
      {span ? <span className="sm t2">{t('progress.pace', { span })}</span> : null}
      <span className="xs t3">{t('progress.own')}</span>
    </div>
  )
}
