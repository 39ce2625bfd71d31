import { useEffect } from 'react'

/** When what had the focus goes away, the row under the cursor has it again. */
export function useFocusBack() {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        document.querySelector<HTMLElement>('tr[aria-current="true"]')?.focus({ preventScroll: true })
      })
    },
    [],
  )
}
