import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { type Cell, type ColumnKind, type Head, type Put, periodText, type Sink } from './format.ts'

/** What is held in memory at a time, and packed in one go: some forty milliseconds, which requests wait. */
const rowsPerGroup = 2_000

const types: Record<ColumnKind, BasicType> = {
  text: 'STRING',
  link: 'STRING',
  json: 'JSON',
  time: 'TIMESTAMP',
  int: 'INT64',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
}

const readers: Record<ColumnKind, (cell: string) => unknown> = {
  text: (cell) => cell,
  link: (cell) => cell,
  json: (cell) => JSON.parse(cell),
  time: (cell) => new Date(cell),
  int: (cell) => BigInt(cell),
  number: Number,
  flag: (cell) => cell === 'true',
}

/** Typed columns for programs, in groups of rows that are written as soon as they are full. */
export function createParquet(head: Head, put: Put, groupSize = rowsPerGroup): Sink {
  const { columns } = head
  const sources = columns.map(({ name, kind }) => ({
    name,
    type: types[kind],
    nullable: true,
    offsetIndex: false,
    // Least and greatest texts of each group would keep the pieces alive that they were read from, to the last row.
    statistics: kind === 'time' || kind === 'int' || kind === 'number',
  }))
  const writer = new ByteWriter()
  const facts = { kind: head.kind, period: periodText(head.period), 'time zone': head.timeZone, seq: String(head.seq) }
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: sources.map((source) => ({ ...source, data: [] })) }),
    createdBy: 'docket',
    kvMetadata: Object.entries(facts).map(([key, value]) => ({ key: `docket.${key}`, value })),
  })
  let waiting: Cell[][] = []

  async function writeGroup(rows: Cell[][]) {
    const columnData = sources.map((source, index) => {
      const read = readers[columns[index]!.kind]
      const data = rows.map((row) => (row[index] === null ? null : read(row[index]!)))
      return { ...source, data }
    })
    parquet.write({ columnData, rowGroupSize: groupSize })
    await flush()
  }

  async function flush() {
    const bytes = Buffer.from(writer.getBytes())
    writer.index = 0
    if (bytes.length > 0) await put(bytes)
  }

  return {
    async push(rows) {
      waiting = waiting.length > 0 ? waiting.concat(rows) : rows
      while (waiting.length >= groupSize) {
        await writeGroup(waiting.slice(0, groupSize))
        waiting = waiting.slice(groupSize)
      }
    },
    async end() {
      if (waiting.length > 0) await writeGroup(waiting)
      parquet.finish()
      await flush()
      return { rowsSha256: null }
    },
  }
}
