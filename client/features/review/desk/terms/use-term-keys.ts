import { useKeys } from '#client/ui/use-keys.ts'

/** Goes from mark to mark, around: its meaning shows where the focus is. */
export function useTermKeys() {
  useKeys({
    nextTerm: () => {
      const marks = [...document.querySelectorAll<HTMLElement>('[data-term]')]
      const at = marks.indexOf(document.activeElement as HTMLElement)
      const next = marks[(at + 1) % marks.length]
      next?.scrollIntoView({ block: 'nearest' })
      next?.focus()
    },
  })
}
