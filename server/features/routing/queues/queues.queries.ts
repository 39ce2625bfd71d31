import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { QueueTable } from '#server/db/schema/routing.ts'
import type { QueueSettings } from '#shared/contract/routing.ts'
import type { SourceKind } from '#shared/domain/words.ts'

const mostCounted = 10_000

type Row = {
  id: string
  name: string
  version: number
  target_ms: number
  source_targets: Partial<Record<SourceKind, number>>
  languages: string[]
  retired_at: Date | null
  waiting: number
  rules: number
  is_last_resort: boolean
  people: string[]
}

/** In their order, those that were retired last. */
export async function findQueueSettings(db: Db | Tx, only?: string): Promise<QueueSettings[]> {
  const { rows } = await sql<Row>`
    select queue.id, queue.name, queue.version, queue.target_ms, queue.source_targets, queue.languages, queue.retired_at,
      (select count(*)::int from (select from review where review.queue_id = queue.id and review.state <> 'decided'
        limit ${mostCounted + 1}) as waiting) as waiting,
      (select count(*)::int from jsonb_array_elements(force.rules) as rule where rule ->> 'queueId' = queue.id) as rules,
      force.last_resort_id = queue.id as is_last_resort,
      array(select person.id from auth."user" as person
        where person."disabledAt" is null and not person."isProgram" and person.role in ('reviewer', 'supervisor')
          and (exists (select from queue_member as taken
              where taken.person_id = person.id and taken.queue_id = queue.id and taken.may_take)
            or (person."seesAllQueues" and not exists (select from queue_member as named where named.person_id = person.id)))
        order by lower(person.name), person.id) as people
    from queue, (select rules, last_resort_id from rule_set order by version desc limit 1) as force
    where ${only === undefined ? sql`true` : sql`queue.id = ${only}`}
    order by queue.retired_at is not null, queue.position, queue.id`.execute(db)
  return rows.map(toQueueSettings)
}

const toQueueSettings = (row: Row): QueueSettings => ({
  id: row.id,
  name: row.name,
  version: row.version,
  targetMs: row.target_ms,
  sourceTargets: row.source_targets,
  languages: row.languages,
  retiredAt: row.retired_at?.toISOString() ?? null,
  waiting: { value: Math.min(row.waiting, mostCounted), exact: row.waiting <= mostCounted },
  ruleCount: row.rules,
  isLastResort: row.is_last_resort,
  people: row.people,
})

/** Nothing new comes into it until the transaction ends. */
export function lockQueue(tx: Tx, id: string): Promise<Selectable<QueueTable> | undefined> {
  return tx.selectFrom('queue').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export function findQueueNames(tx: Tx) {
  return tx.selectFrom('queue').select(['id', 'name', 'retired_at']).orderBy('position').execute()
}

export async function insertQueue(
  tx: Tx,
  queue: Pick<Selectable<QueueTable>, 'id' | 'name' | 'target_ms' | 'languages' | 'source_targets'>,
) {
  await tx
    .insertInto('queue')
    .values((eb) => ({
      ...queue,
      source_targets: JSON.stringify(queue.source_targets),
      position: eb.selectFrom('queue').select(sql<number>`coalesce(max(position), 0) + 1`.as('next')),
    }))
    .execute()
}

type Change = Partial<
  Pick<Selectable<QueueTable>, 'name' | 'target_ms' | 'languages' | 'source_targets' | 'retired_at'>
>

/** @returns the new version */
export async function updateQueue(tx: Tx, id: string, { source_targets, ...change }: Change): Promise<number> {
  const { version } = await tx
    .updateTable('queue')
    .set((eb) => ({
      ...change,
      ...(source_targets && { source_targets: JSON.stringify(source_targets) }),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function putOrder(tx: Tx, ids: string[]) {
  await sql`
    update queue set position = place.position
    from unnest(${ids}::text[]) with ordinality as place (id, position) where queue.id = place.id`.execute(tx)
}

export async function hasWaiting(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from review where queue_id = ${id} and state <> 'decided' limit 1`.execute(tx)
  return rows.length > 0
}

/** Whether rules in force, or a draft of them, lead there. */
export async function isLedTo(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from (
      (select rules, last_resort_id from rule_set order by version desc limit 1)
      union all select rules, last_resort_id from rule_draft
    ) as led where led.last_resort_id = ${id}
      or led.rules @> jsonb_build_array(jsonb_build_object('queueId', ${id}::text))`.execute(tx)
  return rows.length > 0
}
