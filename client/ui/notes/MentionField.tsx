import { Textarea } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { labelFor, type Pick } from '#shared/domain/mentions.ts'
import { Face } from '../Face.tsx'
import css from './notes.module.css'

export type Mentionable = { id: string; name: string }

type Props = {
  label: string
  placeholder: string
  value: string
  picks: readonly Pick[]
  onChange: (value: string, picks: readonly Pick[]) => void
  /** Who may be mentioned; undefined while that is not known. */
  people: readonly Mentionable[] | undefined
  /** Somebody is about to be mentioned. */
  onAsk: () => void
  onSave: () => void
  onFocus?: () => void
  ref?: Ref<HTMLTextAreaElement>
  rows?: number
  hint?: ReactNode
}

const mostShown = 6

/** A name that is being typed, up to the cursor: `@mar`, `@marta ko`. */
const typing = /(?:^|[\s([{«“"'])@([\p{L}\p{N}.’'-]*(?: [\p{L}\p{N}.’'-]+)?)$/u

/** A field for a note. After `@` it offers people by name: arrows move, Enter or Tab takes one, Escape goes on without. */
export function MentionField({ value, picks, people, onChange, onAsk, onSave, ref, rows = 1, ...look }: Props) {
  const { t } = useTranslation('notes')
  const id = useId()
  const field = useRef<HTMLTextAreaElement | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const found = asked === null || !people ? [] : findPeople(people, asked)
  const lit = found[Math.min(at, found.length - 1)]

  function lookFor(element: HTMLTextAreaElement) {
    const query = typing.exec(element.value.slice(0, element.selectionEnd))?.[1] ?? null
    if (query !== null && asked === null) onAsk()
    setAsked(query)
    setAt(0)
  }
  function take(person: Mentionable) {
    const element = field.current
    if (!element) return
    const end = element.selectionEnd
    const start = element.value.lastIndexOf('@', end - 1)
    const label = labelFor(person, picks)
    const rest = value.slice(end)
    const before = `${value.slice(0, start)}@${label}${/^[\s.,;:!?)]/.test(rest) ? '' : ' '}`
    const kept = picks.filter((pick) => pick.id !== person.id)
    flushSync(() => {
      onChange(before + rest, [...kept, { id: person.id, label }])
      setAsked(null)
    })
    element.focus()
    element.setSelectionRange(before.length, before.length)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (isSave(event)) {
      event.preventDefault()
      return onSave()
    }
    if (asked === null || found.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setAt((Math.min(at, found.length - 1) + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && lit) take(lit)
    else if (event.key === 'Escape') setAsked(null)
    else return
    event.preventDefault()
  }
  const isOpen = asked !== null && people !== undefined
  return (
    <div className={css.field}>
      <Textarea
        ref={(element) => {
          field.current = element
          if (typeof ref === 'function') ref(element)
          else if (ref) ref.current = element
        }}
        rows={rows}
        maxLength={10_000}
        aria-label={look.label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen && found.length > 0 ? id : undefined}
        aria-activedescendant={isOpen && lit ? `${id}-${lit.id}` : undefined}
        placeholder={look.placeholder}
        rightSection={look.hint}
        rightSectionPointerEvents="none"
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value, picks)
          lookFor(event.currentTarget)
        }}
        onFocus={look.onFocus}
        onBlur={() => setAsked(null)}
        onKeyDown={onKeyDown}
      />
      {isOpen && found.length > 0 ? (
        <div className={css.people} role="listbox" id={id} aria-label={t('mention')}>
          {found.map((person) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as in any list of suggestions
            <div
              key={person.id}
              id={`${id}-${person.id}`}
              role="option"
              aria-selected={person === lit}
              tabIndex={-1}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(person)}
            >
              <Face id={person.id} name={person.name} size={18} isPlain />
              <bdi className="cut">{person.name}</bdi>
            </div>
          ))}
        </div>
      ) : null}
      <span className="vh" role="status">
        {isOpen ? t('found', { count: found.length }) : null}
      </span>
      {isOpen && found.length === 0 && asked.length > 1 ? <p className="xs t3">{t('nobody')}</p> : null}
    </div>
  )
}

function isSave({ code, ctrlKey, metaKey }: KeyboardEvent) {
  return (code === 'Enter' || code === 'NumpadEnter') && (ctrlKey || metaKey)
}

/** Those one of whose names begins so, in any case. */
function findPeople(people: readonly Mentionable[], asked: string): Mentionable[] {
  const query = asked.toLowerCase()
  return people
    .filter(({ name }) => {
      const whole = name.toLowerCase()
      return whole.startsWith(query) || whole.split(/[\s-]+/).some((part) => part.startsWith(query))
    })
    .slice(0, mostShown)
}
