import { IconChevronDown, IconListCheck, IconListDetails } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyAction } from '#client/keys.ts'
import { useJudging } from '#client/ui/judging.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { exemptionsOf } from '../clause-options.ts'
import css from '../decision.module.css'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { ExemptionTestForm } from './ExemptionTestForm.tsx'
import { keepFocus } from './OptionGroup.tsx'
import { menuProps, type PartProps } from './panel-parts.ts'
import { useTerritories } from './territories.ts'

type Props = PartProps & {
  /** The exemptions that the clause knows; null is every one. */
  allowed: readonly string[] | null
  /** Its questions are answered: on to the exemptions, unless they were weighed. */
  onTested: () => void
}

/** Whether something speaks for keeping the post, and where the decision holds. */
export function Weighing({ allowed, onTested, ...props }: Props) {
  const { draft, policies, isSending, onChange } = props
  const { t } = useTranslation('review')
  const territories = useTerritories()
  const chosen = draft.exemption ?? (draft.purposeWeighed ? '' : null)
  const shown = draft.exemption
    ? (policies.get(draft.exemption)?.shortName ?? draft.exemption)
    : t(draft.purposeWeighed ? 'decide.noExemption' : 'decide.exemptionOpen')
  return (
    <div className={css.pair}>
      <ChoiceMenu
        title={t('decide.exemption')}
        choices={[
          { value: '', label: t('decide.noExemption') },
          ...exemptionsOf(policies, allowed).map((one) => ({
            value: one.id,
            label: one.shortName,
            hint: one.current.description,
          })),
        ]}
        chosen={chosen}
        onChoose={(value) => onChange({ type: 'exemption', value: value || null })}
        {...menuProps(props, 'exemption')}
      >
        <Drop action="exemption" label={t('decide.exemption')} shown={shown} isDisabled={isSending} />
      </ChoiceMenu>
      <ChoiceMenu
        title={t('decide.territory')}
        choices={territories.choices}
        chosen={territories.valueOf(draft.territory)}
        onChoose={(value) => onChange({ type: 'territory', value: territories.codesOf(value) })}
        {...menuProps(props, 'territory')}
      >
        <Drop
          action="territory"
          label={t('decide.territory')}
          shown={territories.nameOf(draft.territory)}
          isDisabled={isSending}
        />
      </ChoiceMenu>
      {draft.exemptionTest || props.open === 'test' ? <TestLine {...props} onTested={onTested} /> : null}
    </div>
  )
}

/** What was answered, and the way to answer it. */
function TestLine({ draft, isSending, open, onOpen, onChange, onTested }: PartProps & Pick<Props, 'onTested'>) {
  const { t } = useTranslation('judging')
  const judging = useJudging()
  const test = draft.exemptionTest
  const answers = test ? judging.test(test) : ''
  return (
    <>
      <button
        type="button"
        className={css.test}
        data-open={!test || undefined}
        aria-label={test ? t('test.change', { answers }) : t('test.open')}
        disabled={isSending}
        onClick={() => onOpen('test')}
        {...keepFocus}
      >
        {test ? <IconListCheck size={13} aria-hidden /> : <IconListDetails size={13} aria-hidden />}
        <span className="cut">{test ? answers : t('test.open')}</span>
      </button>
      {open === 'test' ? (
        <ExemptionTestForm
          test={test ?? null}
          onAnswer={(value) => {
            onChange({ type: 'exemptionTest', value })
            onTested()
          }}
          onClose={() => onOpen(null)}
        />
      ) : null}
    </>
  )
}

type DropProps = { action: KeyAction; label: string; shown: string; isDisabled: boolean } & ComponentProps<'button'>

/** Opens a menu and shows what it stands at. Takes what Menu.Target gives its child. */
function Drop({ action, label, shown, isDisabled, className = '', ...fromMenu }: DropProps) {
  return (
    <button type="button" className={`${css.drop} ${className}`} disabled={isDisabled} {...keepFocus} {...fromMenu}>
      <KeyCap action={action} />
      <span className="cut grow">
        <span className="vh">{label}: </span>
        <bdi>{shown}</bdi>
      </span>
      <IconChevronDown size={12} className="t3" aria-hidden />
    </button>
  )
}
