import type { Change, Draft, Policies } from '../decision-draft.ts'

/** The menus of the panel; one at most is open. */
export type OpenMenu = 'exemption' | 'territory' | 'restriction' | 'account' | 'test' | 'message' | null

/** What every part of the panel gets. */
export type PartProps = {
  draft: Draft
  policies: Policies
  isSending: boolean
  onChange: (change: Change) => void
  open: OpenMenu
  onOpen: (menu: OpenMenu) => void
}

export function menuProps({ open, onOpen }: Pick<PartProps, 'open' | 'onOpen'>, name: Exclude<OpenMenu, null>) {
  return { isOpen: open === name, onOpen: (isOpen: boolean) => onOpen(isOpen ? name : null) }
}
