import { TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '#client/ui/Kbd.tsx'
import css from './turns.module.css'

export type TurnChoice = {
  value: string
  label: string
  /** A face before the label. */
  lead?: ReactNode
  /** A word after it. */
  hint?: string | undefined
}

/** Digits the board has; more than that is searched rather than read. */
const digits = 9

type Props = {
  name: string
  choices: readonly TurnChoice[]
  chosen: string | null
  /** Whether the digits choose here now. */
  hasDigits: boolean
  /** By click or digit: the choice is made. */
  onPick: (value: string) => void
  /** By arrow: the hand may go on. */
  onMove: (value: string) => void
}

/** One of several, each with its digit; many are found by typing. */
export function ChoiceRows({ name, choices, chosen, hasDigits, onPick, onMove }: Props) {
  const { t } = useTranslation('turns')
  const group = useId()
  const rows = useRef<HTMLDivElement>(null)
  const [find, setFind] = useState('')
  const byPointer = useRef(false)
  const shown = choices.filter(({ label }) => label.toLowerCase().includes(find.trim().toLowerCase()))

  /** From the search the arrow leads into what was found, and Enter takes the first. */
  function onKeyDown(event: KeyboardEvent) {
    const first = shown[0]
    if (!first || (event.key !== 'ArrowDown' && !(event.key === 'Enter' && find.trim()))) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') return onPick(first.value)
    rows.current?.querySelector('input')?.focus()
    return undefined
  }
  return (
    <fieldset className={css.group}>
      <legend className="sm b">{name}</legend>
      {choices.length > digits ? (
        <TextInput
          aria-label={t('find')}
          placeholder={t('find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      ) : null}
      <div className={css.rows} ref={rows} onPointerDown={() => (byPointer.current = true)}>
        {shown.map(({ value, label, lead, hint }, index) => (
          <label key={value} className={css.row} data-chosen={value === chosen || undefined}>
            <input
              type="radio"
              className="vh"
              name={group}
              value={value}
              checked={value === chosen}
              aria-label={hint ? `${label}, ${hint}` : label}
              onChange={() => (byPointer.current ? onPick(value) : onMove(value))}
              onClick={() => (byPointer.current = false)}
            />
            {lead}
            <span className="cut">{label}</span>
            {hint ? <span className={`${css.hint} xs t3`}>{hint}</span> : null}
            {hasDigits && index < digits ? (
              <span className={css.digit} aria-hidden>
                <Kbd>{index + 1}</Kbd>
              </span>
            ) : null}
          </label>
        ))}
        {shown.length === 0 ? <p className="sm t3">{t('find.none')}</p> : null}
      </div>
    </fieldset>
  )
}
