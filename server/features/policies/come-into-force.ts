import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { noteInForce } from './in-force.queries.ts'

/** Notes, and writes into the log, which versions came into force by that time. Returns how many. */
export async function comeIntoForce(tx: Tx, at: Date): Promise<number> {
  const begun = await noteInForce(tx, at)
  await appendEvents(
    tx,
    begun.map(({ id, version, isRetired }) => ({
      kind: isRetired ? 'policy.retired' : 'policy.came_into_force',
      by: null,
      subject: { kind: 'policy', id, version },
    })),
  )
  return begun.length
}
