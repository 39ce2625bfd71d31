import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { dayAt, quarterMs } from './days.ts'
import { all, isAsked, msBetween } from './facts.queries.ts'
import type { Plan } from './volume.ts'

/** On `report_answer` as `answer`: it was given and not taken back. */
export const isAnswered = (seq: number): RawBuilder<boolean> =>
  sql<boolean>`(answer.seq <= ${seq} and (answer.void_seq is null or answer.void_seq > ${seq}))`

export const downMs = (seq: number): RawBuilder<number | null> =>
  sql<number | null>`case when answer.down_seq <= ${seq} then answer.wrongly_down_ms end`

type Answer = { answer: string; took: number; down: number | null }

/** Appeals filed and answered in the period. They are few beside decisions: counted as they are. */
export async function findAppeals(db: Db, plan: Omit<Plan, 'by'>, seq: number) {
  const { starts, names } = plan.days
  const [from, to] = [new Date(starts[0]! * quarterMs), new Date(starts.at(-1)! * quarterMs)]
  const asked = all(isAsked('fact', plan, seq))
  const [filed, answers] = await Promise.all([
    sql<{ at: Date }>`select fact.at from report_appeal as fact
      where fact.seq <= ${seq} and fact.at >= ${from} and fact.at < ${to} and ${asked}`.execute(db),
    sql<Answer>`
      select answer.answer, ${msBetween(sql`fact.at`, sql`answer.at`)} as took, ${downMs(seq)} as down
      from report_answer as answer join report_appeal as fact on fact.appeal_id = answer.appeal_id
      where ${isAnswered(seq)} and answer.at >= ${from} and answer.at < ${to} and ${asked}`.execute(db),
  ])
  const filedOn = new Uint32Array(names.length)
  for (const { at } of filed.rows) filedOn[dayAt(plan.days, Math.floor(at.getTime() / quarterMs))]! += 1
  return { filedOn, answers: answers.rows.map((row) => ({ ...row, took: Math.max(0, row.took) })) }
}
