import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '#server/http/errors.ts'
import { StartFault } from '#server/start-fault.ts'
import type { LineOutcome } from '../receive-lines.ts'
import type { RejectRows } from './reject-rows.ts'

/** Where an import writes refused rows. */
export function rejectsFile(path: string, rows: RejectRows) {
  let file: FileHandle | null = null
  return {
    /** Made with the first refusal. @throws StartFault when it cannot be. */
    async write(outcomes: LineOutcome<unknown>[]) {
      const refused = outcomes.filter(({ result }) => result instanceof AppError)
      if (refused.length === 0) return
      if (!file) {
        file = await create(path)
        await file.appendFile(rows.header)
      }
      await file.appendFile(refused.map(rows.row).join(''))
    },
    /** Null when nothing was refused. */
    path: () => (file ? path : null),
    async close() {
      await file?.close()
    },
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartFault(
      `Lines were refused, and ${path} cannot be written to hold them: ${reason}. Name another file.`,
    )
  }
}
