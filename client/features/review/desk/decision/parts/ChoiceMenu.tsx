import { Menu } from '@mantine/core'
import { cloneElement, type ReactElement, type Ref, useState } from 'react'
import { Peg, useOpening } from '#client/ui/Hung.tsx'
import { Kbd } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { inMain } from './in-main.ts'

export type Choice = { value: string; label: string; hint?: string | undefined }

type Props = {
  title: string
  choices: readonly Choice[]
  chosen: string | null
  onChoose: (value: string) => void
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  width?: number
  /** The button it hangs on. */
  children: ReactElement<{ ref?: Ref<HTMLElement>; onClick?: () => void }>
}

/** Digits the board has. */
const digits = 9

/** A menu that fades would still catch the next key. */
const atOnce = { duration: 0 }

/**
 * Not a key: the kit closes a menu at a stroke that lands outside, which is where the focus still is when the stroke
 * follows the one that opened it. The digit would then be taken for what it means on the panel.
 */
const outside = ['mousedown', 'touchstart']

/**
 * A menu whose entries have digits. While it is open it has the keyboard to itself; the focus returns to where it was. What
 * floats is made when it is first opened: the desk has several, and each review draws them anew.
 */
export function ChoiceMenu({ children, ...menu }: Props) {
  const { isOpen, onOpen } = menu
  const [button, setButton] = useState<HTMLElement | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  if (isOpen && !wasOpen) setWasOpen(true)
  const target = { 'aria-haspopup': 'menu', 'aria-expanded': isOpen } as const
  return (
    <>
      {cloneElement(children, { ...target, ref: setButton, onClick: () => onOpen(!isOpen) })}
      {wasOpen && button ? <Floating {...menu} on={button} /> : null}
    </>
  )
}

function Floating({
  title,
  choices,
  chosen,
  onChoose,
  isOpen,
  onOpen,
  width = 220,
  on,
}: Omit<Props, 'children'> & { on: HTMLElement }) {
  function choose(value: string) {
    onOpen(false)
    onChoose(value)
  }
  return (
    <>
      {isOpen ? <MenuKeys onDigit={(index) => choices[index] && choose(choices[index].value)} /> : null}
      <Menu
        opened={useOpening(isOpen)}
        onChange={onOpen}
        width={width}
        position="top-start"
        portalProps={inMain()}
        transitionProps={atOnce}
        clickOutsideEvents={outside}
      >
        <Menu.Target>
          <Peg on={on} />
        </Menu.Target>
        <Menu.Dropdown mah="min(420px, 70vh)" style={{ overflow: 'auto' }}>
          <Menu.Label>{title}</Menu.Label>
          <Menu.RadioGroup value={chosen}>
            {choices.map(({ value, label, hint }, index) => (
              <Menu.RadioItem
                key={value}
                value={value}
                title={hint}
                onClick={() => choose(value)}
                rightSection={
                  index < digits ? (
                    <span aria-hidden>
                      <Kbd>{index + 1}</Kbd>
                    </span>
                  ) : null
                }
              >
                {label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** There only while the menu is open. */
function MenuKeys({ onDigit }: { onDigit: (index: number) => void }) {
  useKeys({ menuChoice: (_event, index) => onDigit(index) }, { isExclusive: true })
  return null
}
