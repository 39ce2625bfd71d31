import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDb, testDb } from '#test/support/db.ts'
import { rowsOf } from './rows.ts'

let t: TestDb
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t.drop())

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 4 })
const storable = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\u0000', '').toWellFormed())
const odd = fc.constantFrom('', '"', '\\', '{}', 'NULL', ',', ' ', '\n', '👩‍👩‍👧', 'ТАГУТ', 'a\\"b')

const row = fc.record({
  text: nullable(fc.oneof(storable, odd)),
  uuid: nullable(fc.uuid()),
  int: nullable(fc.integer()),
  bigint: nullable(fc.maxSafeInteger()),
  real: nullable(fc.float({ noNaN: true, noDefaultInfinity: true })),
  boolean: nullable(fc.boolean()),
  at: nullable(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })),
  json: nullable(fc.dictionary(storable, fc.oneof(storable, odd, fc.integer()))),
  words: fc.uniqueArray(fc.constantFrom('image', 'video', 'audio')),
})

const columns = {
  text: 'text',
  uuid: 'uuid',
  int: 'int',
  bigint: 'bigint',
  real: 'real',
  boolean: 'boolean',
  at: 'timestamptz',
  json: 'jsonb',
  words: 'word[]',
} as const

it('brings rows into the database as they are, however many and whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const found = await sql<{ real: number | null }>`select * from ${rowsOf(rows, columns)} as r`.execute(t.db)
      // Single precision is read back as its shortest decimal.
      const read = found.rows.map((each) => ({ ...each, real: each.real === null ? null : Math.fround(each.real) }))
      expect(read).toEqual(rows)
    }),
    { numRuns: 150 },
  )
})

it('takes times as they come, as dates or as text', async () => {
  const rows = [{ at: '2015-07-02T10:00:00.123+02:00' }, { at: new Date(0) }]
  const found = await sql<{ at: Date }>`select * from ${rowsOf(rows, { at: 'timestamptz' })} as r`.execute(t.db)
  expect(found.rows.map(({ at }) => at.toISOString())).toEqual(['2015-07-02T08:00:00.123Z', '1970-01-01T00:00:00.000Z'])
})
