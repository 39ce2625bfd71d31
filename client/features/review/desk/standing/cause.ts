import type { TFunction } from 'i18next'

/** Why a status changed, in words: a decision made here is told by the reference of its review, the rest as its source told it. */
export function causeInWords(cause: string | null, t: TFunction<'review'>) {
  return cause && /^DKT-\d+$/.test(cause) ? t('account.byDecision', { reference: cause }) : cause
}
