import { Combobox, useCombobox } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Policy } from '#shared/contract/policies.ts'
import css from '../decision.module.css'
import { inMain } from './in-main.ts'
import { keepFocus, tintOf } from './OptionGroup.tsx'

type Props = {
  clauses: readonly Policy[]
  /** The chosen clause when no digit stands for it. */
  chosen: Policy | null
  onChoose: (policyId: string) => void
  isDisabled: boolean
}

/** Every clause, found by code or name. */
export function MoreClauses({ clauses, chosen, onChoose, isDisabled }: Props) {
  const { t } = useTranslation('review')
  const [search, setSearch] = useState('')
  const before = useRef<Element | null>(null)
  const combobox = useCombobox({
    onDropdownOpen: () => {
      before.current = document.activeElement
      combobox.focusSearchInput()
    },
    onDropdownClose: () => {
      setSearch('')
      combobox.resetSelectedOption()
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    },
  })
  useKeys({ moreClauses: () => !isDisabled && combobox.openDropdown() })

  const found = clauses.filter((clause) => matches(clause, search))
  const sections = Map.groupBy(found, (clause) => clause.section.name)
  return (
    <Combobox
      store={combobox}
      position="top-end"
      width={300}
      portalProps={inMain()}
      onOptionSubmit={(value) => {
        onChoose(value)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button" withKeyboardNavigation={false}>
        <button
          type="button"
          className={css.option}
          style={tintOf('accent')}
          data-chosen={chosen !== null || undefined}
          disabled={isDisabled}
          onClick={() => combobox.toggleDropdown()}
          {...keepFocus}
        >
          <KeyCap action="moreClauses" />
          {chosen ? <b className="b num">{chosen.code}</b> : null}
          <span className="cut grow">
            {chosen ? (
              <>
                {chosen.shortName}
                <span className="vh">{t('decide.moreChosen')}</span>
              </>
            ) : (
              t('decide.more')
            )}
          </span>
          <IconChevronDown size={12} className="t3" aria-hidden />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          role="combobox"
          aria-expanded
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder={t('decide.searchClauses')}
          aria-label={t('decide.searchClauses')}
        />
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={t('decide.clause')}>
          {found.length === 0 ? <Combobox.Empty>{t('decide.noClause')}</Combobox.Empty> : null}
          {[...sections].map(([section, inSection]) => (
            <Combobox.Group key={section} label={section}>
              {inSection.map((clause) => (
                <Combobox.Option key={clause.id} value={clause.id} active={clause.id === chosen?.id}>
                  <b className="b num">{clause.code}</b> {clause.current.label}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function matches({ code, shortName, current }: Policy, search: string) {
  const wanted = search.trim().toLowerCase()
  return `${code} ${shortName} ${current.label} ${current.description}`.toLowerCase().includes(wanted)
}
