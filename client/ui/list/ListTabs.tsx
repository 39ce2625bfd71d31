import { createLink } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import css from './list.module.css'

/** Lists that stand side by side. */
export function ListTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={css.tabs} aria-label={label}>
      {children}
    </nav>
  )
}

/** Takes the router's `to`, `params` and `search`, and whether it is the one on screen. */
export const ListTab = createLink(({ isOn, className: _, ...anchor }: ComponentProps<'a'> & { isOn: boolean }) => (
  <a {...anchor} className={css.tab} aria-current={isOn ? 'page' : undefined} data-on={isOn || undefined} />
))
