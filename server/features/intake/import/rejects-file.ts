import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '#server/http/errors.ts'
import { StartFault } from '#server/start-fault.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import type { LineOutcome } from '../receive-lines.ts'

/** Where an import writes refused lines: one JSON object each, with number, reason and the line itself. */
export function rejectsFile(path: string) {
  let file: FileHandle | null = null
  return {
    /** Made with the first refusal. @throws StartFault when it cannot be. */
    async write(outcomes: LineOutcome<FlagResult>[]) {
      const refused = outcomes.flatMap(({ line, text, result }) =>
        result instanceof AppError ? [describe({ line, text, reason: result })] : [],
      )
      if (refused.length === 0) return
      file ??= await create(path)
      await file.appendFile(refused.join(''))
    },
    /** Null when nothing was refused. */
    path: () => (file ? path : null),
    async close() {
      await file?.close()
    },
  }
}

function describe({ line, text, reason }: { line: number; text: string | null; reason: AppError }) {
  const { code, message, issues } = reason
  return `${JSON.stringify({ line, code, message, ...(issues && { issues }), text })}\n`
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
