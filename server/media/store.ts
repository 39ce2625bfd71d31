import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '#server/db/id.ts'
import type { Variant } from '#shared/contract/media.ts'

/** Where media bytes are kept, by the SHA-256 of the original. What is there is never altered. */
export type MediaStore = {
  /** Keeps the bytes; a second put under the same name changes nothing. */
  put: (sha256: string, variant: Variant, bytes: Buffer) => Promise<void>
  /** Null when it is not there. */
  open: (sha256: string, variant: Variant) => Promise<{ size: number; stream: () => Readable } | null>
}

/** A folder on this machine. Files appear whole: they are written aside, then renamed; originals survive a power failure. */
export function folderStore(root: string): MediaStore {
  const path = (sha256: string, variant: Variant) => join(root, sha256.slice(0, 2), sha256, variant)
  const sizeOf = (file: string) =>
    stat(file)
      .then((found) => found.size)
      .catch(() => null)
  return {
    async put(sha256, variant, bytes) {
      const file = path(sha256, variant)
      if ((await sizeOf(file)) !== null) return
      await mkdir(dirname(file), { recursive: true })
      const aside = `${file}.${newId()}`
      try {
        await writeFile(aside, bytes, { flush: variant === 'original' })
        await rename(aside, file)
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
    },
    async open(sha256, variant) {
      const file = path(sha256, variant)
      const size = await sizeOf(file)
      return size === null ? null : { size, stream: () => createReadStream(file) }
    },
  }
}
