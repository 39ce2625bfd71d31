import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import {
  claimFetches,
  type Fetch,
  setFetched,
  setFetchFailure,
  showFetched,
} from '#server/media/fetch-media.queries.ts'
import { keepMedia } from '#server/media/keep-media.ts'
import { mayFetchFrom } from '#server/net/may-fetch-from.ts'
import { RequestFault, type RequestFaultReason, safeRequest } from '#server/net/safe-request.ts'
import { uploadMedia } from '#shared/contract/media.ts'

type Needs = Pick<Deps, 'db' | 'mediaStore' | 'now' | 'settings' | 'log'>

const atOnce = 4
const timeoutMs = 30_000
/** A fetch that is not finished so long after its time limit belongs to a process that was killed. */
const graceMs = 60_000
/** How long to wait after each failure that may pass; then it is given up. */
const waitsMs = [60_000, 300_000, 1_800_000, 7_200_000]
const mayPass: readonly RequestFaultReason[] = ['unknown_host', 'timed_out', 'broken']

/**
 * Fetches files that posts named by their address, from the hosts that are configured. What is found is kept as if it had
 * been uploaded, beside the snapshot, which stays as it was frozen. Returns how many fetches ended. Several processes may
 * run it at once.
 */
export async function fetchMedia(deps: Needs): Promise<number> {
  const { db, now, settings } = deps
  if (settings.fetchMediaFrom.length === 0) return 0
  for (let ended = 0; ; ) {
    const until = new Date(now().getTime() + timeoutMs + graceMs)
    const due = await claimFetches(db, { now: now(), until, limit: atOnce })
    await Promise.all(due.map((fetch) => fetchOne(deps, fetch)))
    ended += due.length
    if (due.length < atOnce) return ended
  }
}

async function fetchOne(deps: Needs, fetch: Fetch) {
  const { db, log } = deps
  try {
    const bytes = await download(deps, fetch.url)
    const { sha256 } = await keepMedia(deps, { bytes, by: null, now: deps.now() })
    await db.transaction().execute(async (tx) => {
      await setFetched(tx, fetch, sha256)
      const reviews = await showFetched(tx, fetch.snapshot_id)
      const data = { sha256, position: fetch.position, snapshotId: fetch.snapshot_id }
      await appendEvents(tx, [
        { kind: 'media.fetched', by: null, subject: { kind: 'snapshot', id: fetch.snapshot_id }, data },
        ...reviews.map((review) => ({
          kind: 'review.media_fetched',
          by: null,
          subject: { kind: 'review', id: review.id, version: review.version },
          data,
        })),
      ])
    })
  } catch (error) {
    const fault = toFault(error)
    if (!fault) log.error({ err: error, snapshotId: fetch.snapshot_id }, 'a file could not be fetched')
    const wait = fault && !fault.mayPass ? undefined : waitsMs[fetch.fetch_attempts - 1]
    const again = wait === undefined ? null : new Date(deps.now().getTime() + wait)
    await db
      .transaction()
      .execute((tx) => setFetchFailure(tx, fetch, fault?.message ?? 'The file could not be kept.', again))
  }
}

async function download({ settings }: Needs, url: string): Promise<Buffer> {
  const { status, body } = await safeRequest(url, {
    maxBytes: uploadMedia.maxBytes,
    timeoutMs,
    allowPrivate: settings.privateHosts,
    mayVisit: mayFetchFrom(settings.fetchMediaFrom),
  })
  if (status === 200) return body
  const isTemporary = status >= 500 || status === 429 || status === 408
  throw new RequestFault(isTemporary ? 'broken' : 'not_allowed', `The server answered ${status}.`)
}

/** Null for what is our own fault. */
function toFault(error: unknown): { message: string; mayPass: boolean } | null {
  if (error instanceof RequestFault) return { message: error.message, mayPass: mayPass.includes(error.reason) }
  if (error instanceof AppError && error.code !== 'internal') return { message: error.message, mayPass: false }
  return null
}
