import { useTranslation } from 'react-i18next'
import type { ExemptionTest } from '#shared/domain/exemption-test.ts'
import type { LadderStep, StrikeRecord } from '#shared/domain/strikes.ts'

/** The answers of an exemption test, and what a strike ladder says, in words. */
export function useJudging() {
  const { t } = useTranslation('judging')

  function step({ kind, days }: Pick<LadderStep, 'kind' | 'days'>) {
    return days === null ? t(`step.${kind}`) : t('step.for', { step: t(`step.${kind}`), count: days })
  }
  return {
    step,
    test: ({ publisher, purpose, endorsed }: ExemptionTest) =>
      [
        t(`test.short.publisher.${publisher}`),
        t(`test.purpose.${purpose}`).toLowerCase(),
        t(`test.short.endorsed.${endorsed}`),
      ].join(', '),
    /** “2 + 2 for 2.2 = 4: limit for 7 days”. */
    strikes: ({ before, added, step: reached }: StrikeRecord, clause: string) => {
      const sum = t('ladder.sum', { before, added, clause, total: before + added })
      return reached ? `${sum}: ${step(reached)}` : sum
    },
  }
}
