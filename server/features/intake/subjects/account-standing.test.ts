import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KeptStatement, keepStatements, noStanding, type Statement } from './account-standing.ts'

const day = (date: number) => new Date(Date.UTC(2026, 5, date))
const says = (status: Statement['status'], date: number, more: Partial<Statement> = {}): Statement => ({
  status,
  since: day(date),
  isSighting: false,
  cause: null,
  source: 'vk-intake',
  ...more,
})
const seen = (status: Statement['status'], date: number) => says(status, date, { isSighting: true })

/** As statements come: some now, some later, each time upon what was kept. */
function keep(parts: Statement[][]) {
  let all: KeptStatement[] = []
  let standing = noStanding
  for (const part of parts) ({ all, standing } = keepStatements(all, part))
  const history = all.filter((statement) => statement.isTurn)
  return { all, standing, history, told: history.map(({ status, since }) => [status, since.getUTCDate()]) }
}

describe('keepStatements', () => {
  it('follows an account through its life', () => {
    const { standing, told } = keep([[says('active', 1)], [says('blocked', 13)], [says('deleted', 19)]])
    expect(standing).toMatchObject({ status: 'deleted', status_since: day(19) })
    expect(told).toEqual([
      ['active', 1],
      ['blocked', 13],
      ['deleted', 19],
    ])
  })

  it('adds no turn when the same is said again', () => {
    const { standing, told } = keep([[says('active', 1)], [seen('active', 5)], [seen('active', 9)]])
    expect(told).toEqual([['active', 1]])
    expect(standing).toMatchObject({ status_since: day(1), status_seen_at: day(9) })
  })

  it('does not go back for a statement that comes late', () => {
    const { standing, told } = keep([[says('blocked', 13)], [says('active', 1)]])
    expect(standing).toMatchObject({ status: 'blocked', status_since: day(13) })
    expect(told).toEqual([
      ['active', 1],
      ['blocked', 13],
    ])
  })

  it('knows that a past block ended when the account was seen active after it', () => {
    const { standing, told } = keep([
      [says('active', 1)],
      [seen('active', 15), seen('active', 20)],
      [says('blocked', 13)],
    ])
    expect(standing).toMatchObject({ status: 'active', status_since: day(15), status_seen_at: day(20) })
    expect(told).toEqual([
      ['active', 1],
      ['blocked', 13],
      ['active', 15],
    ])
  })

  it('learns that a status began earlier, and why', () => {
    const { standing } = keep([[seen('blocked', 13)], [says('blocked', 10, { cause: 'court order' })]])
    expect(standing).toMatchObject({ status_since: day(10), status_cause: 'court order' })
  })

  it('believes the stronger of two statements at one time', () => {
    for (const parts of [[[says('blocked', 1)], [says('active', 1)]], [[says('active', 1), says('blocked', 1)]]]) {
      expect(keep(parts).told).toEqual([['blocked', 1]])
    }
  })

  it('keeps two sightings of a thousand in one hour', () => {
    const sightings = Array.from({ length: 1_000 }, (_, n) =>
      says('active', 1, { isSighting: true, since: new Date(day(1).getTime() + n * 3_000) }),
    )
    const { all, standing } = keep(sightings.map((sighting) => [sighting]))
    expect(all).toHaveLength(2)
    expect(standing.status_seen_at).toEqual(sightings.at(-1)!.since)
  })

  const statement = fc.record({
    status: fc.constantFrom('active' as const, 'limited' as const, 'blocked' as const, 'deleted' as const),
    since: fc.integer({ min: 0, max: 40 }).map((tens) => new Date(day(1).getTime() + tens * 600_000)),
    isSighting: fc.boolean(),
    cause: fc.constantFrom(null, 'platform', 'court order'),
    source: fc.constantFrom('vk-intake', 'tw-intake'),
  })

  it('tells the same history whatever the order and the parts in which statements come', () => {
    fc.assert(
      fc.property(
        fc
          .array(statement, { minLength: 1, maxLength: 30 })
          .chain((said) => fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length }))),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        ([said, mixed], lengths) => {
          const parts: Statement[][] = []
          for (let start = 0, turn = 0; start < mixed.length; turn += 1) {
            const length = lengths[turn % lengths.length]!
            // Every part is sent twice, and the one before again with it.
            parts.push(mixed.slice(start, start + length), mixed.slice(Math.max(0, start - 2), start + length))
            start += length
          }
          expect(keep(parts)).toEqual(keep([said]))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('ends with what was said of the newest time', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 30 }), (said) => {
        const newest = Math.max(...said.map(({ since }) => since.getTime()))
        const last = said.filter(({ since }) => since.getTime() === newest).map(({ status }) => status)
        const { standing } = keep([said])
        expect(last).toContain(standing.status)
        expect(standing.status_seen_at).toEqual(new Date(newest))
      }),
      { numRuns: 500 },
    )
  })
})
