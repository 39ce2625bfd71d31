import { isUtf8 } from 'node:buffer'
import { AppError } from '#server/http/errors.ts'

/** Longer lines are refused, unread: the limit of one flag, its inline files included. */
export const maxLineBytes = 2_000_000

/** One line that holds something. `line` counts all lines, empty ones too, from 1. */
export type Line = { line: number; text: string } | { line: number; refused: AppError; text: string | null }

const newline = 0x0a

/**
 * Cuts a stream of bytes into lines, and gives those that end in one chunk together. No more of a line is held in memory
 * than the limit of one.
 */
export async function* ndjsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let parts: Uint8Array[] = []
  let size = 0
  let number = 0
  const take = (part: Uint8Array) => {
    size += part.length
    if (size <= maxLineBytes) parts.push(part)
    else parts = []
  }
  const end = () => {
    number += 1
    const line = size > maxLineBytes ? tooLong(number) : toLine(number, Buffer.concat(parts))
    parts = []
    size = 0
    return line ? [line] : []
  }
  for await (const chunk of chunks) {
    const lines: Line[] = []
    let start = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, at))
      start = at + 1
      lines.push(...end())
    }
    take(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  yield end()
}

function toLine(line: number, bytes: Buffer): Line | null {
  if (!isUtf8(bytes)) {
    const refused = new AppError('invalid_request', 'The line is not UTF-8.')
    return { line, refused, text: null }
  }
  const text = bytes.toString('utf8').replace(/\r$/, '')
  const content = line === 1 ? text.replace(/^\uFEFF/, '') : text
  return content.trim() === '' ? null : { line, text: content }
}

function tooLong(line: number): Line {
  const refused = new AppError('payload_too_large', `The line has more than ${maxLineBytes} bytes.`)
  return { line, refused, text: null }
}
