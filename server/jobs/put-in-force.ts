import { comeIntoForce } from '#server/features/policies/come-into-force.ts'
import type { Deps } from '#server/http/deps.ts'

/** Notes versions of clauses whose date has come. Returns how many. Several processes may run it at once. */
export function putInForce({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  return db.transaction().execute((tx) => comeIntoForce(tx, now()))
}
