import { describe, expect, it } from 'vitest'
import { change, everything, isSame, seeAll, standing } from './access-draft.ts'

const known = ['hate', 'spam', 'fraud']
const only = (...ids: string[]) => ({ seesAll: false, queues: ids.map((queueId) => ({ queueId, mayTake: true })) })

describe('what somebody may see and take', () => {
  it('is every queue, those of later included, until one is left out', () => {
    expect(standing(everything, 'spam')).toEqual({ sees: true, takes: true })
    const less = change(everything, 'spam', { takes: false }, known)
    expect(known.map((id) => standing(less, id).takes)).toEqual([true, false, true])
    expect(standing(less, 'spam').sees).toBe(true)
    expect(change(less, 'spam', { takes: true }, known)).toEqual(everything)
  })

  it('keeps what could be taken from when it turns from all to some', () => {
    expect(seeAll(change(everything, 'spam', { takes: false }, known), false, known)).toEqual(only('hate', 'fraud'))
    expect(seeAll(only('hate'), true, known)).toMatchObject({ seesAll: true })
    expect(standing(seeAll(only('hate'), true, known), 'spam')).toEqual({ sees: true, takes: false })
    expect(seeAll(only(...known), true, known)).toEqual(everything)
  })

  it('lets nobody take from what they do not see', () => {
    const some = change(only('hate'), 'spam', { sees: true }, known)
    expect(standing(some, 'spam')).toEqual({ sees: true, takes: true })
    expect(standing(change(some, 'hate', { sees: false }, known), 'hate')).toEqual({ sees: false, takes: false })
    expect(standing(change(only(), 'spam', { takes: true }, known), 'spam').sees).toBe(true)
  })

  it('is the same in any order', () => {
    expect(isSame(only('hate', 'spam'), only('spam', 'hate'))).toBe(true)
    expect(isSame(only('hate'), everything)).toBe(false)
  })

  it('leaves alone what is not among the known', () => {
    expect(change(only('secret', 'hate'), 'hate', { sees: false }, known)).toEqual(only('secret'))
  })
})
