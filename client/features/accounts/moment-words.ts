import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import type { AccountMoment } from '#shared/contract/accounts.ts'

/** What happened, in a few words; `isShort` leaves out what a mark on a line has no room for. */
export function useMomentWords() {
  const { t } = useTranslation('accounts')
  const { t: ui } = useTranslation('ui')
  const { data: policies } = useQuery(policiesQuery)
  return (moment: AccountMoment, isShort = false): string => {
    if (moment.kind === 'opened') return t('moment.opened')
    if (moment.kind === 'status') {
      const word = t(`moment.status.${moment.status}`)
      return moment.cause && !isShort ? `${word}: ${moment.cause}` : word
    }
    if (moment.kind === 'flags') {
      const clause = moment.policy ? policies?.get(moment.policy)?.code : null
      return [t('moment.flags', { count: moment.count }), clause].filter(Boolean).join(', ')
    }
    if (moment.kind === 'post') {
      return moment.captionExcerpt && !isShort ? `${t('moment.post')}: ${moment.captionExcerpt}` : t('moment.post')
    }
    if (moment.kind === 'appeal') {
      const word = t(`moment.appeal.${moment.outcome ?? 'filed'}`)
      return isShort ? word : `${word}, ${moment.reference}`
    }
    const { outcome, postMeasure, accountMeasure, clause } = moment
    const shown = outcome === 'no_violation' ? 'keep' : outcome === 'exempt' ? 'exempt' : (postMeasure ?? 'violation')
    const code = clause ? (policies?.get(clause.id)?.code ?? clause.id) : null
    const onAccount = accountMeasure && !isShort ? ui(`measure.${accountMeasure}`) : null
    return [ui(`outcome.${shown}`), code, onAccount].filter(Boolean).join(', ')
  }
}
