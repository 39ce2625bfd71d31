import type { KeyAction } from '#client/keys.ts'
import type { Tone } from '#client/ui/tone.ts'
import type { AccountChoice, PostChoice, Restriction } from '../decision-draft.ts'

type Keyed<Value> = { value: Value; tone: Tone; action: KeyAction }

/** In the order of the keys K L V R. */
export const postOptions: readonly Keyed<PostChoice>[] = [
  { value: 'keep', tone: 'ok', action: 'keep' },
  { value: 'label', tone: 'note', action: 'label' },
  { value: 'restrict', tone: 'warn', action: 'restrict' },
  { value: 'remove', tone: 'bad', action: 'remove' },
]

/** In the order of the keys N W M B. Termination is behind the menu: nobody should strike it by accident. */
export const accountOptions: readonly Keyed<Exclude<AccountChoice, 'terminate'>>[] = [
  { value: 'none', tone: 'gone', action: 'noAction' },
  { value: 'warn', tone: 'warn', action: 'warn' },
  { value: 'limit', tone: 'warn', action: 'limit' },
  { value: 'block', tone: 'bad', action: 'block' },
]

export const restrictions: readonly Restriction[] = ['region', 'age', 'demoted', 'disabled']
