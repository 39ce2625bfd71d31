import { createHmac } from 'node:crypto'

/**
 * The headers that let a receiver know who sent the body and when: HMAC-SHA-256 over `timestamp.body` for each secret
 * that counts at this moment. `at` is the time of this try, in whole seconds.
 */
export function signedHeaders({ id, body }: { id: string; body: string }, secrets: readonly string[], at: Date) {
  const timestamp = Math.floor(at.getTime() / 1_000)
  const sign = (secret: string) => `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Docket',
    'docket-event-id': id,
    'docket-timestamp': String(timestamp),
    'docket-signature': secrets.map(sign).join(','),
  }
}
