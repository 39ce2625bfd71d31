import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { ReceiverTable } from '#server/db/schema/deliveries.ts'
import type { Receiver, ReceiverInput } from '#shared/contract/deliveries.ts'
import type { Subject } from '../subjects.queries.ts'

export type ReceiverRow = Selectable<ReceiverTable>

export function findActiveReceivers(tx: Tx): Promise<ReceiverRow[]> {
  return tx.selectFrom('receiver').selectAll().where('is_active', '=', true).orderBy('id').execute()
}

/** Whether this receiver is told of decisions on this subject. */
export function serves(
  { platforms, sources }: Pick<ReceiverRow, 'platforms' | 'sources'>,
  subject: Pick<Subject, 'platform' | 'sources'>,
): boolean {
  if (platforms.length === 0 && sources.length === 0) return true
  return platforms.includes(subject.platform) || sources.some((source) => subject.sources.includes(source))
}

/** Which active receivers have been told of these decisions, or are about to be; by the decision's id. */
export async function findReceiversTold(tx: Tx, decisionIds: string[]): Promise<Map<string, string[]>> {
  const rows = await tx
    .selectFrom('delivery')
    .innerJoin('receiver', 'receiver.id', 'delivery.receiver_id')
    .select(['delivery.decision_id', 'delivery.receiver_id'])
    .where('delivery.decision_id', 'in', decisionIds)
    .where('delivery.measure_id', 'is', null)
    .where('receiver.is_active', '=', true)
    .orderBy('delivery.number')
    .execute()
  const grouped = Map.groupBy(rows, (row) => row.decision_id)
  return new Map([...grouped].map(([id, group]) => [id, group.map((row) => row.receiver_id)]))
}

/** The secrets a message is signed with at this moment, the newest first: two while one is being changed. */
export async function findSecrets(db: Db | Tx, receiverId: string, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('receiver_secret')
    .select('secret')
    .where('receiver_id', '=', receiverId)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => row.secret)
}

/** By name; those that are switched off last. */
export async function findReceivers(db: Db | Tx, now: Date): Promise<Receiver[]> {
  const rows = await selectReceivers(db, now).execute()
  return rows.map(toReceiver)
}

export async function getReceiver(db: Db | Tx, receiverId: string, now: Date): Promise<Receiver> {
  return toReceiver(await selectReceivers(db, now).where('receiver.id', '=', receiverId).executeTakeFirstOrThrow())
}

function selectReceivers(db: Db | Tx, now: Date) {
  const counted = (condition: string) =>
    sql<number>`(select count(*)::int from delivery where delivery.receiver_id = receiver.id and ${sql.raw(condition)})`
  return db
    .selectFrom('receiver')
    .selectAll('receiver')
    .select([
      counted(`state in ('pending', 'sending')`).as('waiting'),
      counted(`state = 'failed'`).as('failed'),
      sql<Date | null>`(select changed_at from delivery
        where delivery.receiver_id = receiver.id and state = 'delivered'
        order by number desc limit 1)`.as('last_delivered_at'),
      sql<Date>`(select max(made_at) from receiver_secret where receiver_id = receiver.id)`.as('secret_made_at'),
      sql<Date | null>`(select max(ends_at) from receiver_secret
        where receiver_id = receiver.id and ends_at > ${now})`.as('old_secret_ends_at'),
    ])
    .orderBy('receiver.is_active', 'desc')
    .orderBy('receiver.name')
    .orderBy('receiver.id')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectReceivers>['execute']>>[number]

function toReceiver(row: Row): Receiver {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    platforms: row.platforms,
    sources: row.sources,
    isActive: row.is_active,
    madeAt: row.made_at.toISOString(),
    secretMadeAt: row.secret_made_at.toISOString(),
    oldSecretEndsAt: row.old_secret_ends_at?.toISOString() ?? null,
    waiting: row.waiting,
    failed: row.failed,
    lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
  }
}

const toColumns = ({ name, url, platforms, sources, isActive }: ReceiverInput) => ({
  name,
  url,
  platforms,
  sources,
  is_active: isActive,
})

export async function insertReceiver(tx: Tx, id: string, input: ReceiverInput, now: Date) {
  await tx
    .insertInto('receiver')
    .values({ id, ...toColumns(input), made_at: now, changed_at: now })
    .execute()
}

/** The receiver, locked until the transaction ends. */
export function lockReceiver(tx: Tx, receiverId: string): Promise<ReceiverRow | undefined> {
  return tx.selectFrom('receiver').selectAll().where('id', '=', receiverId).forNoKeyUpdate().executeTakeFirst()
}

export async function updateReceiver(tx: Tx, receiverId: string, input: ReceiverInput, now: Date) {
  await tx
    .updateTable('receiver')
    .set({ ...toColumns(input), changed_at: now })
    .where('id', '=', receiverId)
    .execute()
}

/** Makes a secret the newest one; the one before it counts until `oldEndsAt`, older ones no more. Answers its id. */
export async function insertSecret(
  tx: Tx,
  receiverId: string,
  secret: string,
  { now, oldEndsAt }: { now: Date; oldEndsAt: Date },
): Promise<string> {
  await sql`
    update receiver_secret set ends_at = case when ends_at is null then ${oldEndsAt}::timestamptz else ${now} end
    where receiver_id = ${receiverId} and (ends_at is null or ends_at > ${now})`.execute(tx)
  const id = newId()
  await tx
    .insertInto('receiver_secret')
    .values({ id, receiver_id: receiverId, secret, made_at: now, ends_at: null })
    .execute()
  return id
}

export async function getSecret(db: Db, secretId: string): Promise<string> {
  const row = await db
    .selectFrom('receiver_secret')
    .select('secret')
    .where('id', '=', secretId)
    .executeTakeFirstOrThrow()
  return row.secret
}
