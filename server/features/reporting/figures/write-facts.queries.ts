import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { columnsAndRows, rowsOf } from '#server/db/rows.ts'
import type { FactKind } from './columns.ts'
import type { ReviewState, Written } from './fold.ts'

const place = { queue: 'text', clause: 'text', language: 'text', platform: 'text', source: 'text' } as const
const moment = { seq: 'bigint', at: 'timestamptz' } as const

/** Writes what a batch brought. Answers the days whose facts it changed, by the kind of fact. */
export async function writeFacts(tx: Tx, write: Written): Promise<Changed[]> {
  const changed = new Map<string, Changed>()
  const mark = (kind: FactKind, rows: readonly { at: Date }[]) => {
    for (const { at } of rows) {
      const day = at.toISOString().slice(0, 10)
      changed.set(`${kind} ${day}`, { kind, day })
    }
  }
  await insertReviews(tx, [...write.touched])
  mark('flag', await insertFlags(tx, write))
  mark('wait', await writeWaits(tx, write))
  mark('decision', await writeDecisions(tx, write))
  mark('reveal', await writeReveals(tx, write))
  await writeAppeals(tx, write)
  for (const [kind, rows] of await writeRestrictions(tx, write)) mark(kind, rows)
  return [...changed.values()]
}

export type Changed = { kind: FactKind; day: string }
type At = { at: Date }

async function insertReviews(tx: Tx, states: ReviewState[]) {
  if (states.length === 0) return
  const columns = {
    review_id: 'uuid',
    ...place,
    is_order: 'boolean',
    is_restricted: 'boolean',
    opened_at: 'timestamptz',
    looked_at: 'timestamptz',
    wait_seq: 'bigint',
  } as const
  await sql`insert into report_review ${columnsAndRows(states, columns)}
    on conflict (review_id) do update set queue = excluded.queue, clause = excluded.clause, is_order = excluded.is_order,
      is_restricted = excluded.is_restricted, looked_at = excluded.looked_at, wait_seq = excluded.wait_seq`.execute(tx)
}

async function insertFlags(tx: Tx, { flags }: Written): Promise<At[]> {
  if (flags.length === 0) return []
  const columns = { ...moment, flag_id: 'uuid', review_id: 'uuid', ...place } as const
  await sql`insert into report_flag ${columnsAndRows(flags, columns)}`.execute(tx)
  return flags
}

async function writeWaits(tx: Tx, { waits, voided, voids, ends }: Written): Promise<At[]> {
  if (waits.length > 0) {
    const columns = { ...moment, review_id: 'uuid', is_opening: 'boolean', opened_at: 'timestamptz', ...place } as const
    await sql`insert into report_wait ${columnsAndRows(waits, columns)}`.execute(tx)
  }
  if (voids.length > 0) {
    await sql`insert into report_voided_end (wait_seq, at, seq, void_seq)
      select report_wait.seq, report_wait.ended_at, report_wait.ended_seq, voided.void_seq
      from ${rowsOf(voids, { wait_seq: 'bigint', void_seq: 'bigint' })} as voided
      join report_wait on report_wait.seq = voided.wait_seq where report_wait.ended_seq is not null`.execute(tx)
  }
  if (voided.length > 0) {
    const columns = { wait_seq: 'bigint', ...moment, void_seq: 'bigint' } as const
    await sql`insert into report_voided_end ${columnsAndRows(voided, columns)}`.execute(tx)
  }
  const last = [...ends.values()]
  if (last.length === 0) return waits
  const { rows } = await sql<At>`update report_wait set ended_at = last.at, ended_seq = last.seq
    from ${rowsOf(last, { wait_seq: 'bigint', ...moment })} as last
    where report_wait.seq = last.wait_seq returning report_wait.at`.execute(tx)
  return [...waits, ...rows]
}

async function writeDecisions(tx: Tx, { decisions, effects, undone, overturns }: Written): Promise<At[]> {
  if (decisions.length > 0) {
    const columns = {
      ...moment,
      decision_id: 'uuid',
      review_id: 'uuid',
      ...place,
      outcome: 'text',
      measure: 'text',
      account_status: 'text',
      is_first: 'boolean',
      is_order: 'boolean',
      has_media: 'boolean',
      opened_at: 'timestamptz',
      looked_at: 'timestamptz',
      due_at: 'timestamptz',
    } as const
    await sql`insert into report_decision ${columnsAndRows(decisions, columns)}`.execute(tx)
  }
  const changed: At[] = [...decisions]
  const id = { decision_id: 'uuid' } as const
  if (effects.length > 0) {
    const { rows } = await sql<At>`update report_decision set effect_at = first.at, effect_seq = first.seq
      from (select distinct on (decision_id) * from ${rowsOf(effects, { ...id, ...moment })} as each
        order by decision_id, seq) as first
      where report_decision.decision_id = first.decision_id and effect_seq is null
      returning report_decision.at`.execute(tx)
    changed.push(...rows)
  }
  if (undone.length > 0) {
    const { rows } = await sql<At>`update report_decision set undone_seq = back.seq
      from ${rowsOf(undone, { ...id, seq: 'bigint' })} as back
      where report_decision.decision_id = back.decision_id returning report_decision.at`.execute(tx)
    changed.push(...rows)
  }
  if (overturns.length > 0) {
    const { rows } = await sql<At>`with new as (
        insert into report_overturn ${columnsAndRows(overturns, { ...id, seq: 'bigint', by_decision_id: 'uuid' })}
        returning decision_id)
      select at from report_decision where decision_id in (select decision_id from new)`.execute(tx)
    changed.push(...rows)
  }
  if (undone.length > 0) {
    const { rows } = await sql<At>`with back as (
        update report_overturn set void_seq = back.seq from ${rowsOf(undone, { ...id, seq: 'bigint' })} as back
        where by_decision_id = back.decision_id returning report_overturn.decision_id)
      select at from report_decision where decision_id in (select decision_id from back)`.execute(tx)
    changed.push(...rows)
  }
  return changed
}

async function writeReveals(tx: Tx, { reveals, hidden }: Written): Promise<At[]> {
  if (reveals.length > 0) {
    const columns = { ...moment, reveal_id: 'uuid', review_id: 'uuid', person_id: 'text', ...place } as const
    await sql`insert into report_reveal ${columnsAndRows(reveals, columns)}`.execute(tx)
  }
  if (hidden.length === 0) return reveals
  const columns = { reveal_id: 'uuid', seq: 'bigint', shown_ms: 'bigint' } as const
  const { rows } = await sql<At>`update report_reveal set shown_ms = over.shown_ms, hidden_seq = over.seq
    from ${rowsOf(hidden, columns)} as over
    where report_reveal.reveal_id = over.reveal_id and hidden_seq is null returning report_reveal.at`.execute(tx)
  return [...reveals, ...rows]
}

/** Appeals are few: they are counted as they are. */
async function writeAppeals(tx: Tx, { appeals, answers, lifts, reopened }: Written) {
  if (appeals.length > 0) {
    await sql`insert into report_appeal (seq, at, appeal_id, review_id, queue, clause, language, platform, source, outcome,
        measure, account_status)
      select filed.seq, filed.at, filed.appeal_id, decided.review_id, decided.queue, decided.clause, decided.language,
        decided.platform, decided.source, decided.outcome, decided.measure, decided.account_status
      from ${rowsOf(appeals, { ...moment, appeal_id: 'uuid', decision_id: 'uuid' })} as filed
      join report_decision as decided on decided.decision_id = filed.decision_id`.execute(tx)
  }
  // In their order: one that is taken back and answered again is two answers.
  const steps = [
    ...answers.map((answer) => ({ seq: answer.seq, run: () => insertAnswer(tx, answer) })),
    ...lifts.map((lift) => ({ seq: lift.seq, run: () => addLift(tx, lift) })),
    ...reopened.map((back) => ({ seq: back.seq, run: () => takeBack(tx, back) })),
  ]
  for (const { run } of steps.toSorted((a, b) => a.seq - b.seq)) await run()
}

async function insertAnswer(tx: Tx, { seq, at, appeal_id, answer, wrongly_down_ms: down }: Written['answers'][number]) {
  await sql`insert into report_answer (seq, at, appeal_id, answer, wrongly_down_ms, down_seq)
    values (${seq}, ${at}, ${appeal_id}, ${answer}, ${down}, ${down === null ? null : seq})`.execute(tx)
}

async function addLift(tx: Tx, { appeal_id, seq, wrongly_down_ms }: Written['lifts'][number]) {
  await sql`update report_answer set wrongly_down_ms = ${wrongly_down_ms}, down_seq = ${seq}
    where appeal_id = ${appeal_id} and void_seq is null and down_seq is null`.execute(tx)
}

async function takeBack(tx: Tx, { appeal_id, seq }: Written['reopened'][number]) {
  await sql`update report_answer set void_seq = ${seq}
    where appeal_id = ${appeal_id} and void_seq is null`.execute(tx)
}

async function writeRestrictions(tx: Tx, { restrictions }: Written): Promise<[FactKind, At[]][]> {
  if (restrictions.length === 0) return []
  const columns = { review_id: 'uuid', seq: 'bigint', is_restricted: 'boolean' } as const
  await sql`insert into report_restriction ${columnsAndRows(restrictions, columns)} on conflict do nothing`.execute(tx)
  const ids = [...new Set(restrictions.map(({ review_id }) => review_id))]
  const tables = { wait: 'report_wait', decision: 'report_decision', reveal: 'report_reveal' } as const
  const found: [FactKind, At[]][] = []
  for (const [kind, table] of Object.entries(tables)) {
    const { rows } = await sql<At>`select at from ${sql.table(table)} where review_id = any(${ids}::uuid[])`.execute(tx)
    found.push([kind as FactKind, rows])
  }
  // Flags have an index by review in their own table.
  const { rows } = await sql<At>`select received_at as at from flag where review_id = any(${ids}::uuid[])`.execute(tx)
  return [...found, ['flag', rows]]
}

export async function markChanged(tx: Tx, changed: Changed[], seq: number) {
  if (changed.length === 0) return
  await sql`insert into report_chunk (kind, day, changed_seq)
    select each.kind, each.day::date, ${seq}::bigint from ${rowsOf(changed, { kind: 'text', day: 'text' })} as each
    on conflict (kind, day) do update set changed_seq = excluded.changed_seq`.execute(tx)
}
