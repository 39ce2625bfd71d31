import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { type LadderStep, mayEnd } from '#shared/domain/strikes.ts'
import css from '../decision.module.css'
import type { AccountChoice } from '../decision-draft.ts'
import { type Choice, ChoiceMenu } from './ChoiceMenu.tsx'
import { keepFocus, OptionGroup, tintOf } from './OptionGroup.tsx'
import { accountOptions } from './option-keys.ts'
import { menuProps, type PartProps } from './panel-parts.ts'

/** Days after which a limit or a block may end by itself. */
const lengths = [1, 7, 30, 90]

type Props = PartProps & {
  /** What the account’s strikes lead to: marked, never chosen. */
  step: LadderStep | null
}

/** What happens to the account. Termination stands apart, behind the dots, with the time a measure lasts. */
export function AccountMeasures({ step, ...props }: Props) {
  const { draft, isSending, onChange } = props
  const { t } = useTranslation('review')
  const choose = (value: AccountChoice) => onChange({ type: 'account', value })
  const isTerminated = draft.account === 'terminate'
  const ends = draft.accountEnds
  const days = ends && 'days' in ends ? ends.days : null
  const choices: Choice[] = [{ value: 'terminate', label: t('decide.account.terminate') }]
  if (draft.account !== 'none' && mayEnd(draft.account)) {
    choices.push({ value: 'forever', label: t('decide.noEnd') })
    const offered = step?.days && !lengths.includes(step.days) ? [...lengths, step.days] : lengths
    choices.push(...offered.map((count) => ({ value: String(count), label: t('decide.forDays', { count }) })))
  }

  function pick(value: string) {
    if (value === 'terminate') choose('terminate')
    else onChange({ type: 'accountEnds', value: value === 'forever' ? null : { days: Number(value) } })
  }

  function nameOfMenu() {
    if (isTerminated) return t('decide.terminateChosen')
    return days === null ? t('decide.moreMeasures') : t('decide.endChosen', { count: days })
  }

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
          label: (
            <>
              <span className="cut">{t(`decide.account.${option.value}`)}</span>
              {option.value === step?.kind ? <span className={css.hint} /> : null}
            </>
          ),
        }))}
      />
      <ChoiceMenu
        title={t('decide.account')}
        choices={choices}
        chosen={isTerminated ? 'terminate' : days === null ? (ends ? null : 'forever') : String(days)}
        onChoose={pick}
        {...menuProps(props, 'account')}
      >
        <button
          type="button"
          className={`${css.option} ${isTerminated ? css.terminated : css.dots}`}
          style={tintOf('bad')}
          data-chosen={isTerminated || ends !== null || undefined}
          aria-label={nameOfMenu()}
          disabled={isSending}
          {...keepFocus}
        >
          {step?.kind === 'terminate' && !isTerminated ? <span className={css.hint} /> : null}
          {isTerminated ? (
            <>
              <KeyCap action="terminate" />
              <span className="cut">{t('decide.account.terminate')}</span>
            </>
          ) : null}
          <IconDots size={14} aria-hidden />
        </button>
      </ChoiceMenu>
    </div>
  )
}
