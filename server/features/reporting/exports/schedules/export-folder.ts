import { mkdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { AppError } from '#server/http/errors.ts'

/**
 * The folder of a schedule, made where it is missing. Whatever links there are, it lies below the operator's.
 *
 * @throws AppError `no_export_folder`
 */
export async function openFolder(exportFolder: string | null, folder: string): Promise<string> {
  if (!exportFolder) throw new AppError('no_export_folder', 'EXPORT_DIR names no folder.')
  // Not made by us: a disk that is not there must not be taken for an empty one.
  const base = await realpath(exportFolder).catch(() => null)
  if (!base) throw new AppError('no_export_folder', 'The folder of EXPORT_DIR is not there.')
  let path = base
  for (const name of folder.split('/').filter(Boolean)) {
    await mkdir(join(path, name), { mode: 0o750 }).catch(() => {})
    path = await realpath(join(path, name)).catch(() => '')
    if (!path.startsWith(base.endsWith(sep) ? base : base + sep)) {
      throw new AppError('no_export_folder', 'The folder is not below EXPORT_DIR, or cannot be written.')
    }
  }
  return path
}
