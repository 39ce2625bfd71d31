import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyStatements, noStanding, type Statement, type StatusRecord } from './account-standing.ts'

const day = (date: number) => new Date(Date.UTC(2026, 5, date))
const says = (status: Statement['status'], date: number, isExplicit = true): Statement => ({
  status,
  since: day(date),
  isExplicit,
  cause: null,
  source: 'vk-intake',
})

/** As flags bring statements: some now, some later, each time upon what was kept. */
function keep(parts: Statement[][]) {
  let standing = noStanding
  const history: StatusRecord[] = []
  for (const part of parts) {
    const next = applyStatements(standing, history, part)
    standing = next.standing
    history.push(...next.added)
  }
  const told = history.toSorted((a, b) => a.since.getTime() - b.since.getTime())
  return { standing, history: told.map(({ status, since }) => [status, since.getUTCDate()]) }
}

describe('applyStatements', () => {
  it('follows an account through its life', () => {
    const { standing, history } = keep([[says('active', 1)], [says('blocked', 13)], [says('deleted', 19)]])
    expect(standing).toMatchObject({ status: 'deleted', status_since: day(19) })
    expect(history).toEqual([
      ['active', 1],
      ['blocked', 13],
      ['deleted', 19],
    ])
  })

  it('adds nothing when the same is said again', () => {
    const { standing, history } = keep([[says('active', 1)], [says('active', 5, false)], [says('active', 9, false)]])
    expect(history).toEqual([['active', 1]])
    expect(standing).toMatchObject({ status_since: day(1), status_seen_at: day(9) })
  })

  it('does not go back for a statement that comes late', () => {
    const { standing, history } = keep([[says('blocked', 13)], [says('active', 1)]])
    expect(standing).toMatchObject({ status: 'blocked', status_since: day(13) })
    expect(history).toEqual([
      ['active', 1],
      ['blocked', 13],
    ])
  })

  it('knows that a past block ended when the account was seen active after it', () => {
    const { standing, history } = keep([[says('active', 1)], [says('active', 20, false)], [says('blocked', 13)]])
    expect(standing).toMatchObject({ status: 'active', status_since: day(20) })
    expect(history).toEqual([
      ['active', 1],
      ['blocked', 13],
      ['active', 20],
    ])
  })

  it('learns that a status began earlier', () => {
    const { standing, history } = keep([[says('blocked', 13, false)], [says('blocked', 10)]])
    expect(standing.status_since).toEqual(day(10))
    expect(history).toContainEqual(['blocked', 10])
  })

  it('ends with the newest statement in whatever order they come', () => {
    const statement = fc
      .tuple(
        fc.constantFrom('active' as const, 'limited' as const, 'blocked' as const, 'deleted' as const),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
      )
      .map(([status, date, isExplicit]) => says(status, date, isExplicit))
    const parts = fc.array(fc.array(statement, { maxLength: 4 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(parts, (some) => {
        const all = some.flat()
        fc.pre(all.length > 0)
        const strength = ['active', 'limited', 'blocked', 'deleted']
        const newest = all.toSorted(
          (a, b) => b.since.getTime() - a.since.getTime() || strength.indexOf(b.status) - strength.indexOf(a.status),
        )[0]!
        expect(keep(some).standing.status).toBe(newest.status)
      }),
      { numRuns: 500 },
    )
  })
})
