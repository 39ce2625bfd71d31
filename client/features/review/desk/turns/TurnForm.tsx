import { Button, CloseButton, Textarea } from '@mantine/core'
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { ChoiceRows, type TurnChoice } from './ChoiceRows.tsx'
import css from './turns.module.css'

export type Group = {
  name: string
  choices: readonly TurnChoice[]
  chosen: string | null
  onChoose: (value: string) => void
  /** Stands below the choices, such as the field of a time of one's own. */
  below?: ReactNode
}

type Props = {
  title: string
  /** What is so and need not be asked. */
  about?: readonly string[] | undefined
  groups?: readonly Group[]
  text?: { label: string; rows?: number; value: string; onChange: (text: string) => void } | undefined
  send: string
  isSending: boolean
  /** What is missing, or why it was refused. */
  problem: string | null
  onSend: () => void
  onClose: () => void
}

/**
 * One act beside deciding, asked for in place. Digits choose from the group in hand and lead on to the next one, Enter
 * sends, Escape closes; what was typed stays with the act. It has the keyboard to itself while it is open.
 */
export function TurnForm({ title, about, groups = [], text, send, isSending, problem, onSend, onClose }: Props) {
  const { t } = useTranslation('turns')
  const form = useRef<HTMLFormElement>(null)
  const [atGroup, setAtGroup] = useState(() => firstOpen(groups))
  const start = useEffectEvent(() => {
    if (!focusOn(form.current, groups.length > 0 ? `group-${firstOpen(groups)}` : 'text'))
      form.current?.querySelector<HTMLElement>('[type=submit]')?.focus({ preventScroll: true })
  })

  useLayoutEffect(() => {
    const [own, before] = [form.current, document.activeElement]
    start()
    return () => {
      // The focus goes back to where it was, unless it went on by itself.
      const { activeElement } = document
      const isOurs = activeElement === null || activeElement === document.body || own?.contains(activeElement)
      if (isOurs && before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  function choose(group: Group, at: number, value: string) {
    group.onChoose(value)
    const next = groups.findIndex((each, index) => index > at && each.chosen === null)
    if (next >= 0) {
      setAtGroup(next)
      return focusOn(form.current, `group-${next}`)
    }
    // Whoever has chosen everything writes, or sends.
    setTimeout(() => focusOn(form.current, 'below') || focusOn(form.current, 'text'))
    return undefined
  }
  useKeys(
    {
      menuChoice: (_event, index) => {
        const group = groups[atGroup]
        const choice = group?.choices[index]
        if (group && choice) choose(group, atGroup, choice.value)
      },
      close: onClose,
      enter: onSend,
    },
    { isExclusive: true },
  )
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      event.preventDefault()
      return onClose()
    }
    if (event.key !== 'Enter' || event.shiftKey || event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    onSend()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    onSend()
  }
  return (
    <form
      ref={form}
      className={css.form}
      aria-label={title}
      noValidate
      onSubmit={submit}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) onClose()
      }}
    >
      <div className="row">
        <h2 className={css.title}>{title}</h2>
        <CloseButton className="push" size="sm" aria-label={t('cancel')} title={t('cancel')} onClick={onClose} />
      </div>
      {about?.map((each) => (
        <p key={each} className="sm t2">
          <bdi dir="auto">{each}</bdi>
        </p>
      ))}
      {groups.map((group, at) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus is
        <div key={group.name} data-part={`group-${at}`} onFocus={() => setAtGroup(at)}>
          <ChoiceRows
            name={group.name}
            choices={group.choices}
            chosen={group.chosen}
            hasDigits={at === atGroup}
            onPick={(value) => choose(group, at, value)}
            onMove={group.onChoose}
          />
          {group.below ? <div data-part="below">{group.below}</div> : null}
        </div>
      ))}
      {text ? (
        <div data-part="text">
          <Textarea
            label={text.label}
            rows={text.rows ?? 3}
            maxLength={1_000}
            value={text.value}
            onChange={(event) => text.onChange(event.currentTarget.value)}
          />
        </div>
      ) : null}
      {problem ? (
        <p className="sm bad" role="alert">
          {problem}
        </p>
      ) : null}
      <div className="row6">
        <Button
          type="submit"
          className="grow"
          variant="filled"
          h={34}
          loading={isSending}
          rightSection={<KeyCap action="enter" />}
        >
          {send}
        </Button>
        <Button h={34} onClick={onClose} rightSection={<KeyCap action="close" />}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** The first group in which nothing is chosen, or else the last. */
function firstOpen(groups: readonly Group[]) {
  const open = groups.findIndex(({ chosen }) => chosen === null)
  return open < 0 ? groups.length - 1 : open
}

/** Puts the focus into a part of the form: on what is chosen there, or on the first field. */
function focusOn(form: HTMLElement | null, part: string): boolean {
  const place = form?.querySelector(`[data-part="${part}"]`)
  const field =
    place?.querySelector<HTMLElement>('input:checked') ?? place?.querySelector<HTMLElement>('input, textarea')
  field?.focus({ preventScroll: true })
  return field !== undefined && field !== null
}
