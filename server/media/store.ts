import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '#server/db/id.ts'
import type { Variant } from '#shared/contract/media.ts'
import type { Look } from '#shared/domain/redaction.ts'

/** What is kept of a file: the original, and what was made of it. */
export type StoredName = Variant | `${'thumbnail' | 'redacted'}.${Look}`
export type StoredFile = { size: number; stream: () => Readable }

/** Where media bytes are kept, by the SHA-256 of the original. What is there is never altered. */
export type MediaStore = {
  /** Keeps the bytes; a second put under the same name changes nothing. */
  put: (sha256: string, name: StoredName, bytes: Buffer) => Promise<void>
  /** Null when it is not there. */
  open: (sha256: string, name: StoredName) => Promise<StoredFile | null>
}

/** A folder on this machine. Files appear whole: they are written aside, then renamed; originals survive a power failure. */
export function folderStore(root: string): MediaStore {
  const path = (sha256: string, name: StoredName) => join(root, sha256.slice(0, 2), sha256, name)
  const sizeOf = (file: string) =>
    stat(file)
      .then((found) => found.size)
      .catch(() => null)
  return {
    async put(sha256, name, bytes) {
      const file = path(sha256, name)
      if ((await sizeOf(file)) !== null) return
      await mkdir(dirname(file), { recursive: true })
      const aside = `${file}.${newId()}`
      try {
        await writeFile(aside, bytes, { flush: name === 'original' })
        await rename(aside, file)
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
    },
    async open(sha256, name) {
      const file = path(sha256, name)
      const size = await sizeOf(file)
      return size === null ? null : { size, stream: () => createReadStream(file) }
    },
  }
}
