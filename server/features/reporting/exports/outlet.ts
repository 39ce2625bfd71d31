import { createHash } from 'node:crypto'
import type { Put } from './formats/format.ts'

/** Hands the pieces of a file on, but for the last one, which waits until it is on record what the file is. */
export function createOutlet(write: Put) {
  const hash = createHash('sha256')
  let bytes = 0
  let held: Buffer | null = null
  return {
    async put(piece: Buffer) {
      if (piece.length === 0) return
      hash.update(piece)
      bytes += piece.length
      const ready = held
      held = piece
      if (ready) await write(ready)
    },
    facts: () => ({ bytes, sha256: hash.digest('hex') }),
    async release() {
      if (held) await write(held)
      held = null
    },
  }
}
