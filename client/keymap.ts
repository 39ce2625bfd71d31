import { create } from 'zustand'
import { type Binding, bindings, type KeyAction } from './keys.ts'

export type Keymap = Record<KeyAction, Binding>

/** Keys in place of the map's own, by action: a stroke such as `KeyK` or `Shift+KeyH`. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>

/** The map as the person at the screen has it. */
export const useKeymap = create<{ keymap: Keymap }>(() => ({ keymap: bindings }))

export function takeOwnKeys(own: OwnKeys) {
  useKeymap.setState({ keymap: keymapOf(own) })
}

const actions = Object.keys(bindings) as KeyAction[]
const stroke = /^(Shift\+)?(Key[A-Z]|Comma|Period|Semicolon|Quote|Minus|Equal|Backquote|BracketLeft|BracketRight)$/

/** One letter stands for it, with or without Shift: such a key may be another one. The rest is as everywhere. */
export function isChangeable(action: KeyAction) {
  const { codes, inMenu, inFields } = bindings[action]
  return codes.length === 1 && /^(Shift\+)?Key[A-Z]$/.test(codes[0]!) && !inMenu && !inFields
}

export const isUsable = (code: string) => stroke.test(code)

/** What has this stroke already: an action, or the first stroke of a sequence. Null: it is free. */
export function ownerOf(code: string, keymap: Keymap): KeyAction | 'go' | null {
  if (actions.some((action) => keymap[action].codes.some((each) => each.startsWith(`${code} `)))) return 'go'
  return actions.find((action) => !keymap[action].inMenu && keymap[action].codes.includes(code)) ?? null
}

/**
 * The map with somebody's own keys in it. Keys that mean nothing, or that something else has by now (a newer version of
 * the program may have given them away), are as if they had not been chosen: no stroke ever has two meanings.
 */
export function keymapOf(own: OwnKeys): Keymap {
  const chosen = new Map<KeyAction, string>()
  for (const action of actions) {
    const [code] = own[action] ?? []
    if (code !== undefined && isChangeable(action) && isUsable(code)) chosen.set(action, code)
  }
  for (;;) {
    const keymap = withKeys(chosen)
    const collided = [...chosen].filter(([action, code]) => isTaken(code, action, keymap))
    if (collided.length === 0) return keymap
    for (const [action] of collided) chosen.delete(action)
  }
}

function isTaken(code: string, by: KeyAction, keymap: Keymap) {
  return actions.some(
    (action) =>
      action !== by &&
      !keymap[action].inMenu &&
      keymap[action].codes.some((each) => each === code || each.startsWith(`${code} `)),
  )
}

function withKeys(chosen: ReadonlyMap<KeyAction, string>): Keymap {
  const changed = [...chosen].map(([action, code]) => {
    const { chars: _, ...binding } = bindings[action]
    return [action, { ...binding, codes: [code], caps: capsOf(code) }]
  })
  return { ...bindings, ...Object.fromEntries(changed) }
}

const signs: Record<string, string> = {
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: "'",
  Minus: '-',
  Equal: '=',
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
}

/** What the caps of a stroke show. */
export function capsOf(code: string): string[] {
  const key = code.replace('Shift+', '')
  const cap = signs[key] ?? key.replace(/^Key/, '')
  return code.startsWith('Shift+') ? ['⇧', cap] : [cap]
}
