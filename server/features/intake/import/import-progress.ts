import { AppError } from '#server/http/errors.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import type { LineOutcome } from '../receive-lines.ts'

export type ImportSummary = { read: number; added: number; duplicates: number; rejected: number; perSecond: number }
export type Screen = { write: (text: string) => unknown; isTTY?: boolean | undefined }

const terminalMs = 200
const plainMs = 5_000

/** Counts an import and shows how it goes: in one line of a terminal, or as a plain line every few seconds. */
export function importProgress(screen: Screen, { totalBytes, isDryRun }: { totalBytes: number; isDryRun: boolean }) {
  const started = performance.now()
  let shown = started
  const counts = { read: 0, added: 0, duplicates: 0, rejected: 0 }
  const summary = (): ImportSummary => ({
    ...counts,
    perSecond: Math.round(counts.read / Math.max((performance.now() - started) / 1000, 0.001)),
  })

  return {
    add(outcomes: LineOutcome<FlagResult>[], bytesRead: number) {
      counts.read += outcomes.length
      for (const { result } of outcomes) {
        if (result instanceof AppError) counts.rejected += 1
        else if (result.isDuplicate) counts.duplicates += 1
        else counts.added += 1
      }
      if (performance.now() - shown < (screen.isTTY ? terminalMs : plainMs)) return
      shown = performance.now()
      const percent = totalBytes > 0 ? Math.floor((bytesRead / totalBytes) * 100) : 100
      const line = `${percent} %  ${count(counts.read)} lines read, ${count(summary().perSecond)} a second`
      screen.write(screen.isTTY ? `\r${line}\u001b[K` : `${line}\n`)
    },

    end({ rejectsPath, isStopped }: { rejectsPath: string | null; isStopped: boolean }): ImportSummary {
      const { read, added, duplicates, rejected, perSecond } = summary()
      const lines = [
        `${count(read)} lines read, ${count(perSecond)} a second${isStopped ? '; stopped before the end' : ''}`,
        isDryRun ? `${count(added)} would be added` : `${count(added)} added`,
        `${count(duplicates)} were there already`,
        `${count(rejected)} refused${rejectsPath ? `: see ${rejectsPath}` : ''}`,
      ]
      screen.write(`${screen.isTTY ? '\r\u001b[K' : ''}${lines.join('\n')}\n`)
      return { read, added, duplicates, rejected, perSecond }
    },
  }
}

function count(value: number) {
  return value.toLocaleString('en')
}
