import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

/** Pages by their address, the last one last, as long as the tab lives: to go back to. */
export const recentPages = new Map<string, string>()

/** Names the browser's tab after what is on screen: `DKT-48213 · Docket`. */
export function usePageTitle(title: string) {
  useEffect(() => {
    const { pathname } = window.location
    recentPages.delete(pathname)
    recentPages.set(pathname, title)
    document.title = `${title} · Docket`
  }, [title])
}

export const topStartId = 'top-start'
export const topCentreId = 'top-centre'

/**
 * Puts a page's own controls into the top bar: `start` takes the place of the page's name, `centre` is the middle.
 * Draws nothing where there is no top bar.
 */
export function TopBarSlot({ at, children }: { at: 'start' | 'centre'; children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  useEffect(() => setPlace(document.getElementById(at === 'start' ? topStartId : topCentreId)), [at])
  return place ? createPortal(children, place) : null
}
