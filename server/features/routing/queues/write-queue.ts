import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type {
  addQueue as addEndpoint,
  changeQueue as changeEndpoint,
  orderQueues as orderEndpoint,
} from '#shared/contract/routing.ts'
import { lockRouting } from '../in-force.queries.ts'
import { insertReckoning } from '../reckoning/reckoning.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { findQueueNames, findQueueSettings, insertQueue, lockQueue, putOrder, updateQueue } from './queues.queries.ts'

/** Makes a queue; its id is the beginning of its name in Latin letters, so that addresses can be read. */
export function addQueue({ db }: Deps, caller: Caller, { clientId, ...input }: z.output<typeof addEndpoint.body>) {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'add queue' }, async (tx) => {
    await lockRouting(tx)
    const known = await findQueueNames(tx)
    requireOwnName(known, input.name, null)
    const id = idFor(
      input.name,
      known.map((queue) => queue.id),
    )
    await insertQueue(tx, { id, ...toColumns(input) })
    await appendEvents(tx, [
      { kind: 'queue.added', by: caller, subject: { kind: 'queue', id, version: 1 }, data: toCodes(input) },
    ])
    return (await findQueueSettings(tx, id))[0]!
  })
}

/**
 * Changes what is set for a queue. Reviews that wait keep their due times, or are reckoned anew by and by: the event says
 * which.
 */
export function changeQueue(
  { db, now }: Deps,
  caller: Caller,
  queueId: string,
  { clientId, version, waiting, ...input }: z.output<typeof changeEndpoint.body>,
) {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: `change queue ${queueId}` }, async (tx) => {
    await lockRouting(tx)
    const before = await requireQueue(tx, queueId, version)
    requireOwnName(await findQueueNames(tx), input.name, queueId)
    const settings = (await findQueueSettings(tx, queueId))[0]!
    if (settings.isLastResort && input.languages.length > 0) {
      throw fault('languages', 'What no rule fits waits here, in whatever language.')
    }
    const columns = toColumns(input)
    const old = toCodes({
      name: before.name,
      targetMs: before.target_ms,
      sourceTargets: before.source_targets,
      languages: before.languages,
    })
    const after = toCodes(input)
    if (JSON.stringify(old) === JSON.stringify(after)) return settings
    const changed = await updateQueue(tx, queueId, columns)
    const isTimed = old.targetMs !== after.targetMs || text(old.sourceTargets) !== text(after.sourceTargets)
    const reckons = isTimed && waiting === 'reckon'
    if (reckons) await insertReckoning(tx, { kind: 'due', queueId, by: caller.id, at: now() })
    await appendEvents(tx, [
      {
        kind: 'queue.changed',
        by: caller,
        subject: { kind: 'queue', id: queueId, version: changed },
        data: { before: old, after, ...(isTimed && { waiting: reckons ? 'reckon' : 'keep' }) },
      },
    ])
    return (await findQueueSettings(tx, queueId))[0]!
  })
}

export function orderQueues(
  { db }: Deps,
  caller: Caller,
  { clientId, queueIds }: z.output<typeof orderEndpoint.body>,
): Promise<Record<string, never>> {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'order queues' }, async (tx) => {
    await lockRouting(tx)
    const known = (await findQueueNames(tx)).filter((queue) => queue.retired_at === null).map(({ id }) => id)
    if ([...known].sort().join('\n') !== [...queueIds].sort().join('\n')) {
      throw fault('queueIds', 'Every queue stands in the order, once.')
    }
    if (known.join('\n') === queueIds.join('\n')) return {}
    await putOrder(tx, queueIds)
    const subject = { kind: 'queue', id: 'order' }
    await appendEvents(tx, [{ kind: 'queue.ordered', by: caller, subject, data: { queueIds } }])
    return {}
  })
}

/** @throws AppError `not_found`, `version_changed` */
export async function requireQueue(tx: Tx, queueId: string, version: number) {
  const queue = await lockQueue(tx, queueId)
  if (!queue) throw new AppError('not_found', `No queue ${queueId}.`)
  if (queue.version !== version) {
    throw new AppError('version_changed', `The queue ${queueId} is at version ${queue.version}.`)
  }
  return queue
}

type Settings = Omit<z.output<typeof addEndpoint.body>, 'clientId'>

const toColumns = ({ name, targetMs, sourceTargets, languages }: Settings) => ({
  name,
  target_ms: targetMs,
  source_targets: sourceTargets,
  languages: [...new Set(languages)],
})

/** For the log. The name of a queue is a code of the house, not the text of a person. */
const toCodes = ({ name, targetMs, sourceTargets, languages }: Settings) => ({
  name,
  targetMs,
  sourceTargets,
  languages: [...new Set(languages)],
})

const text = (targets: object) => JSON.stringify(Object.entries(targets).sort())

function requireOwnName(known: { id: string; name: string }[], name: string, own: string | null) {
  if (known.some((queue) => queue.id !== own && queue.name.toLowerCase() === name.toLowerCase())) {
    throw fault('name', 'Another queue is called so.')
  }
}

function idFor(name: string, known: string[]): string {
  const latin = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  const isFree = latin !== '' && !known.includes(latin) && !reserved.includes(latin)
  return isFree ? latin : `${latin || 'queue'}-${newId().slice(-8)}`
}

/** The subject of the event that tells of the order. */
const reserved = ['order']

const fault = (path: string, message: string) =>
  new AppError('invalid_request', 'The queue does not fit.', [{ path, message }])
