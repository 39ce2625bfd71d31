import { useTranslation } from 'react-i18next'
import type { ReviewDetail } from '#shared/contract/reviews.ts'

/** Why a review is in its queue, in words: the rule and the version that placed it; null where nobody keeps it. */
export function usePlacement() {
  const { t } = useTranslation('queue')
  return (placement: ReviewDetail['placement']): string => {
    if (!placement) return t('placed.hand')
    const { rule, rulesVersion: version } = placement
    if (!rule) return t('placed.last', { version })
    return t('placed.rule', { rule: rule.name || t('placed.unnamed'), version })
  }
}
