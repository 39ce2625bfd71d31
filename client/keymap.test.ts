import fc from 'fast-check'
import { expect, it } from 'vitest'
import { capsOf, isChangeable, keymapOf, ownerOf } from './keymap.ts'
import { bindings, type KeyAction } from './keys.ts'

const actions = Object.keys(bindings) as KeyAction[]
const changeable = actions.filter(isChangeable)

it('lets a person choose another key, and shows it on the caps', () => {
  const keymap = keymapOf({ keep: ['Shift+KeyX'] })
  expect(keymap.keep).toMatchObject({ codes: ['Shift+KeyX'], caps: ['⇧', 'X'] })
  expect(keymap.remove).toEqual(bindings.remove)
})

it('knows what has a stroke, the first of a sequence included', () => {
  const keymap = keymapOf({ keep: ['Comma'] })
  expect(ownerOf('Comma', keymap)).toBe('keep')
  expect(ownerOf('KeyK', keymap)).toBeNull()
  expect(ownerOf('KeyG', keymap)).toBe('go')
  expect(ownerOf('KeyR', keymap)).toBe('remove')
})

it('leaves an act with its own key when the chosen one is taken, means nothing, or may not be changed', () => {
  const keymap = keymapOf({ keep: ['KeyR'], label: ['Mod+KeyW'], enter: ['KeyQ'], gone: ['KeyQ'] })
  expect(keymap).toEqual(bindings)
})

it('lets two acts change places', () => {
  const keymap = keymapOf({ keep: ['KeyR'], remove: ['KeyK'] })
  expect([keymap.keep.codes, keymap.remove.codes]).toEqual([['KeyR'], ['KeyK']])
})

it('never gives a stroke two meanings, whatever is chosen', () => {
  const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ').map((each) => `Key${each}`)
  const code = fc.tuple(fc.boolean(), letter).map(([shift, key]) => (shift ? `Shift+${key}` : key))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...changeable), fc.tuple(code)), (own) => {
      const keymap = keymapOf(own)
      const strokes = actions.filter((action) => !keymap[action].inMenu).flatMap((action) => keymap[action].codes)
      expect(new Set(strokes).size).toBe(strokes.length)
      const firsts = strokes.filter((each) => each.includes(' ')).map((each) => each.split(' ')[0])
      expect(strokes.filter((each) => firsts.includes(each))).toEqual([])
    }),
  )
})

it('names the key, not the character', () => {
  expect(capsOf('KeyQ')).toEqual(['Q'])
  expect(capsOf('Shift+Period')).toEqual(['⇧', '.'])
})
