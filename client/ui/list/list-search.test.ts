import { expect, it } from 'vitest'
import { queryOf, readSearch, withValues } from './list-search.ts'

const spec = { outcome: ['violation', 'exempt'], clause: 'list', q: 'text', new: 'switch', from: 'time' } as const

it('keeps what it knows of an address and drops the rest', () => {
  const raw = {
    outcome: 'exempt,perhaps,exempt',
    clause: 'a.b,,c.d',
    q: 123,
    new: 'maybe',
    from: 'yesterday',
    other: 'x',
  }
  expect(readSearch(spec, raw)).toEqual({ outcome: 'exempt', clause: 'a.b,c.d', q: '123' })
  expect(readSearch(spec, { new: 'no', from: '2026-07-01T00:00:00Z' })).toEqual({
    new: 'no',
    from: '2026-07-01T00:00:00Z',
  })
})

it('asks the API for lists as lists and for yes as true', () => {
  expect(queryOf(spec, { outcome: 'exempt', clause: 'a.b,c.d', new: 'yes', q: 'x' })).toEqual({
    outcome: ['exempt'],
    clause: ['a.b', 'c.d'],
    new: 'true',
    q: 'x',
  })
})

it('takes a filter away with its value', () => {
  expect(withValues({ q: 'x', clause: 'a' }, { q: '', clause: undefined })).toEqual({})
})
