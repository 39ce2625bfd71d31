import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import css from '../decision.module.css'
import type { PostChoice, Restriction } from '../decision-draft.ts'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { keepFocus, OptionGroup } from './OptionGroup.tsx'
import { postOptions, restrictions } from './option-keys.ts'
import { menuProps, type PartProps } from './panel-parts.ts'

/** What happens to the post. Restricting asks how, and the option then says it. */
export function PostMeasures(props: PartProps) {
  const { draft, isSending, onChange, onOpen } = props
  const { t } = useTranslation('review')
  const wordOf = (value: PostChoice) =>
    value === 'restrict' && draft.restriction ? t(`restriction.${draft.restriction}`) : t(`decide.post.${value}`)

  function choose(value: PostChoice) {
    onChange({ type: 'post', value })
    if (value === 'restrict') onOpen('restriction')
  }

  return (
    <div className={css.line}>
      <span aria-hidden>{t('decide.post')}</span>
      <OptionGroup
        label={t('decide.post')}
        className={css.contents}
        isDisabled={isSending}
        chosen={draft.post}
        onChoose={choose}
        options={postOptions.map((option) => ({
          ...option,
          label: <span className="cut">{wordOf(option.value)}</span>,
          ...(option.value === 'restrict' && draft.post === 'restrict' && { beside: <RestrictionMenu {...props} /> }),
        }))}
      />
    </div>
  )
}

function RestrictionMenu(props: PartProps) {
  const { t } = useTranslation('review')
  return (
    <ChoiceMenu
      title={t('decide.restrictHow')}
      choices={restrictions.map((value) => ({ value, label: t(`restriction.${value}`) }))}
      chosen={props.draft.restriction}
      onChoose={(value) => props.onChange({ type: 'restriction', value: value as Restriction })}
      {...menuProps(props, 'restriction')}
    >
      <button
        type="button"
        className={css.how}
        aria-label={t('decide.restrictHow')}
        disabled={props.isSending}
        {...keepFocus}
      >
        <IconChevronDown size={12} aria-hidden />
      </button>
    </ChoiceMenu>
  )
}
