import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'

type Rule = NonNullable<NonNullable<ReviewDetail['placement']>['rule']>

/** Why a review is in its queue, in words: the rule and the version that placed it. A rule without a name is told by what it asks. */
export function usePlacement() {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: policies } = useQuery(policiesQuery)
  const askedBy = ({ when }: Rule) =>
    [
      ...when.clauses.map((token) =>
        token === 'unsorted' ? t('policy.unsorted') : (policies?.get(token)?.shortName ?? token),
      ),
      ...when.sources.map((kind) => ui(`source.${kind}`)),
      ...when.languages.map(format.language),
      ...when.platforms,
      ...when.accountStatuses.map((status) => ui(`status.${status}`)),
    ].join(', ')
  return (placement: ReviewDetail['placement']): string => {
    if (!placement) return t('placed.hand')
    const { rule, rulesVersion: version } = placement
    if (!rule) return t('placed.last', { version })
    return t('placed.rule', { rule: rule.name || askedBy(rule) || t('placed.unnamed'), version })
  }
}
