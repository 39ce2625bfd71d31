/** PostgreSQL's number of a type, and how a value of it is written: the bytes it takes, and the writing of them at a place. */
type Encoding = {
  oid: number
  size: (value: unknown) => number
  write: (target: Buffer, value: unknown, at: number) => void
}

const text = (oid: number, toText: (value: unknown) => string, lead = 0): Encoding => ({
  oid,
  size: (value) => lead + Buffer.byteLength(toText(value)),
  write: (target, value, at) => {
    // The version of the format, where there is one.
    if (lead > 0) target[at] = 1
    target.write(toText(value), at + lead)
  },
})

const fixed = (oid: number, size: number, write: Encoding['write']): Encoding => ({ oid, size: () => size, write })

const since2000 = (value: unknown) => BigInt(new Date(value as Date | string).getTime() - Date.UTC(2000, 0)) * 1_000n

const encodings = {
  text: text(25, String),
  jsonb: text(3802, String, 1),
  uuid: fixed(2950, 16, (target, value, at) => target.write(String(value).replaceAll('-', ''), at, 'hex')),
  int: fixed(23, 4, (target, value, at) => target.writeInt32BE(Number(value), at)),
  bigint: fixed(20, 8, (target, value, at) => target.writeBigInt64BE(BigInt(value as number), at)),
  real: fixed(700, 4, (target, value, at) => target.writeFloatBE(Number(value), at)),
  boolean: fixed(16, 1, (target, value, at) => target.writeUInt8(value ? 1 : 0, at)),
  timestamptz: fixed(1184, 8, (target, value, at) => target.writeBigInt64BE(since2000(value), at)),
} satisfies Record<string, Encoding>

export type BinaryType = keyof typeof encodings

/**
 * A parameter of type `type[]` as PostgreSQL has arrays itself: bulk rows need not be quoted here and read there letter by
 * letter. Null and undefined are null.
 */
export function binaryArray(values: readonly unknown[], type: BinaryType): Buffer {
  const { oid, size, write }: Encoding = encodings[type]
  const sizes = values.map((value) => (value === null || value === undefined ? -1 : size(value)))
  const bytes = sizes.reduce((sum, each) => sum + 4 + Math.max(0, each), 20)
  const target = Buffer.allocUnsafe(bytes)
  // Dimensions, whether there are nulls, the type of the elements; then the dimension's length and its first index.
  const header = [1, sizes.includes(-1) ? 1 : 0, oid, values.length, 1]
  header.forEach((part, index) => {
    target.writeInt32BE(part, index * 4)
  })
  let at = 20
  values.forEach((value, index) => {
    const length = sizes[index]!
    target.writeInt32BE(length, at)
    at += 4
    if (length < 0) return
    write(target, value, at)
    at += length
  })
  return target
}
