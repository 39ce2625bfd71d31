import { addressOf, type CallArgs } from '#client/api/call.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'

/** Sends what must still arrive when the page is closing. Nobody is left to read the answer; it ends when there is one. */
export function sendLast<E extends Endpoint>(endpoint: E, args: CallArgs<E>): Promise<void> {
  const { body } = args as { body?: unknown }
  return fetch(addressOf(endpoint, args), {
    method: endpoint.method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
    credentials: 'same-origin',
    keepalive: true,
  }).then(
    () => {},
    () => {
      // Offline: a lease ends by itself, and a reveal without an end stands in the log as it is.
    },
  )
}
