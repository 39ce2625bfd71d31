import { open, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import type { Filter } from '#server/features/review/list/filter.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { StartFault } from '#server/start-fault.ts'
import { ExportKind } from '#shared/contract/exports.ts'
import { ReviewFilter } from '#shared/contract/review-filter.ts'
import { type Exported, exportRows } from './write-export.ts'

type Options = { kind: ExportKind; file: string; filter: Filter; signal: AbortSignal }

/** Writes the export beside the file and puts it in its place when it is whole; what was there stays until then. */
export async function exportToFile(
  deps: Pick<Deps, 'db' | 'now' | 'log'>,
  { kind, file, filter, signal }: Options,
): Promise<Exported> {
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    const write = (bytes: Buffer) => handle.writeFile(bytes)
    const exported = await exportRows(deps, { kind, filter, by: null, signal, write })
    await handle.sync()
    await handle.close()
    await rename(part, file)
    return exported
  } catch (error) {
    await handle.close()
    await rm(part, { force: true })
    throw error
  }
}

const Arguments = ReviewFilter.omit({ mine: true, forMe: true }).extend({
  kind: ExportKind,
  format: z.literal('csv'),
  out: z.string().min(1),
})

/**
 * What the command line says, as `exportToFile` takes it.
 *
 * @throws StartFault that names every argument that is wrong
 */
export function readExportArguments(input: Record<string, unknown>): Omit<Options, 'signal'> {
  const parsed = Arguments.safeParse(input)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new StartFault(`The export cannot be made. ${faults.join('; ')}`)
  }
  const { kind, format: _, out, ...filter } = parsed.data
  return { kind, file: out, filter }
}
