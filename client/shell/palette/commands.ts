import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type KeyAction, sheet } from '#client/keys.ts'
import { fold } from '#shared/domain/fold.ts'

export const groupNames = ['found', 'recent', 'actions', 'screens', 'queues', 'people', 'search'] as const
export type GroupName = (typeof groupNames)[number]

export type Command = {
  id: string
  group: GroupName
  icon: Icon
  /** What it is called, and what is searched. */
  label: string
  /** Shown in place of the label. */
  face?: ReactNode
  /** At the end of the line. */
  side?: ReactNode
  note?: string
  keys?: KeyAction
  run: () => void
}

/** Of the acts of a screen so many are named before somebody types. */
const mostUnasked = 8

/** Of each group at most this many are shown at a time. */
const most: Record<GroupName, number> = {
  found: 24,
  recent: 6,
  actions: 24,
  search: 2,
  screens: 24,
  queues: 12,
  people: 6,
}

/** Commands that hold every word of the text, by group; those whose name begins with it come first in theirs. */
export function matching(commands: readonly Command[], text: string): { group: GroupName; items: Command[] }[] {
  const wanted = fold(text.trim()).split(/\s+/u).filter(Boolean)
  const begins = (command: Command) => (wanted[0] && fold(command.label).startsWith(wanted[0]) ? 0 : 1)
  const fits = ({ group, label }: Command) =>
    group === 'found' || group === 'search' || wanted.every((word) => fold(label).includes(word))
  return groupNames
    .map((group) => {
      const atMost = group === 'actions' && wanted.length === 0 ? mostUnasked : most[group]
      const items = commands.filter((command) => command.group === group && fits(command))
      return { group, items: items.sort((a, b) => begins(a) - begins(b)).slice(0, atMost) }
    })
    .filter(({ items }) => items.length > 0)
}

type Does = (typeof sheet)[number]['lines'][number][0]
type Shared = 'keep' | 'label' | 'restrict' | 'remove' | 'noAction' | 'warn' | 'limit' | 'block'

const alone = new Map<KeyAction, Does>(
  sheet.flatMap(({ lines }) =>
    lines.flatMap(([does, actions]) => (actions.length > 1 ? [] : [[actions[0], does] as const])),
  ),
)
const shared = new Set<string>(['keep', 'label', 'restrict', 'remove', 'noAction', 'warn', 'limit', 'block'])
const ownWords = new Set<string>(['previousTab', 'nextTab'])
const order = sheet.flatMap(({ lines }) => lines.flatMap(([, actions]) => actions as readonly KeyAction[]))
/** Those of the screen before those that are everywhere, in the order of the sheet. */
export const placeOf = (action: KeyAction) => (order.indexOf(action) + order.length - generalCount) % order.length
const generalCount = sheet[0].lines.length

const leftOut = new Set<KeyAction>(['palette', 'close', 'first', 'last', 'look'])

export type ActionWord =
  | `shell:does.${Does}`
  | `preferences:act.${Shared}`
  | `palette:act.${'previousTab' | 'nextTab'}`
  | (typeof entered)[keyof typeof entered]

/** One key finishes the thing in hand, whatever that is. */
const entered = { decision: 'palette:act.submit', desk: 'review:conflict.next', list: 'palette:act.open' } as const

/** The words of an action, with the sheet's where it has a line to itself; null for what is none to be picked. */
export function wordOf(action: KeyAction, on: keyof typeof entered): ActionWord | null {
  if (leftOut.has(action) || action.startsWith('go')) return null
  if (action === 'enter') return entered[on]
  if (shared.has(action)) return `preferences:act.${action as Shared}`
  if (ownWords.has(action)) return `palette:act.${action as 'previousTab' | 'nextTab'}`
  const does = alone.get(action)
  return does ? `shell:does.${does}` : null
}
