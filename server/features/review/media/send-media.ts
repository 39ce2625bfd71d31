import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { openRedacted } from '#server/media/redacted.ts'
import { errorCode } from '#server/start-fault.ts'
import type { Variant } from '#shared/contract/media.ts'
import { type Look, plainLook } from '#shared/domain/redaction.ts'
import { hashGrant } from './reveal-media.ts'
import { getShownMedia, spendGrant } from './reveals.queries.ts'

/** What the derivatives are made as, whatever the original is. */
const derivativeMime = 'image/webp'

/** Somebody went away in the middle, or before the first byte. */
const readerGone = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE']

type Asked = {
  sha256: string
  variant: Variant
  grant: string | undefined
  look: Look | undefined
  known: string | undefined
}

/**
 * Sends the bytes of one variant to somebody who may see a review that shows them. A derivative may be kept by the
 * browser, since its address says what it is and how it looks, and is not sent again to one that has it; the rest is sent once, against a grant, and kept nowhere. A reader who
 * goes away in the middle is no fault.
 *
 * @throws AppError `not_found` also while a derivative is still being made
 */
export async function sendMedia({ db, mediaStore, now }: Deps, caller: Caller, asked: Asked, res: Response) {
  const { sha256, variant, grant, look = plainLook } = asked
  const media = await getShownMedia(db, sha256, caller.scope)
  if (!media) throw new AppError('not_found', `No media ${sha256}.`)
  if (media.is_restricted && !caller.scope.seesRestricted)
    throw new AppError('forbidden', `Media ${sha256} is restricted.`)
  const needsGrant = variant === 'display' || variant === 'original'
  if (needsGrant && grant === undefined) throw new AppError('forbidden', 'This variant needs a grant.')
  const file = needsGrant
    ? await mediaStore.open(sha256, variant)
    : await openRedacted(mediaStore, sha256, variant, look)
  if (!file) throw new AppError('not_found', `There is no ${variant} of ${sha256}.`)
  if (needsGrant && grant !== undefined) {
    const use = { grantSha256: hashGrant(grant), personId: caller.id, sha256, variant, now: now() }
    if (!(await spendGrant(db, use))) throw new AppError('forbidden', 'The grant was used, ran out, or is not yours.')
  }
  const tag = `"${variant}.${look}"`
  if (!needsGrant) {
    res.set({ etag: tag, 'cache-control': 'private, max-age=86400, immutable' })
    if (asked.known === tag) return void res.status(304).end()
  }
  res.set({
    'content-type': variant === 'original' ? media.mime : derivativeMime,
    'content-length': String(file.size),
    ...(needsGrant && { 'cache-control': 'no-store' }),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  })
  await pipeline(file.stream(), res).catch((error) => {
    if (!readerGone.includes(errorCode(error) ?? '')) throw error
  })
}
