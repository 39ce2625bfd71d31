import type { Selectable } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ReceiverTable } from '#server/db/schema/deliveries.ts'
import type { Subject } from './subjects.queries.ts'

export type Receiver = Selectable<ReceiverTable>

export function findActiveReceivers(tx: Tx): Promise<Receiver[]> {
  return tx.selectFrom('receiver').selectAll().where('is_active', '=', true).orderBy('id').execute()
}

/** Whether this receiver is told of decisions on this subject. */
export function serves(
  { platforms, sources }: Pick<Receiver, 'platforms' | 'sources'>,
  subject: Pick<Subject, 'platform' | 'sources'>,
): boolean {
  if (platforms.length === 0 && sources.length === 0) return true
  return platforms.includes(subject.platform) || sources.some((source) => subject.sources.includes(source))
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
