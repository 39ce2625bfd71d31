import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { templatesQuery } from '#client/api/messages.ts'
import { useSession } from '#client/api/session.ts'
import { type MessageDraft, MessageFields } from '#client/ui/message/MessageFields.tsx'
import type { AppealDetail, AppealRuling } from '#shared/contract/appeals.ts'
import { appealUntil, defaultAppealDays } from '#shared/domain/appeals.ts'
import { factsOf, fittingTemplates } from '#shared/domain/messages.ts'
import css from '../appeals.module.css'
import type { HearDraft, Policies } from './hear-draft.ts'

type Props = {
  appeal: AppealDetail
  draft: HearDraft
  /** What is decided instead; null when the first decision stands. */
  ruling: AppealRuling | null
  policies: Policies
  onChange: (message: MessageDraft | null) => void
}

/** What is written to who appealed, in the language that they wrote in. */
export function AppealMessage({ appeal, draft, ruling, policies, onChange }: Props) {
  const { t } = useTranslation('messages')
  const { timeZone } = useSession().organisation
  const { data: templates } = useQuery(templatesQuery)
  const { clause, measures } = ruling ?? appeal.first.decision
  const policy = clause ? policies.get(clause.id) : undefined
  const of = { occasion: draft.outcome!, policyId: clause?.id ?? null, measures }
  const fitting = templates ? fittingTemplates(templates, of) : []
  if (fitting.length === 0) return null
  const { handle, platform } = appeal.account
  const told = {
    account: handle,
    platform,
    reference: appeal.review.reference,
    clause: policy ? { code: policy.code, label: policy.current.label } : null,
    measures,
    appealUntil: appealUntil(new Date(), policy?.current.appealDays ?? defaultAppealDays),
  }
  return (
    <fieldset className={css.message}>
      <legend className="sm b">{t('desk.title')}</legend>
      <MessageFields
        templates={fitting}
        draft={draft.message}
        language={appeal.language}
        factsIn={(language) => factsOf(told, language, timeZone)}
        onChange={onChange}
      />
    </fieldset>
  )
}
