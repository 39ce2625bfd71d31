import { redactedSrc } from '#client/api/look.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import type { Look } from '#shared/domain/redaction.ts'

/** By review: held on to, so that the browser keeps what it decoded. */
const kept = new Map<string, HTMLImageElement[]>()

/** Addresses of what the desk draws of a review, in the look of the person at the screen. Nothing of what is restricted, and never an original. */
function picturesOf({ review, snapshot }: ReviewDetail, look: Look): string[] {
  if (review.isRestricted) return []
  const hashes = snapshot.media.flatMap(({ kind, sha256, state, isRestricted }) =>
    kind === 'image' && sha256 && state === 'ready' && !isRestricted ? [sha256] : [],
  )
  const variants = snapshot.media.length > 1 ? (['redacted', 'thumbnail'] as const) : (['redacted'] as const)
  return variants.flatMap((variant) => hashes.map((sha256) => redactedSrc(sha256, variant, look)))
}

/** Fetches and decodes the redacted copies of a review that comes soon. */
export async function warmPictures(detail: ReviewDetail, look: Look) {
  if (kept.has(detail.review.id)) return
  const images = picturesOf(detail, look).map((src) => Object.assign(new Image(), { src }))
  kept.set(detail.review.id, images)
  // What does not load is tried again by the desk itself, which says so.
  await Promise.allSettled(images.map((image) => image.decode?.()))
}

export function coolPictures(reviewId: string) {
  kept.delete(reviewId)
}
