import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import type { Receiver } from '#shared/contract/deliveries.ts'
import { may } from '#shared/domain/permissions.ts'
import { addReceiver, changeReceiver, rotateSecret } from './receivers/manage-receivers.ts'
import { findReceivers } from './receivers/receivers.queries.ts'
import { answerDelivery } from './sending/answer-delivery.ts'
import { findDeliveries } from './sending/list.queries.ts'
import { retryDelivery } from './sending/retry-delivery.ts'

/** Some put a password into the path or the query: those who do not manage receivers see only whose server it is. */
const withoutPath = (receiver: Receiver): Receiver => ({ ...receiver, url: new URL(receiver.url).origin })

export function deliveryRoutes(router: Router, deps: Deps) {
  const { db, now } = deps
  serve(router, api.listReceivers, async ({ caller }) => {
    const items = await findReceivers(db, now())
    return { items: may(caller.role, 'receiver.manage') ? items : items.map(withoutPath) }
  })
  serve(router, api.addReceiver, ({ body, caller }) => addReceiver(deps, caller, body))
  serve(router, api.changeReceiver, ({ params, body, caller }) => changeReceiver(deps, caller, params.receiverId, body))
  serve(router, api.rotateSecret, ({ params, body, caller }) => rotateSecret(deps, caller, params.receiverId, body))
  serve(router, api.listDeliveries, ({ query, caller }) => findDeliveries(db, query, caller.scope))
  serve(router, api.retryDelivery, ({ params, body, caller }) =>
    retryDelivery(deps, caller, params.deliveryId, body.clientId),
  )
  serve(router, api.answerDelivery, ({ params, body, caller }) => answerDelivery(deps, caller, params.deliveryId, body))
}
