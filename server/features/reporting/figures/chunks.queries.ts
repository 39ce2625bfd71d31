import { sql } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import { type Db, withClient } from '#server/db/connect.ts'
import { type Columns, type FactKind, pack, toColumns, unpack } from './columns.ts'
import { findColumns } from './facts.queries.ts'

type Span = { from: Date; to: Date; seq: number }

/**
 * The facts that bear on a span of time, as they were at `seq`, a UTC day at a time and in any order: those that fell in it,
 * and all stretches of waiting that reach into it. Days that nothing changed since are read as bytes; the others are read
 * fact by fact.
 */
export async function readFacts(db: Db, kind: FactKind, span: Span, take: (columns: Columns) => void) {
  const days = await findDays(db, kind, span)
  const kept = keepOf(db)
  const read = new Set<string>()
  const missing: typeof days = []
  for (const each of days) {
    const columns = each.is_ready && kept.get(kind, each)
    if (columns) {
      read.add(each.day)
      take(columns)
    } else if (each.is_ready) missing.push(each)
  }
  if (missing.length > 0) {
    const builtOf = new Map(missing.map(({ day, built_seq }) => [day, built_seq]))
    await copyChunks(db, kind, [...builtOf.keys()], span.seq, (day, built_seq, bytes) => {
      const columns = unpack(day, bytes)
      read.add(day)
      kept.put(kind, { day, built_seq }, columns, bytes.length)
      take(columns)
    })
  }
  const rest = days.map(({ day }) => day).filter((day) => !read.has(day))
  for (const columns of await findColumns(db, kind, rest, span.seq)) take(columns)
}

type Built = { day: string; built_seq: number }

/** Enough for some years of a small installation, or some months of a large one. */
const mostBytes = 64_000_000
const keeps = new WeakMap<Db, ReturnType<typeof createKeep>>()

function keepOf(db: Db) {
  const keep = keeps.get(db) ?? createKeep()
  keeps.set(db, keep)
  return keep
}

/** Blocks that were read lately. What was built is never built differently, so nothing of it grows old. */
function createKeep() {
  const blocks = new Map<string, { columns: Columns; bytes: number }>()
  let size = 0
  const nameOf = (kind: FactKind, { day, built_seq }: Built) => `${kind} ${day} ${built_seq}`
  return {
    get(kind: FactKind, built: Built): Columns | undefined {
      const name = nameOf(kind, built)
      const block = blocks.get(name)
      if (!block) return undefined
      blocks.delete(name)
      blocks.set(name, block)
      return block.columns
    },
    put(kind: FactKind, built: Built, columns: Columns, bytes: number) {
      blocks.set(nameOf(kind, built), { columns, bytes })
      size += bytes
      for (const [name, block] of blocks) {
        if (size <= mostBytes) return
        blocks.delete(name)
        size -= block.bytes
      }
    },
  }
}

async function findDays(db: Db, kind: FactKind, { from, to, seq }: Span) {
  const reaches =
    kind === 'wait' ? sql`(built_seq < changed_seq or changed_seq > ${seq} or waits_until >= ${from})` : sql`false`
  const { rows } = await sql<Built & { is_ready: boolean }>`
    select day::text as day, built_seq, built_seq = changed_seq and changed_seq <= ${seq} as is_ready from report_chunk
    where kind = ${kind} and day <= (${to}::timestamptz at time zone 'UTC')::date
      and (day >= (${from}::timestamptz at time zone 'UTC')::date or ${reaches})
    order by day`.execute(db)
  return rows
}

/** As the server sends them: quoting megabytes as text and reading them back would take longer than counting. */
async function copyChunks(
  db: Db,
  kind: FactKind,
  days: string[],
  seq: number,
  take: (day: string, builtSeq: number, bytes: Buffer) => void,
) {
  const list = days.map((day) => `'${day}'`).join(',')
  const statement = `copy (select day::text || ' ' || built_seq, bytes from report_chunk where kind = '${kind}' and day in (${list})
    and built_seq = changed_seq and changed_seq <= ${Number(seq)}) to stdout (format binary)`
  await withClient(db, async (client) => {
    const reader = createRowReader((name, bytes) => take(name.slice(0, 10), Number(name.slice(11)), bytes))
    for await (const part of client.query(copyTo(statement))) reader.push(part as Buffer)
  })
}

const signatureLength = 19

/** Takes PostgreSQL's binary copy apart, as it comes. Each block begins in a buffer of its own. */
function createRowReader(take: (name: string, bytes: Buffer) => void) {
  const waiting: Buffer[] = []
  let size = 0
  let wanted = signatureLength
  let step: 'signature' | 'fields' | 'nameLength' | 'name' | 'length' | 'bytes' | 'end' = 'signature'
  let name = ''

  const cut = (length: number): Buffer => {
    const whole = Buffer.allocUnsafeSlow(length)
    for (let at = 0; at < length; ) {
      const first = waiting[0]!
      const part = first.subarray(0, length - at)
      part.copy(whole, at)
      at += part.length
      if (part.length === first.length) waiting.shift()
      else waiting[0] = first.subarray(part.length)
    }
    size -= length
    return whole
  }

  const advance = (bytes: Buffer) => {
    if (step === 'signature') [step, wanted] = ['fields', 2]
    else if (step === 'fields') [step, wanted] = bytes.readInt16BE(0) === -1 ? ['end', Infinity] : ['nameLength', 4]
    else if (step === 'nameLength') [step, wanted] = ['name', bytes.readInt32BE(0)]
    else if (step === 'name') [step, wanted, name] = ['length', 4, bytes.toString()]
    else if (step === 'length') [step, wanted] = ['bytes', bytes.readInt32BE(0)]
    else if (step === 'bytes') {
      take(name, bytes)
      ;[step, wanted] = ['fields', 2]
    }
  }

  return {
    push(part: Buffer) {
      waiting.push(part)
      size += part.length
      while (size >= wanted) advance(cut(wanted))
    },
  }
}

type Stale = { kind: FactKind; day: string; changed_seq: number }

/** Days whose bytes are older than their facts, those that changed longest ago first. */
export async function findStale(db: Db, limit: number): Promise<Stale[]> {
  const { rows } = await sql<Stale>`
    select kind, day::text as day, changed_seq from report_chunk where built_seq < changed_seq
    order by changed_seq limit ${limit}`.execute(db)
  return rows
}

/** Writes a day's facts as bytes, as they were when it last changed. Two who do it at once write the same. */
export async function buildChunk(db: Db, { kind, day, changed_seq: seq }: Stale) {
  const [columns = toColumns(kind, day, [])] = await findColumns(db, kind, [day], seq)
  await sql`update report_chunk set bytes = ${pack(columns)}, built_seq = ${seq}, waits_until = ${lastEnd(columns)}
    where kind = ${kind} and day = ${day}::date and built_seq < ${seq}`.execute(db)
}

/** When the last stretch of waiting that began that day ended; for ever while one goes on. */
function lastEnd({ day, times: [since, , until] }: Columns): string | null {
  if (!since || !until) return null
  let last = 0
  for (const [index, length] of until.entries()) {
    if (length === 0) return 'infinity'
    last = Math.max(last, since[index]! - 1 + length - 1)
  }
  return new Date(Date.parse(day) + last).toISOString()
}
