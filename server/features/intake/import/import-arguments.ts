import { z } from 'zod'
import { StartFault } from '#server/start-fault.ts'
import { type ImportField, importFields } from '#shared/domain/import-fields.ts'

const Arguments = z.object({
  source: z.string().optional(),
  map: z.array(z.string()),
  set: z.array(z.string()),
  dryRun: z.boolean().optional(),
  rejects: z.string().optional(),
})

/** @throws StartFault when a field is not one of those that a column can say. */
export function readImportArguments(options: Record<string, unknown>) {
  const { source, map, set, dryRun, rejects } = Arguments.parse(options)
  return {
    sourceName: source,
    mapping: readPairs('--map', map),
    constants: readPairs('--set', set),
    isDryRun: dryRun,
    rejects,
  }
}

function readPairs(option: string, pairs: string[]): Partial<Record<ImportField, string>> {
  const entries = pairs.map((pair): [ImportField, string] => {
    const at = pair.indexOf('=')
    const field = importFields.find((each) => each === pair.slice(0, at))
    if (field) return [field, pair.slice(at + 1)]
    throw new StartFault(`${option} takes FIELD=…, where FIELD is one of: ${importFields.join(', ')}.`)
  })
  return Object.fromEntries(entries)
}
