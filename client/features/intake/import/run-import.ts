import { call } from '#client/api/call.ts'
import { type ImportReading, type ImportShape, importPart, previewImport } from '#shared/contract/imports.ts'
import { textOf } from './file-text.ts'

/** So many characters travel at once: some thousand rows, a second or so of work. */
const partCharacters = 1_000_000
const longestPart = 4_000_000

/** A first look at a file, under the reading that somebody chose, or the one that is proposed. */
export async function lookAt(file: File, reading: Partial<ImportReading>, signal: AbortSignal) {
  const first = await textOf(file).next()
  const { text, bytes } = first.done ? { text: '', bytes: 0 } : first.value
  const body = {
    text: text.slice(0, partCharacters),
    isWhole: bytes >= file.size && text.length <= partCharacters,
    reading,
  }
  return call(previewImport, { body, signal })
}

export type Progress = {
  read: number
  added: number
  duplicates: number
  rejected: number
  /** 0 to 1, of the file. */
  share: number
}

export type Run = { file: File; shape: ImportShape; reading: ImportReading; isDryRun: boolean }

export const noProgress: Progress = { read: 0, added: 0, duplicates: 0, rejected: 0, share: 0 }

type Options = { signal: AbortSignal; onProgress: (progress: Progress, rejects: string[]) => void }

/**
 * Sends a file part after part; each begins where the whole rows of the one before ended. `rejects` are the refused rows
 * in the file's own columns, their header first.
 */
export async function runImport({ file, shape, reading, isDryRun }: Run, { signal, onProgress }: Options) {
  const importId = crypto.randomUUID()
  const rejects: string[] = []
  let progress = noProgress
  let rest = ''
  let line = 1
  let least = partCharacters
  for await (const { text, bytes } of textOf(file)) {
    rest += text
    const isLast = bytes >= file.size
    while (rest !== '' && (isLast || rest.length >= least)) {
      const part = rest.slice(0, Math.min(least, longestPart))
      const body = {
        importId,
        shape,
        reading,
        isDryRun,
        text: part,
        line,
        isLast: isLast && part.length === rest.length,
      }
      const done = await call(importPart, { body, signal })
      // A row longer than the part: ask again with more of it.
      least = done.consumed === 0 ? least * 2 : partCharacters
      rest = rest.slice(done.consumed)
      line = done.line
      if (done.rejects !== '') rejects.push(...(rejects.length === 0 ? [done.rejectsHeader] : []), done.rejects)
      progress = {
        read: progress.read + done.read,
        added: progress.added + done.added,
        duplicates: progress.duplicates + done.duplicates,
        rejected: progress.rejected + done.rejected,
        share: isLast && rest === '' ? 1 : Math.max(0, bytes - rest.length) / Math.max(1, file.size),
      }
      onProgress(progress, rejects)
      if (done.consumed === 0 && body.isLast) return
    }
  }
}
