import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from './ChoiceList.tsx'
import css from './filter-fields.module.css'

type Props = {
  /** What is looked for: “Filter by”. */
  name: string
  placeholder: string
  /** What fits the text; with an empty text, what is offered to begin with. */
  find: (text: string) => readonly Choice[]
  onChoose: (value: string) => void
}

/** One thing of many, found by typing: arrows move, Enter takes the one that is lit. */
export function FindList({ name, placeholder, find, onChoose }: Props) {
  const { t } = useTranslation('ui')
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const options = find(text.trim())
  const lit = options[Math.min(at, options.length - 1)]

  function move(by: 1 | -1) {
    const next = (at + by + options.length) % options.length
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  /** The field lets go first: the stroke after this one is not meant for it any more. */
  function choose(field: Element, value: string) {
    if (field instanceof HTMLElement) field.blur()
    onChoose(value)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (options.length === 0 || event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Enter' && lit) choose(event.currentTarget, lit.value)
    else return
    event.preventDefault()
  }
  return (
    <div className={css.find}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={name}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={lit ? `${id}-${lit.value}` : undefined}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.options} role="listbox" id={id} aria-label={name} ref={list}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as in any combobox
          <div
            key={option.value}
            id={`${id}-${option.value}`}
            role="option"
            aria-selected={option === lit}
            tabIndex={-1}
            className={css.option}
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(option.value)}
          >
            <span className="cut">{option.label}</span>
          </div>
        ))}
      </div>
      {options.length === 0 ? <p className="sm t3 rule">{t('choice.nothing')}</p> : null}
    </div>
  )
}
