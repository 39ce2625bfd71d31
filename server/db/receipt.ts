import { AppError } from '#server/http/errors.ts'
import type { Db, Tx } from './connect.ts'

export type Act = { clientId: string; personId: string; operation: string }

/**
 * Runs one act of a person in one transaction, exactly once: a repeat with the same client id answers as the first
 * did and changes nothing. A repeat that arrives while the first is under way waits for it. Nothing is kept when the
 * act is refused.
 *
 * @throws AppError `invalid_request` when the id was used for another operation.
 */
export function once<Reply>(db: Db, act: Act, run: (tx: Tx) => Promise<Reply>): Promise<Reply> {
  return db.transaction().execute(async (tx) => {
    const isFirst = await tx
      .insertInto('receipt')
      .values({ client_id: act.clientId, person_id: act.personId, operation: act.operation, reply: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    const receipt = tx
      .selectFrom('receipt')
      .select(['operation', 'reply'])
      .where('client_id', '=', act.clientId)
      .where('person_id', '=', act.personId)
    if (Number(isFirst.numInsertedOrUpdatedRows) === 0) {
      const { operation, reply } = await receipt.executeTakeFirstOrThrow()
      if (operation !== act.operation) {
        throw new AppError('invalid_request', 'This client id belongs to another act.', [
          { path: 'clientId', message: 'Was used for another operation.' },
        ])
      }
      return reply as Reply
    }
    const reply = await run(tx)
    await tx
      .updateTable('receipt')
      .set({ reply: JSON.stringify(reply) })
      .where('client_id', '=', act.clientId)
      .where('person_id', '=', act.personId)
      .execute()
    return reply
  })
}
