import { randomBytes } from 'node:crypto'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { ReceiverInput } from '#shared/contract/deliveries.ts'
import {
  getReceiver,
  getSecret,
  insertReceiver,
  insertSecret,
  lockReceiver,
  type ReceiverRow,
  updateReceiver,
} from './receivers.queries.ts'

type Input = ReceiverInput & { clientId: string }

const makeSecret = () => randomBytes(32).toString('base64url')
const hourMs = 3_600_000

/** The secret is read back rather than kept in the receipt: a repeat shows it again, and it is stored once. */
export async function addReceiver({ db, now }: Deps, caller: Caller, { clientId, ...input }: Input) {
  const { receiverId, secretId } = await once(
    db,
    { clientId, personId: caller.id, operation: 'add receiver' },
    async (tx) => {
      const receiverId = newId()
      await insertReceiver(tx, receiverId, input, now())
      const secretId = await insertSecret(tx, receiverId, makeSecret(), { now: now(), oldEndsAt: now() })
      const data = { platforms: input.platforms, sources: input.sources, isActive: input.isActive }
      await appendEvents(tx, [{ kind: 'receiver.added', by: caller, subject: subjectOf(receiverId), data }])
      return { receiverId, secretId }
    },
  )
  return { receiver: await getReceiver(db, receiverId, now()), secret: await getSecret(db, secretId) }
}

export async function changeReceiver(
  { db, now }: Deps,
  caller: Caller,
  receiverId: string,
  { clientId, ...input }: Input,
) {
  await once(db, { clientId, personId: caller.id, operation: `change receiver ${receiverId}` }, async (tx) => {
    const before = await lockReceiver(tx, receiverId)
    if (!before) throw notFound(receiverId)
    await updateReceiver(tx, receiverId, input, now())
    const data = { changed: changesOf(before, input), isActive: input.isActive }
    await appendEvents(tx, [{ kind: 'receiver.changed', by: caller, subject: subjectOf(receiverId), data }])
    return {}
  })
  return { receiver: await getReceiver(db, receiverId, now()) }
}

export async function rotateSecret(
  { db, now }: Deps,
  caller: Caller,
  receiverId: string,
  { clientId, overlapHours }: { clientId: string; overlapHours: number },
) {
  const { secretId } = await once(
    db,
    { clientId, personId: caller.id, operation: `rotate ${receiverId}` },
    async (tx) => {
      if (!(await lockReceiver(tx, receiverId))) throw notFound(receiverId)
      const oldEndsAt = new Date(now().getTime() + overlapHours * hourMs)
      const secretId = await insertSecret(tx, receiverId, makeSecret(), { now: now(), oldEndsAt })
      const data = { secretId, overlapHours }
      await appendEvents(tx, [{ kind: 'receiver.secret_rotated', by: caller, subject: subjectOf(receiverId), data }])
      return { secretId }
    },
  )
  return { receiver: await getReceiver(db, receiverId, now()), secret: await getSecret(db, secretId) }
}

const notFound = (receiverId: string) => new AppError('not_found', `No receiver ${receiverId}.`)
const subjectOf = (id: string) => ({ kind: 'receiver', id })

/** The names of the fields: an address may hold what is nobody's business. */
function changesOf(before: ReceiverRow, input: ReceiverInput): string[] {
  const { name, url, platforms, sources, is_active } = before
  const was: ReceiverInput = { name, url, platforms, sources, isActive: is_active }
  return (Object.keys(was) as (keyof ReceiverInput)[]).filter((key) => String(was[key]) !== String(input[key]))
}
