import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import css from '../decision.module.css'
import type { AccountChoice } from '../decision-draft.ts'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { keepFocus, OptionGroup, tintOf } from './OptionGroup.tsx'
import { accountOptions } from './option-keys.ts'
import { menuProps, type PartProps } from './panel-parts.ts'

/** What happens to the account. Termination stands apart, behind the dots. */
export function AccountMeasures(props: PartProps) {
  const { draft, isSending, onChange } = props
  const { t } = useTranslation('review')
  const choose = (value: AccountChoice) => onChange({ type: 'account', value })
  const isTerminated = draft.account === 'terminate'
  return (
    <div className={css.line} data-menu>
      <span aria-hidden>{t('decide.account')}</span>
      <OptionGroup
        label={t('decide.account')}
        className={css.contents}
        isDisabled={isSending}
        chosen={isTerminated ? null : draft.account}
        onChoose={choose}
        options={accountOptions.map((option) => ({
          ...option,
          label: <span className="cut">{t(`decide.account.${option.value}`)}</span>,
        }))}
      />
      <ChoiceMenu
        title={t('decide.account')}
        choices={[{ value: 'terminate', label: t('decide.account.terminate') }]}
        chosen={draft.account}
        onChoose={() => choose('terminate')}
        {...menuProps(props, 'account')}
      >
        <button
          type="button"
          className={`${css.option} ${css.dots}`}
          style={tintOf('bad')}
          data-chosen={isTerminated || undefined}
          aria-label={t(isTerminated ? 'decide.terminateChosen' : 'decide.moreMeasures')}
          disabled={isSending}
          {...keepFocus}
        >
          <IconDots size={14} aria-hidden />
        </button>
      </ChoiceMenu>
    </div>
  )
}
