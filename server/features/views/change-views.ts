import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import {
  type changeView as changeEndpoint,
  mostViews,
  type saveView as saveEndpoint,
  type ViewId,
  type ViewQuery,
} from '#shared/contract/views.ts'
import { may } from '#shared/domain/permissions.ts'
import { countViewsOf, lockView, putOrder, putView, removeView, toView } from './views.queries.ts'

/**
 * Saves a list under a name. Others' work does not depend on it, but a shared view says what everybody looks at, so the
 * log tells who made, changed and deleted it, not what it is called.
 *
 * @throws AppError `too_many_views`, or `forbidden` to share
 */
export function saveView({ db, now }: Deps, caller: Caller, { clientId, ...view }: z.output<typeof saveEndpoint.body>) {
  return once(db, { clientId, personId: caller.id, operation: 'save view' }, async (tx) => {
    if (view.isShared) requireShare(caller)
    await requireRoom(tx, caller, view.isShared)
    const at = now()
    const { isShared: is_shared, ...content } = view
    const row = await putView(tx, {
      id: newId(),
      owner_id: caller.id,
      is_shared,
      ...content,
      created_at: at,
      changed_at: at,
    })
    await log(tx, caller, 'view.saved', row.id, { isShared: is_shared })
    return toView(row, caller)
  })
}

/** @throws AppError `not_found`, `too_many_views`, or `forbidden` to share */
export function changeView(
  { db, now }: Deps,
  caller: Caller,
  viewId: ViewId,
  { isShared, ...change }: z.output<typeof changeEndpoint.body>,
) {
  return db.transaction().execute(async (tx) => {
    const before = await requireView(tx, caller, viewId)
    const is_shared = isShared ?? before.is_shared
    if (is_shared && !before.is_shared) {
      requireShare(caller)
      await requireRoom(tx, caller, true)
    }
    // Whoever takes it back from everybody has it.
    const owner_id = before.is_shared && !is_shared ? caller.id : before.owner_id
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const after = { ...before, ...given, is_shared, owner_id, changed_at: now() }
    const row = await putView(tx, after as typeof before & { query: ViewQuery })
    await log(tx, caller, 'view.changed', viewId, { isShared: is_shared, parts: Object.keys(given) })
    return toView(row, caller)
  })
}

/** @throws AppError `not_found` */
export function deleteView({ db }: Deps, caller: Caller, viewId: ViewId) {
  return db.transaction().execute(async (tx) => {
    const { is_shared } = await requireView(tx, caller, viewId)
    await removeView(tx, viewId)
    await log(tx, caller, 'view.deleted', viewId, { isShared: is_shared })
    return {}
  })
}

/** Keeps the order of one person; ids that are no views of theirs do no harm. */
export function orderViews({ db }: Deps, caller: Caller, viewIds: ViewId[]) {
  return db.transaction().execute(async (tx) => {
    await putOrder(tx, caller.id, viewIds)
    const subject = { kind: 'person', id: caller.id }
    await appendEvents(tx, [{ kind: 'person.preferences_changed', by: caller, subject, data: { parts: ['views'] } }])
    return {}
  })
}

function requireShare(caller: Caller) {
  if (!may(caller.role, 'view.share')) throw new AppError('forbidden', `The role ${caller.role} lacks view.share.`)
}

async function requireRoom(tx: Tx, caller: Caller, isShared: boolean) {
  const count = await countViewsOf(tx, isShared ? 'shared' : { ownerId: caller.id })
  if (count >= mostViews) throw new AppError('too_many_views', `${mostViews} views are the most.`)
}

async function requireView(tx: Tx, caller: Caller, viewId: string) {
  const view = await lockView(tx, viewId, caller)
  if (!view) throw new AppError('not_found', `No view ${viewId} to change.`)
  return view
}

function log(tx: Tx, by: Caller, kind: string, id: string, data: Record<string, unknown>) {
  return appendEvents(tx, [{ kind, by, subject: { kind: 'view', id }, data }])
}
