import { parseFlag, parseJson } from '../parse-flag.ts'
import type { SentFlag } from '../ready-flags.ts'
import { flagOfDatasetLine, isDatasetLine } from './dataset-line.ts'
import { withoutRejectMarks } from './reject-rows.ts'

/** Whether a file that begins so holds JSON lines rather than CSV. */
export function isJson(beginning: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(beginning)
}

/** @throws AppError `invalid_request`, saying what does not fit. */
export function parseImportLine(line: string, sourceName?: string): SentFlag {
  const text = withoutRejectMarks(line)
  const value = parseJson(text)
  if (isDatasetLine(value)) return { input: flagOfDatasetLine(value, sourceName), raw: text }
  const { input, raw } = parseFlag(text)
  return { input: sourceName ? { ...input, source: { ...input.source, name: sourceName } } : input, raw }
}
