import { useDirection } from '@mantine/core'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef } from 'react'
import type { KeyAction } from '#client/keys.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import type { Tone } from '#client/ui/tone.ts'
import css from '../decision.module.css'

export type Option<Value extends string> = {
  value: Value
  label: ReactNode
  /** Spoken in place of the label, where the label is short or a picture. */
  name?: string
  title?: string
  tone: Tone
  action: KeyAction
  /** Which of the action's keys: 0 for `1`. */
  index?: number
  /** Stands beside the option, and belongs to it: a menu of its kinds. */
  beside?: ReactNode
}

type Props<Value extends string> = {
  label: string
  options: readonly Option<Value>[]
  chosen: Value | null
  onChoose: (value: Value) => void
  isDisabled?: boolean
  className?: string | undefined
}

const steps: Record<string, 1 | -1> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** A click never takes the focus away from the post, so that Enter keeps meaning “submit”. */
export const keepFocus = { onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault() }

/** One choice of several. Tab reaches the group, arrows move in it; letters and digits choose from anywhere. */
export function OptionGroup<Value extends string>({
  label,
  options,
  chosen,
  onChoose,
  isDisabled = false,
  className,
}: Props<Value>) {
  const group = useRef<HTMLDivElement>(null)
  const isRtl = useDirection().dir === 'rtl'
  const chosenAt = options.findIndex(({ value }) => value === chosen)

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key]
    const at = options.findIndex(({ value }) => (event.target as HTMLElement).dataset.value === value)
    if (!step || at < 0) return
    event.preventDefault()
    const isMirrored = isRtl && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
    const to = options[(at + (isMirrored ? -step : step) + options.length) % options.length]!
    onChoose(to.value)
    group.current?.querySelector<HTMLElement>(`[data-value="${CSS.escape(to.value)}"]`)?.focus()
  }

  return (
    <div ref={group} role="radiogroup" aria-label={label} className={className} onKeyDown={onKeyDown}>
      {options.map(({ value, label: shown, name, title, tone, action, index, beside }, at) => {
        const radio = (
          // biome-ignore lint/a11y/useSemanticElements: a native radio would take the focus and swallow letters
          <button
            key={value}
            type="button"
            role="radio"
            className={css.option}
            style={tintOf(tone)}
            data-value={value}
            aria-checked={value === chosen}
            aria-label={name}
            title={title}
            disabled={isDisabled}
            tabIndex={at === Math.max(0, chosenAt) ? 0 : -1}
            onClick={() => onChoose(value)}
            {...keepFocus}
          >
            <KeyCap action={action} {...(index !== undefined && { index })} />
            {shown}
          </button>
        )
        if (!beside) return radio
        return (
          <div key={value} className={css.withMenu}>
            {radio}
            {beside}
          </div>
        )
      })}
    </div>
  )
}

export function tintOf(tone: Tone) {
  const tint =
    tone === 'accent'
      ? { '--ring': 'var(--dk-accent)', '--soft': 'var(--dk-accent-soft)', '--ink': 'var(--dk-text)' }
      : { '--ring': `var(--dk-${tone}-solid)`, '--soft': `var(--dk-${tone}-bg)`, '--ink': `var(--dk-${tone}-fg)` }
  return tint as CSSProperties
}
