import { open, rename, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { StartFault } from '#server/start-fault.ts'
import { ExportFormat, ExportKind, Period } from '#shared/contract/exports.ts'
import { Language } from '#shared/contract/preferences.ts'
import { getExportRow } from './exports.queries.ts'
import { type ExportRequest, readFilter } from './plan-export.ts'
import { toManifest } from './to-export.ts'
import { type Exported, exportRows } from './write-export.ts'

type Options = Pick<ExportRequest, 'kind' | 'format' | 'filter' | 'period' | 'language'> & { file: string }

/** Writes the export beside the file and puts it in its place when it is whole; what was there stays until then. */
export async function exportToFile(
  deps: Pick<Deps, 'db' | 'now' | 'log'>,
  { file, signal, ...asked }: Options & { signal: AbortSignal },
): Promise<Exported> {
  const { timeZone } = await getOrganisation(deps.db)
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    const write = (bytes: Buffer) => handle.writeFile(bytes)
    const exported = await exportRows(deps, { ...asked, timeZone, showsReporters: true, by: null, signal, write })
    await handle.sync()
    await handle.close()
    await rename(part, file)
    await writeManifest(deps.db, exported.id, file)
    return exported
  } catch (error) {
    await handle.close()
    await rm(part, { force: true })
    throw error
  }
}

async function writeManifest(db: Db, id: string, file: string) {
  const row = await getExportRow(db, id)
  const manifest = { ...toManifest(row), file: basename(file) }
  await writeFile(`${file}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
}

const Arguments = z.looseObject({
  kind: ExportKind,
  format: ExportFormat,
  out: z.string().min(1),
  fileLanguage: Language.default('en'),
  /** `name=value`, for filters that have no option of their own. */
  filter: z.array(z.string().regex(/^\w+=/, 'Is not name=value.')).default([]),
  ...Period.shape,
})

/**
 * What the command line says, as `exportToFile` takes it.
 *
 * @throws StartFault that names every argument that is wrong
 */
export function readExportArguments(input: Record<string, unknown>): Options {
  const parsed = Arguments.safeParse(input)
  if (!parsed.success) throw refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const { kind, format, out, from, to, fileLanguage, filter: pairs, ...named } = parsed.data
  const filter = { ...named, ...readPairs(pairs) }
  try {
    return { kind, format, file: out, filter: readFilter(kind, filter), period: { from, to }, language: fileLanguage }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw refuse(error.issues?.map(({ path, message }) => `${path}: ${message}`) ?? [error.message])
  }
}

function readPairs(pairs: string[]): Record<string, string | string[]> {
  const values = Map.groupBy(pairs, (pair) => pair.slice(0, pair.indexOf('=')))
  return Object.fromEntries(
    [...values].map(([name, all]) => {
      const texts = all.map((pair) => pair.slice(name.length + 1))
      return [name, texts.length === 1 ? texts[0]! : texts]
    }),
  )
}

const refuse = (faults: string[]) => new StartFault(`The export cannot be made. ${faults.join('; ')}`)
