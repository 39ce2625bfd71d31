import { useTranslation } from 'react-i18next'
import { useAskForReveals } from '#client/api/exposure.ts'
import { useFormat } from '#client/ui/format.ts'
import type { Exposure } from '#shared/contract/exposure.ts'
import css from './media.module.css'

/** In the place of the pill when all originals of the day are seen: says so, and offers to ask for more. */
export function BudgetNotice({ exposure }: { exposure: Exposure }) {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const ask = useAskForReveals()
  return (
    <div className={css.budget} role="status">
      <b>{t('budget.used', { count: exposure.budget ?? 0 })}</b>
      <span>{t('budget.why')}</span>
      {exposure.askedAt ? (
        <span>{t('budget.asked', { time: format.date(exposure.askedAt, 'time') })}</span>
      ) : (
        <button type="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
          {t('budget.ask')}
        </button>
      )}
      {ask.isError ? <span>{t('budget.askFailed')}</span> : null}
    </div>
  )
}
