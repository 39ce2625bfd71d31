import { describe, expect, it } from 'vitest'
import { facetFilterOf, listOf, listQueryOf, readQueueSearch } from './queue.search.ts'

describe('the address of a list', () => {
  it('keeps what makes sense and drops the rest', () => {
    const search = readQueueSearch({
      tab: 'decided',
      sort: 'bogus',
      queue: 'hate,,hate,extremism',
      accountStatus: 'deleted,asleep',
      language: 7,
      colour: 'red',
    })

    expect(search).toEqual({ tab: 'decided', queue: 'hate,extremism', accountStatus: 'deleted' })
  })

  it('asks for the undecided unless a tab says otherwise', () => {
    expect(listQueryOf({})).toEqual({ sort: 'priority' })
    expect(listQueryOf({ tab: 'mine' })).toEqual({ sort: 'priority', mine: 'true' })
    expect(listQueryOf({ tab: 'escalated', sort: 'due' })).toEqual({ sort: 'due', state: ['escalated'] })
  })

  it('takes the next review from the same filters, not from the cursor', () => {
    const search = readQueueSearch({ at: 'x', queue: 'hate', policy: 'tve.glorification,unsorted' })

    expect(listOf(search)).not.toHaveProperty('at')
    expect(facetFilterOf(search)).toEqual({ queue: ['hate'], policy: ['tve.glorification', 'unsorted'] })
  })
})
