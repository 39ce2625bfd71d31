import { randomBytes, randomFillSync } from 'node:crypto'

let lastMs = 0
let counter = 0

/** Drawn for many ids at once: one at a time would cost most of the time an id takes. */
const random = Buffer.alloc(4_096)
let unused = 0

/**
 * A uuid v7 (RFC 9562, method 1: a 12-bit counter inside the millisecond), rising within this process, so that rows
 * inserted together stand together in an index. Ours, because node:crypto has one only since 24.16 and it does not rise
 * inside a millisecond.
 */
export function newId(): string {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    counter = randomBytes(1)[0] ?? 0
  } else {
    counter += 1
    if (counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
  }
  const bytes = takeRandom()
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function takeRandom(): Buffer {
  if (unused === 0) {
    randomFillSync(random)
    unused = random.length
  }
  unused -= 16
  return random.subarray(unused, unused + 16)
}
