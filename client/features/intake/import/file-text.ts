/** The file is text of no encoding that we read. */
export class NotText extends Error {
  override name = 'NotText'
}

const pieceBytes = 1_000_000

/** A file as text, piece by piece, without its byte order mark. `bytes` is how much of the file was read. @throws NotText */
export async function* textOf(file: File): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = new TextDecoder(await encodingOf(file), { fatal: true })
  try {
    for (let start = 0; start < file.size; start += pieceBytes) {
      const end = Math.min(start + pieceBytes, file.size)
      const bytes = await file.slice(start, end).arrayBuffer()
      yield { text: decoder.decode(bytes, { stream: end < file.size }), bytes: end }
    }
  } catch (error) {
    if (error instanceof TypeError) throw new NotText()
    throw error
  }
}

async function encodingOf(file: File): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
