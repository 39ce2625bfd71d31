import type { Deps } from '#server/http/deps.ts'
import { RequestFault, safeRequest } from '#server/net/safe-request.ts'
import { AnswerInput } from '#shared/contract/deliveries.ts'
import { longestAnswer } from '#shared/domain/deliveries.ts'
import { findSecrets } from '../receivers/receivers.queries.ts'
import type { Claimed } from './deliveries.queries.ts'
import type { Attempt } from './finish-attempt.ts'
import { signedHeaders } from './sign.ts'

const mostAnswerBytes = 64_000

/** One try. Any 2xx has arrived, anything else has not; no redirect is followed. */
export async function sendDelivery(
  {
    db,
    now,
    settings,
  }: Pick<Deps, 'db' | 'now'> & { settings: Pick<Deps['settings'], 'deliveryTimeoutMs' | 'privateHosts'> },
  claimed: Claimed,
  signal: AbortSignal,
): Promise<Attempt> {
  const at = now()
  try {
    const secrets = await findSecrets(db, claimed.receiver_id, at)
    const { status, body } = await safeRequest(claimed.url, {
      method: 'POST',
      headers: signedHeaders(claimed, secrets, at),
      body: claimed.body,
      maxBytes: mostAnswerBytes,
      timeoutMs: settings.deliveryTimeoutMs,
      allowPrivate: settings.privateHosts,
      signal,
    })
    if (status >= 200 && status < 300) return { kind: 'arrived', ...readAnswer(body.toString()) }
    return { kind: 'failed', why: `The receiver answered ${status}.` }
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' }
    if (error instanceof RequestFault) return { kind: 'failed', why: error.message }
    throw error
  }
}

/** An answer that is not one of ours is none: it may come later. */
function readAnswer(text: string): { answer: AnswerInput | null; note: string | null } {
  const none = { answer: null, note: null }
  if (text.trim() === '') return none
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null || !('answer' in json)) return none
    const said = 'text' in json && typeof json.text === 'string' ? { text: keepable(json.text) } : {}
    const answer = AnswerInput.safeParse({ ...json, ...said })
    return answer.success
      ? { answer: answer.data, note: null }
      : { answer: null, note: 'The answer was not understood.' }
  } catch {
    return none
  }
}

/** As PostgreSQL can hold it, and not longer than is kept. */
const keepable = (text: string) => text.replaceAll('\0', '').toWellFormed().slice(0, longestAnswer).toWellFormed()
