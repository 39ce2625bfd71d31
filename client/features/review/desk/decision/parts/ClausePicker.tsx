import { useTranslation } from 'react-i18next'
import type { Policy } from '#shared/contract/policies.ts'
import { clausesOf } from '../clause-options.ts'
import css from '../decision.module.css'
import { noViolation } from '../decision-draft.ts'
import { MoreClauses } from './MoreClauses.tsx'
import { type Option, OptionGroup } from './OptionGroup.tsx'
import type { PartProps } from './panel-parts.ts'

type Props = Pick<PartProps, 'draft' | 'policies' | 'isSending' | 'onChange'> & {
  /** Those with a digit. */
  clauses: readonly Policy[]
  suspected: readonly string[]
}

/** Suspected clauses carry a dot; none is chosen beforehand. “No violation” is always the ninth digit. */
export function ClausePicker({ draft, policies, clauses, suspected, isSending, onChange }: Props) {
  const { t } = useTranslation('review')
  const choose = (value: string) => onChange({ type: 'clause', value })
  const chosen = draft.clause ? policies.get(draft.clause) : undefined
  const options: Option<string>[] = clauses.map((clause, index) => ({
    value: clause.id,
    title: clause.current.label,
    tone: 'accent',
    action: 'clause',
    index,
    label: (
      <>
        <b className="b num">{clause.code}</b>
        <span className="cut">{clause.shortName}</span>
        {suspected.includes(clause.id) ? (
          <span className={css.hint}>
            <span className="vh">{t('decide.suspected')}</span>
          </span>
        ) : null}
      </>
    ),
  }))
  const none: Option<string> = {
    value: noViolation,
    tone: 'ok',
    action: 'clause',
    index: 8,
    label: <span className="cut">{t('decide.noViolation')}</span>,
  }
  return (
    <div className={css.clauses}>
      <OptionGroup
        label={t('decide.clause')}
        className={css.contents}
        isDisabled={isSending}
        chosen={draft.clause}
        onChoose={choose}
        options={[...options, none]}
      />
      <MoreClauses
        clauses={clausesOf(policies)}
        chosen={chosen && !clauses.includes(chosen) ? chosen : null}
        onChoose={choose}
        isDisabled={isSending}
      />
    </div>
  )
}
