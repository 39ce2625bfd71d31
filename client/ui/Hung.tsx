import { type FloatingPosition, Menu, Popover, Tooltip } from '@mantine/core'
import { type ReactNode, type Ref, useEffect, useLayoutEffect, useState } from 'react'

/** `staysOpen`: a menu that is not closed by a choice. */
export type Placing = { position?: FloatingPosition; width?: number; withinPortal?: boolean; staysOpen?: boolean }

type Props = Placing & {
  id: string
  /** The button on the page. */
  on: HTMLElement
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  name?: string | undefined
  children: ReactNode
}

/** Opens a moment after it is there, so that the kit sees it open and knows where the focus came from. */
export function useOpening(isOpen: boolean) {
  const [isThere, setThere] = useState(false)
  useEffect(() => setThere(true), [])
  return isThere && isOpen
}

export function HungMenu({ on, isOpen, onOpen, name: _, staysOpen = false, children, ...placing }: Props) {
  return (
    <Menu opened={useOpening(isOpen)} onChange={onOpen} closeOnItemClick={!staysOpen} {...placing}>
      <Menu.Target>
        <Peg on={on} />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

export function HungBox({ on, isOpen, onOpen, name, staysOpen: _, children, ...placing }: Props) {
  return (
    <Popover opened={useOpening(isOpen)} onChange={onOpen} trapFocus returnFocus hideDetached={false} {...placing}>
      <Popover.Target>
        <Peg on={on} />
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={name}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

type HintProps = { on: HTMLElement; label: ReactNode; position: FloatingPosition }

export function HungHint({ on, label, position }: HintProps) {
  return <Tooltip target={on} label={label} position={position} opened />
}

type CardProps = Pick<Props, 'id' | 'on' | 'children'> & Placing & { onClose: () => void }

export function HungCard({ on, children, onClose, ...placing }: CardProps) {
  return (
    <Popover opened={useOpening(true)} onChange={(isOpen) => isOpen || onClose()} withRoles={false} {...placing}>
      <Popover.Target>
        <Peg on={on} />
      </Popover.Target>
      <Popover.Dropdown id={`${placing.id}-dropdown`} role="tooltip" p="sm" style={{ pointerEvents: 'none' }}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Takes the place of a target, which is on the page already. */
export function Peg({ on, ref }: { on: HTMLElement; ref?: Ref<HTMLElement> }) {
  useLayoutEffect(() => {
    if (typeof ref === 'function') {
      const undo = ref(on)
      return () => void (typeof undo === 'function' ? undo() : ref(null))
    }
    return undefined
  }, [on, ref])
  return null
}
