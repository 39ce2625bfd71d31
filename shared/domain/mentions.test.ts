import { describe, expect, it } from 'vitest'
import { labelFor, mentionsIn, partsOf, withIds, withNames } from './mentions.ts'

const names: Record<string, string> = { p1: 'Ana', p2: 'Ana Ribeiro', p3: 'Ана' }
const nameOf = (id: string) => names[id] ?? id

describe('mentions', () => {
  it('are found once each, in the order of the text', () => {
    expect(mentionsIn('Ask <@p2> and <@p1>, not <@p2>; <@> and <@a b> are nobody.')).toEqual(['p2', 'p1'])
  })

  it('leave the text around them as it is', () => {
    expect(partsOf('<@p1>, look\nhere: <b> <@p2>')).toEqual([
      { personId: 'p1' },
      { text: ', look\nhere: <b> ' },
      { personId: 'p2' },
    ])
    expect(partsOf('')).toEqual([])
  })

  it('come back from a field as they went in, though one name begins another', () => {
    const body = 'Ask <@p1>, <@p2> or <@p3>.'
    const { text, picks } = withNames(body, nameOf)
    expect(text).toBe('Ask @Ana, @Ana Ribeiro or @Ана.')
    expect(withIds(text, picks)).toBe(body)
  })

  it('are gone with the words that stood for them, and are nobody without a pick', () => {
    expect(withIds('Ask nobody, not even @Somebody.', [{ id: 'p1', label: 'Ana' }])).toBe(
      'Ask nobody, not even @Somebody.',
    )
  })

  it('tell two people of one name apart', () => {
    const first = { id: 'person-0001', label: 'Ana' }
    expect(labelFor({ id: 'person-0002', name: 'Ana' }, [first])).toBe('Ana (0002)')
    expect(labelFor({ id: 'person-0001', name: 'Ana' }, [first])).toBe('Ana')
  })
})
