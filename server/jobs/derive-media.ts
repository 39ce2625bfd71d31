import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import sharp from 'sharp'
import type { Db } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import { derive } from '#server/media/derive.ts'
import { aloneInDerivation, findPendingMedia, type PendingMedia, setDerived } from '#server/media/media.queries.ts'
import { putRedacted, redactedName } from '#server/media/redacted.ts'
import type { MediaStore } from '#server/media/store.ts'
import { type Look, lookOf } from '#shared/domain/redaction.ts'

type Deps = { db: Db; mediaStore: MediaStore; log: Logger }

const picturesAtOnce = 20
const idleMs = 1_000

// One thread: a picture takes a tenth of a second, and lists are read meanwhile.
sharp.concurrency(1)

/**
 * Makes the derivatives of stored pictures until stopped, one picture after the other: at once when `onWake` tells of a
 * change, and by itself every second. What is left to do is in the table alone (`media.state = 'pending'`), so that a
 * process that dies leaves nothing undone, and several processes take turns.
 */
export function deriveMedia(deps: Deps, { onWake }: { onWake?: (listener: () => void) => () => void } = {}) {
  const stopped = new AbortController()
  let wake = () => {}
  const forgetWake = onWake?.(() => wake()) ?? (() => {})
  const loop = run()
  return {
    async stop() {
      stopped.abort()
      wake()
      forgetWake()
      await loop
    },
  }

  async function run() {
    while (!stopped.signal.aborted) {
      const woken = new Promise<void>((settle) => {
        wake = settle
      })
      try {
        await aloneInDerivation(deps.db, () => deriveWaiting(deps, stopped.signal))
      } catch (err) {
        if (!stopped.signal.aborted) deps.log.error({ err }, 'pictures could not be looked for')
      }
      await Promise.race([woken, sleep(idleMs, undefined, { signal: stopped.signal, ref: false }).catch(() => {})])
    }
  }
}

/** Makes every derivative that is missing now: for samples and tests. Waits for another process that is at it. */
export async function deriveAllPending(deps: Deps): Promise<void> {
  while (!(await aloneInDerivation(deps.db, () => deriveWaiting(deps)))) await sleep(50)
}

async function deriveWaiting(deps: Deps, signal?: AbortSignal) {
  let after: PendingMedia | null = null
  for (;;) {
    const waiting: PendingMedia[] = await findPendingMedia(deps.db, { after, limit: picturesAtOnce })
    const looks = waiting.length > 0 ? await findLooks(deps.db) : []
    for (const media of waiting) {
      if (signal?.aborted) return
      await deriveOne(deps, media.sha256, looks)
      after = media
    }
    if (waiting.length < picturesAtOnce) return
  }
}

/** Those of the organisation; what a person chose for themselves is made when they first look. */
async function findLooks(db: Db): Promise<Look[]> {
  const { general, byKind } = (await getOrganisation(db)).redaction
  return [...new Set([general, ...Object.values(byKind)].map(lookOf))]
}

/** What the picture itself is to blame for is recorded with it; what the machine is to blame for is tried again later. */
async function deriveOne({ db, mediaStore, log }: Deps, sha256: string, looks: readonly Look[]) {
  const outcome = await makeDerivatives(mediaStore, sha256, looks).catch((err) => {
    log.error({ err, sha256 }, 'a picture could not be derived')
    return null
  })
  if (!outcome) return
  const { failure, hashes } = outcome
  await db.transaction().execute(async (tx) => {
    if (!(await setDerived(tx, sha256, { state: failure ? 'failed' : 'ready', failure }))) return
    const kind = failure ? 'media.derivation_failed' : 'media.derived'
    await appendEvents(tx, [{ kind, by: null, subject: { kind: 'media', id: sha256 }, data: hashes }])
  })
}

async function makeDerivatives(mediaStore: MediaStore, sha256: string, looks: readonly Look[]) {
  const original = await mediaStore.open(sha256, 'original')
  if (!original) return { failure: 'The original is missing.', hashes: {} }
  const bytes = await buffer(original.stream())
  const derived = await derive(bytes, looks).catch((error: Error) => error)
  if (derived instanceof Error) return { failure: derived.message.split('\n')[0]!, hashes: {} }
  await mediaStore.put(sha256, 'display', derived.display)
  const hashes: Record<string, string> = { display: hash(derived.display) }
  for (const [look, pictures] of derived.redacted) {
    await putRedacted(mediaStore, sha256, look, pictures)
    for (const variant of ['redacted', 'thumbnail'] as const) {
      hashes[redactedName(variant, look)] = hash(pictures[variant])
    }
  }
  return { failure: null, hashes }
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
