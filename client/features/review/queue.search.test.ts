import { describe, expect, it } from 'vitest'
import { countReviews, listReviews } from '#shared/contract/reviews.ts'
import { filterQueryOf, isFiltered, listOf, listQueryOf, readQueueSearch, withFilter } from './queue.search.ts'

const person = '0198c2f0-6c3e-7b1a-9d55-3a1c9e8f0a01'

describe('the address of a list', () => {
  it('keeps what makes sense and drops the rest', () => {
    const search = readQueueSearch({
      tab: 'decided',
      sort: 'bogus',
      queue: 'hate,,hate,extremism',
      accountStatus: 'deleted,asleep',
      reporter: `${person},somebody`,
      language: 7,
      colour: 'red',
      isNewAccount: 'perhaps',
      reach: 'many..',
      score: '0.5..7',
      opened: 'yesterday..2026-11-02',
    })

    expect(search).toEqual({
      tab: 'decided',
      queue: 'hate,extremism',
      accountStatus: 'deleted',
      reporter: person,
      score: '0.5..',
      opened: '..2026-11-02T00:00:00.000Z',
    })
  })

  it('asks for the undecided unless a tab or a filter says otherwise', () => {
    expect(listQueryOf({})).toEqual({ sort: 'priority' })
    expect(listQueryOf({ tab: 'mine' })).toEqual({ sort: 'priority', mine: 'true' })
    expect(listQueryOf({ tab: 'escalated', sort: 'due' })).toEqual({ sort: 'due', state: ['escalated'] })
    expect(listQueryOf({ state: 'open,on_hold' })).toEqual({ sort: 'priority', state: ['open', 'on_hold'] })
  })

  it('leaves the states to the tabs that name one', () => {
    expect(readQueueSearch({ tab: 'on_hold', state: 'open' })).toEqual({ tab: 'on_hold' })
  })

  it('says every filter in the words of the contract', () => {
    const search = readQueueSearch({
      q: 'сөз "two words" beg*',
      source: 'removal_order',
      mediaKind: 'video,audio',
      isNewAccount: true,
      hasMedia: 'false',
      subject: 'account',
      claimedPlace: 'Mosul',
      reach: '1000..',
      flags: '..20',
      priority: '50..90',
      score: 0.5,
      due: '..2026-11-23T10:00Z',
      decidedBy: 'person-ana',
      id: person,
    })

    expect(filterQueryOf(search)).toEqual({
      q: 'сөз "two words" beg*',
      source: ['removal_order'],
      mediaKind: ['video', 'audio'],
      isNewAccount: 'true',
      hasMedia: 'false',
      subject: 'account',
      claimedPlace: 'Mosul',
      reachMin: '1000',
      flagsMax: '20',
      priorityMin: '50',
      priorityMax: '90',
      scoreMin: '0.5',
      scoreMax: '0.5',
      dueTo: '2026-11-23T10:00:00.000Z',
      decidedBy: ['person-ana'],
      id: [person],
    })
    expect(listReviews.query.safeParse(listQueryOf(search)).success).toBe(true)
    expect(countReviews.query.safeParse(filterQueryOf(search)).success).toBe(true)
  })

  it('reads back what it wrote', () => {
    const search = readQueueSearch({ q: '48213', score: '0.25..0.75', posted: '2026-11-01..', isThreat: true })
    expect(readQueueSearch(search)).toEqual(search)
  })

  it('takes the next review from the same filters, not from the cursor', () => {
    const search = readQueueSearch({ at: 'x', queue: 'hate', policy: 'tve.glorification,unsorted' })

    expect(listOf(search)).not.toHaveProperty('at')
    expect(filterQueryOf(search)).toEqual({ queue: ['hate'], policy: ['tve.glorification', 'unsorted'] })
  })

  it('drops a filter with its place in the list', () => {
    const search = readQueueSearch({ at: 'x', tab: 'mine', queue: 'hate' })

    expect(withFilter(search, 'queue', undefined)).toEqual({ tab: 'mine' })
    expect(isFiltered(withFilter(search, 'queue', undefined))).toBe(false)
    expect(isFiltered(search)).toBe(true)
  })
})
