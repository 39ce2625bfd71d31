import type { ReactNode } from 'react'
import { useKeymap } from '../keymap.ts'
import type { KeyAction } from '../keys.ts'
import css from './badges.module.css'

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={css.kbd}>{children}</kbd>
}

/**
 * The cap of an action, for the control that does it. Hidden on phones, and from screen readers: the control's name is
 * enough. `index` picks one digit of a range: 0 for `1`.
 */
export function KeyCap({ action, index }: { action: KeyAction; index?: number }) {
  const own = useKeymap(({ keymap }) => keymap[action].caps)
  const caps = index === undefined ? own : [String(index + 1)]
  return (
    <span className={`${css.caps} ${css.capsOnControl}`} dir="ltr" aria-hidden>
      {caps.map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
    </span>
  )
}
