import { useEffectEvent, useLayoutEffect } from 'react'
import { flushSync } from 'react-dom'
import { type Keymap, useKeymap } from '../keymap.ts'
import { bindings, type KeyAction } from '../keys.ts'

/** `index` says which code of the action was struck: 0 for `1`, 8 for `9`. */
export type KeyHandler = (event: KeyboardEvent, index: number) => void
export type KeyHandlers = Partial<Record<KeyAction, KeyHandler | { down: KeyHandler; up: KeyHandler }>>

type Layer = { handlers: () => KeyHandlers; isExclusive: boolean }
type Match = { action: KeyAction; index: number }

/** The second stroke of a sequence (`G` then a letter) must come within this time. */
const sequenceMs = 1_500

const layers: Layer[] = []
let prefix: { code: string; at: number } | null = null
/** What to do when a held key is let go, by its code. */
const held = new Map<string, (event: KeyboardEvent) => void>()

type Table = { singles: Matches; sequences: Matches; chars: Matches; prefixes: Set<string> }
type Matches = Map<string, Match[]>

/** The keymap by strokes. */
function tableOf(keymap: Keymap): Table {
  const table: Table = { singles: new Map(), sequences: new Map(), chars: new Map(), prefixes: new Set() }
  for (const action of Object.keys(keymap) as KeyAction[]) {
    const { codes, chars = [] } = keymap[action]
    for (const [index, code] of codes.entries()) {
      const [first, second] = code.split(' ')
      enter(second ? table.sequences : table.singles, code, { action, index })
      if (second) table.prefixes.add(first!)
    }
    for (const [index, char] of chars.entries()) enter(table.chars, char, { action, index })
  }
  return table
}

function enter(map: Matches, key: string, match: Match) {
  map.set(key, [...(map.get(key) ?? []), match])
}

let table = tableOf(useKeymap.getState().keymap)
useKeymap.subscribe(({ keymap }) => {
  table = tableOf(keymap)
})

const notTyped = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file'])

function isField(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !notTyped.has(target.type)
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
}

const control =
  'button, a[href], summary, input, select, [role=button], [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab], [role=option], [role^=menuitem]'

/** Enter and Space on a focused control belong to that control. */
function belongsToControl(event: KeyboardEvent) {
  if (isField(event.target) || !(event.target instanceof Element)) return false
  return /^(Enter|NumpadEnter|Space)$/.test(event.code) && event.target.matches(control)
}

function isDialogOpen() {
  return document.querySelector('[role=dialog][aria-modal=true], [role=alertdialog][aria-modal=true]') !== null
}

/** The map's name of a stroke. `Mod` is ⌘ or Ctrl. */
function strokeOf(event: KeyboardEvent) {
  return `${event.metaKey || event.ctrlKey ? 'Mod+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`
}

function matchesOf(event: KeyboardEvent): Match[] {
  const byCode = table.singles.get(strokeOf(event)) ?? []
  const byChar = event.metaKey || event.ctrlKey ? [] : (table.chars.get(event.key) ?? [])
  return byChar.length > 0 ? byChar : byCode
}

/** What a stroke changes is drawn before the next one is heard: a menu that it opened gets the stroke that follows. */
function fire(event: KeyboardEvent, handler: NonNullable<KeyHandlers[KeyAction]>, { action, index }: Match) {
  event.preventDefault()
  if (event.repeat && !bindings[action].repeats) return
  if (typeof handler === 'function') return flushSync(() => handler(event, index))
  held.set(event.code, (up) => handler.up(up, index))
  flushSync(() => handler.down(event, index))
}

/** Offers the stroke to the screens, the newest first. A layer that has the keyboard to itself ends the search. */
function offer(event: KeyboardEvent, matches: Match[]) {
  const usable = isField(event.target) ? matches.filter(({ action }) => bindings[action].inFields) : matches
  for (const layer of layers.toReversed()) {
    const handlers = layer.handlers()
    for (const match of usable) {
      const handler = handlers[match.action]
      if (handler) return fire(event, handler, match)
    }
    if (layer.isExclusive) return
  }
}

/** Handles the second stroke of a sequence, and the first. True when the stroke was one of them. */
function inSequence(event: KeyboardEvent) {
  const first = prefix !== null && performance.now() - prefix.at < sequenceMs ? prefix.code : null
  prefix = null
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.repeat || isField(event.target)) return false
  // A letter after the first stroke belongs to the sequence, even if it leads nowhere.
  if (first && event.code.startsWith('Key')) {
    event.preventDefault()
    offer(event, table.sequences.get(`${first} ${event.code}`) ?? [])
    return true
  }
  if (!table.prefixes.has(event.code)) return false
  prefix = { code: event.code, at: performance.now() }
  event.preventDefault()
  return true
}

/** A hand that types goes on for so long after the last letter, in milliseconds. */
const typingMs = 700
let typedAt = Number.NEGATIVE_INFINITY

/**
 * Whether letters are still being typed, in a field or where one was a moment ago: what takes its place is not to take
 * them for commands.
 */
export const isTyping = () => performance.now() - typedAt < typingMs

function noteTyping(event: KeyboardEvent) {
  if (/^(Enter|Escape|Tab)$/.test(event.key)) typedAt = Number.NEGATIVE_INFINITY
  if (event.key.length === 1 && (isField(event.target) || isTyping())) typedAt = performance.now()
}

function onKeyDown(event: KeyboardEvent) {
  noteTyping(event)
  if (event.defaultPrevented || event.altKey || isDialogOpen() || belongsToControl(event)) return
  if (/^(Shift|Control|Meta|Alt)/.test(event.code)) return
  if (inSequence(event)) return
  if (event.code === 'Escape' && isField(event.target)) return (event.target as HTMLElement).blur()
  const matches = matchesOf(event)
  if (matches.length > 0) offer(event, matches)
}

function onKeyUp(event: KeyboardEvent) {
  held.get(event.code)?.(event)
  held.delete(event.code)
}

function addLayer(layer: Layer) {
  if (layers.length === 0) {
    addEventListener('keydown', onKeyDown)
    addEventListener('keyup', onKeyUp)
  }
  layers.push(layer)
  return () => {
    layers.splice(layers.indexOf(layer), 1)
    if (layers.length > 0) return
    removeEventListener('keydown', onKeyDown)
    removeEventListener('keyup', onKeyUp)
  }
}

/**
 * What single strokes would do at this moment: for a list of commands. Left out is what is held down, repeated or picked
 * by its number. `run` does what the key would do then. Not during rendering.
 */
export function currentActions(): { action: KeyAction; run: () => void }[] {
  return [...handlersNow().keys()].filter(isCommand).map((action) => ({
    action,
    run: () => handlersNow().get(action)?.(new KeyboardEvent('keydown', { code: bindings[action].codes[0]! }), 0),
  }))
}

/** Of the newest screen that has one. */
function handlersNow(): Map<KeyAction, KeyHandler> {
  const found = new Map<KeyAction, KeyHandler>()
  for (const { handlers, isExclusive } of layers.toReversed()) {
    for (const [name, handler] of Object.entries(handlers())) {
      if (typeof handler === 'function' && !found.has(name as KeyAction)) found.set(name as KeyAction, handler)
    }
    if (isExclusive) break
  }
  return found
}

function isCommand(action: KeyAction) {
  const { codes, repeats, inMenu } = bindings[action]
  return !repeats && !inMenu && codes.length <= 2
}

/**
 * Binds actions of the keyboard map while the component is on screen. Silent in text fields, in dialogs and on
 * auto-repeat (except arrows and paging); an action without a handler does nothing and is not taken from the browser.
 * `isExclusive` keeps every key from the layers below, for as long as a menu is open.
 */
export function useKeys(handlers: KeyHandlers, { isExclusive = false }: { isExclusive?: boolean } = {}) {
  const current = useEffectEvent(() => handlers)
  // Before the next stroke can come: a fast hand opens a menu and picks from it within one frame.
  useLayoutEffect(() => addLayer({ handlers: () => current(), isExclusive }), [isExclusive])
}
