import { expect, it } from 'vitest'
import { bindings, type KeyAction, sheet } from './keys.ts'

const actions = Object.keys(bindings) as KeyAction[]

it('gives every stroke one meaning', () => {
  const owners = new Map<string, KeyAction[]>()
  for (const action of actions.filter((each) => !bindings[each].inMenu)) {
    for (const code of bindings[action].codes) owners.set(code, [...(owners.get(code) ?? []), action])
  }
  expect([...owners].filter(([, meanings]) => meanings.length > 1)).toEqual([])
})

it('leaves the first stroke of a sequence to the sequence', () => {
  const codes = actions.flatMap((action) => bindings[action].codes)
  const firsts = codes.filter((code) => code.includes(' ')).map((code) => code.split(' ')[0])
  expect(codes.filter((code) => firsts.includes(code))).toEqual([])
})

it('lists every action in the sheet but those that repeat a listed one', () => {
  const listed = new Set<string>(sheet.flatMap(({ lines }) => lines.flatMap(([, shown]) => shown)))
  expect(actions.filter((action) => !listed.has(action))).toEqual(['pageUp', 'pageDown', 'first', 'last', 'menuChoice'])
})
