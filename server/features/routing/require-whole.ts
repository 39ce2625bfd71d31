import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'

/**
 * Routing leads from every source to every queue: who sees some queues only can neither judge it nor change it.
 *
 * @throws AppError `forbidden`
 */
export function requireWhole(caller: Caller) {
  if (caller.scope.queues !== null) throw new AppError('forbidden', 'This is for those who see every queue.')
}
