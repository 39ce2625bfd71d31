import type { Deps } from '#server/http/deps.ts'
import { findOldFiles, removeFile } from './export-files.ts'
import { findExpired, findKept } from './exports.queries.ts'

const strayMs = 86_400_000

/** Removes files whose time is over, and what processes that died left behind. Returns how many. Safe in several processes. */
export async function tidyExports({ db, now, settings }: Pick<Deps, 'db' | 'now' | 'settings'>): Promise<number> {
  const folder = settings.exportsDir
  const expired = await findExpired(db, now())
  for (const { file } of expired) if (file) await removeFile(folder, file)
  const old = await findOldFiles(folder, new Date(Date.now() - strayMs))
  const kept = await findKept(db, [...new Set(old.map((name) => name.slice(0, 36)))])
  const stray = old.filter((name) => !kept.has(name.slice(0, 36)))
  for (const name of stray) await removeFile(folder, name)
  return expired.length
}
