import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportRow } from './exports.queries.ts'

export type KeptFile = {
  name: string
  path: string
  write: (bytes: Buffer) => Promise<void>
  /** Puts the whole file in its place, on the disk for good. */
  complete: () => Promise<void>
  remove: () => Promise<void>
}

const part = '.part'

/** The file of one attempt. Its name is the attempt's own, so that two that hold each other for dead do not meet. */
export async function keepFile(folder: string, { id, format }: ExportRow, attemptId: string): Promise<KeptFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `${id}.${attemptId}.${format}`
  const path = join(folder, name)
  const handle = await open(path + part, 'w', 0o600)
  return {
    name,
    path,
    write: (bytes) => handle.writeFile(bytes),
    async complete() {
      await handle.sync()
      await handle.close()
      await rename(path + part, path)
    },
    async remove() {
      await handle.close().catch(() => {})
      await removeFile(folder, name)
    },
  }
}

export async function removeFile(folder: string, name: string) {
  await rm(join(folder, name), { force: true })
  await rm(join(folder, name + part), { force: true })
}

/** Files that were last written before that time: what belongs to no export among them was left by a process that died. */
export async function findOldFiles(folder: string, before: Date): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const old: string[] = []
  for (const name of names) {
    const { mtime } = await stat(join(folder, name)).catch(() => ({ mtime: new Date() }))
    if (mtime < before) old.push(name)
  }
  return old
}
