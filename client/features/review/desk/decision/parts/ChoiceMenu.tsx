import { Menu } from '@mantine/core'
import type { ReactElement } from 'react'
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
  children: ReactElement
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

/** A menu whose entries have digits. While it is open it has the keyboard to itself; the focus returns to where it was. */
export function ChoiceMenu({ title, choices, chosen, onChoose, isOpen, onOpen, width = 220, children }: Props) {
  function choose(value: string) {
    onOpen(false)
    onChoose(value)
  }
  return (
    <>
      {isOpen ? <MenuKeys onDigit={(index) => choices[index] && choose(choices[index].value)} /> : null}
      <Menu
        opened={isOpen}
        onChange={onOpen}
        width={width}
        position="top-start"
        portalProps={inMain()}
        transitionProps={atOnce}
        clickOutsideEvents={outside}
      >
        <Menu.Target>{children}</Menu.Target>
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
