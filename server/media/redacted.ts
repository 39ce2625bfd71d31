import { buffer } from 'node:stream/consumers'
import { type Look, plainLook } from '#shared/domain/redaction.ts'
import { deriveLook, type Redacted } from './derive.ts'
import type { MediaStore, StoredFile } from './store.ts'

/** Under what name a redacted copy is kept. */
export const redactedName = (variant: keyof Redacted, look: Look) =>
  look === plainLook ? variant : (`${variant}.${look}` as const)

export async function putRedacted(store: MediaStore, sha256: string, look: Look, { redacted, thumbnail }: Redacted) {
  await store.put(sha256, redactedName('redacted', look), redacted)
  await store.put(sha256, redactedName('thumbnail', look), thumbnail)
}

/** Looks under way, each made once for all who wait for it. */
const underWay = new Map<string, Promise<boolean>>()
/** One after the other: lists are read meanwhile. */
let last: Promise<unknown> = Promise.resolve()

/**
 * A redacted copy in one look. One that nobody asked for before is made now, from the copy to be shown, and kept: a few
 * hundredths of a second. Null while the picture itself was not derived.
 */
export async function openRedacted(
  store: MediaStore,
  sha256: string,
  variant: keyof Redacted,
  look: Look,
): Promise<StoredFile | null> {
  const name = redactedName(variant, look)
  const kept = await store.open(sha256, name)
  if (kept) return kept
  const key = `${sha256} ${look}`
  let making = underWay.get(key)
  if (!making) {
    making = last.then(() => make(store, sha256, look)).finally(() => underWay.delete(key))
    last = making.catch(() => {})
    underWay.set(key, making)
  }
  return (await making) ? store.open(sha256, name) : null
}

async function make(store: MediaStore, sha256: string, look: Look): Promise<boolean> {
  const display = await store.open(sha256, 'display')
  if (!display) return false
  await putRedacted(store, sha256, look, await deriveLook(await buffer(display.stream()), look))
  return true
}
