import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import { errorCode } from '#server/start-fault.ts'

/** Longer transactions would delay the event log, shorter ones cost more round trips. */
export const itemsPerTransaction = 500
const attempts = 8

/** Another transaction took one of the items in while this one was at work; it has ended, so look again. */
export class TakenMeanwhile extends Error {
  override name = 'TakenMeanwhile'
}

export function cut<Item>(items: Item[], length: number): Item[][] {
  const parts: Item[][] = []
  for (let start = 0; start < items.length; start += length) parts.push(items.slice(start, start + length))
  return parts
}

/** What sent items become, in their order: a result or a refusal each. */
export type Take<Item, Result> = (tx: Tx, items: Item[]) => Promise<(Result | AppError)[]>

/** Takes items in, so many in a transaction, one transaction after the other. */
export async function takeInParts<Item, Result>(
  db: Db,
  items: Item[],
  take: Take<Item, Result>,
): Promise<(Result | AppError)[]> {
  const results: (Result | AppError)[] = []
  for (const part of cut(items, itemsPerTransaction)) results.push(...(await takeOrSplit(db, part, take)))
  return results
}

/** When the database refuses a part for what one of its items holds, halves it until that one is found. */
async function takeOrSplit<Item, Result>(
  db: Db,
  items: Item[],
  take: Take<Item, Result>,
): Promise<(Result | AppError)[]> {
  if (items.length === 0) return []
  try {
    return await takeWithRetries(db, items, take)
  } catch (error) {
    if (!isAboutData(error)) throw error
    if (items.length === 1) return [new AppError('invalid_request', 'The database cannot hold what this says.')]
    const middle = Math.ceil(items.length / 2)
    return [
      ...(await takeOrSplit(db, items.slice(0, middle), take)),
      ...(await takeOrSplit(db, items.slice(middle), take)),
    ]
  }
}

async function takeWithRetries<Item, Result>(db: Db, items: Item[], take: Take<Item, Result>) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((tx) => take(tx, items))
    } catch (error) {
      if (attempt === attempts || !isCollision(error)) throw error
      await sleep(Math.random() * 20 * attempt)
    }
  }
}

/** Somebody else was faster with one of these rows (serialisation, deadlock, a unique key): worth another try. */
function isCollision(error: unknown): boolean {
  return error instanceof TakenMeanwhile || ['40001', '40P01', '23505'].includes(errorCode(error) ?? '')
}

/** Data exceptions, broken constraints and exceeded limits, by their SQLSTATE classes. */
function isAboutData(error: unknown): boolean {
  return ['22', '23', '54'].includes(errorCode(error)?.slice(0, 2) ?? '')
}
