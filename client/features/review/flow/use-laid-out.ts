import { useEffect, useRef } from 'react'
import { afterPaint } from './after-paint.ts'

/**
 * Has the browser lay out what React keeps hidden below the element. React hides by `display: none`, and to lay a whole
 * desk out at the stroke that shows it takes longer than all else. What is hidden must be invisible by itself.
 */
export function useLaidOut(state: string) {
  const parent = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is hidden has changed
  useEffect(() => {
    const layOut = () =>
      afterPaint(() => {
        for (const child of parent.current?.children ?? []) {
          if (child instanceof HTMLElement && child.inert) child.style.removeProperty('display')
        }
      })
    layOut()
    // What is hidden is drawn later, when there is time.
    const observer = new MutationObserver(layOut)
    if (parent.current) observer.observe(parent.current, { childList: true })
    return () => observer.disconnect()
  }, [state])
  return parent
}
