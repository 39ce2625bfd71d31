import { copyFile, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Deps } from '#server/http/deps.ts'
import type { ExportRow } from '../exports.queries.ts'
import { getExportRow } from '../exports.queries.ts'
import { toManifest } from '../to-export.ts'
import type { Written } from '../write-rows.ts'
import { openFolder } from './export-folder.ts'
import { getSchedule } from './schedules.queries.ts'

type Made = Written & { bytes: number; sha256: string; path: string }

/**
 * Copies a whole file to the folder of its schedule, and its manifest beside it: each appears at once, or not at all. Once
 * more writes the same again.
 *
 * @throws AppError `no_export_folder`
 */
export async function deliverToFolder(
  { db, now, settings }: Pick<Deps, 'db' | 'now' | 'settings'>,
  { id, schedule_id }: ExportRow,
  { path, ...made }: Made,
) {
  const schedule = await getSchedule(db, schedule_id!)
  const row = await getExportRow(db, id)
  const folder = await openFolder(settings.exportFolder, schedule.folder)
  const file = `${schedule.name}_${row.period_from}_${row.period_to}.${row.format}`
  const manifest = {
    ...toManifest({ ...row, row_count: made.rows, ended_at: now() }),
    file,
    bytes: made.bytes,
    sha256: made.sha256,
    rowsSha256: made.rowsSha256,
  }
  await putInPlace(join(folder, file), (part) => copyFile(path, part))
  await putInPlace(join(folder, `${file}.manifest.json`), async (part) => {
    const handle = await open(part, 'w', 0o640)
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`).finally(() => handle.close())
  })
}

async function putInPlace(path: string, write: (part: string) => Promise<void>) {
  const part = `${path}.part`
  await write(part)
  const handle = await open(part, 'r+')
  await handle.sync().finally(() => handle.close())
  await rename(part, path)
}
