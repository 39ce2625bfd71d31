import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { Put } from './format.ts'

/** Sizes and places of this simple form of a ZIP file are numbers of 32 bits. */
const most = 0xffff_ffff
/** 1 January 1980, midnight: the same content gives the same file whenever it is made. */
const [dosTime, dosDate] = [0, 0x0021]
/** Sizes follow the data; names are UTF-8. */
const flags = 0x0808
const [version, deflated] = [20, 8]
/** Always the same pieces, however the text comes, so that they are always packed the same way. */
const pieceSize = 65_536

type Entry = { name: Buffer; at: number; crc: number; size: number; packed: number }

export type ZipEntry = {
  write: (text: string) => Promise<void>
  /** Bytes before packing. */
  size: () => number
  end: () => Promise<void>
}

/** Writes a ZIP file from its first byte to its last, one entry after the other; nothing is kept but what is being packed. */
export function createZip(put: Put) {
  const entries: Entry[] = []
  let place = 0

  async function send(bytes: Buffer) {
    place += bytes.length
    if (place > most) throw new Error('The file is larger than 4 GB. Narrow the export, or take another format.')
    await put(bytes)
  }

  return {
    async open(path: string): Promise<ZipEntry> {
      const entry: Entry = { name: Buffer.from(path), at: place, crc: 0, size: 0, packed: 0 }
      entries.push(entry)
      await send(
        record(localHeader, [version, flags, deflated, dosTime, dosDate, 0, 0, 0, entry.name.length, 0], entry.name),
      )
      const deflate = createDeflateRaw()
      const packed: Buffer[] = []
      deflate.on('data', (bytes: Buffer) => packed.push(bytes))
      let waiting = Buffer.alloc(0)

      async function flush() {
        for (const bytes of packed.splice(0)) {
          entry.packed += bytes.length
          await send(bytes)
        }
      }

      async function pack(piece: Buffer) {
        entry.crc = crc32(piece, entry.crc)
        entry.size += piece.length
        if (!deflate.write(piece)) await once(deflate, 'drain')
        await flush()
      }

      return {
        async write(text) {
          waiting = Buffer.concat([waiting, Buffer.from(text)])
          let from = 0
          for (; waiting.length - from >= pieceSize; from += pieceSize) {
            await pack(waiting.subarray(from, from + pieceSize))
          }
          waiting = Buffer.from(waiting.subarray(from))
        },
        size: () => entry.size + waiting.length,
        async end() {
          await pack(waiting)
          deflate.end()
          await once(deflate, 'end')
          await flush()
          await send(record(descriptor, [entry.crc, entry.packed, entry.size]))
        },
      }
    },
    async end() {
      const begin = place
      for (const { name, at, crc, size, packed } of entries) {
        const fields = [
          version,
          version,
          flags,
          deflated,
          dosTime,
          dosDate,
          crc,
          packed,
          size,
          name.length,
          0,
          0,
          0,
          0,
          0,
          at,
        ]
        await send(record(directoryEntry, fields, name))
      }
      const size = place - begin
      await send(record(directoryEnd, [0, 0, entries.length, entries.length, size, begin, 0]))
    },
  }
}

type Shape = { signature: number; widths: number[] }
const localHeader: Shape = { signature: 0x0403_4b50, widths: [2, 2, 2, 2, 2, 4, 4, 4, 2, 2] }
const descriptor: Shape = { signature: 0x0807_4b50, widths: [4, 4, 4] }
const directoryEntry: Shape = {
  signature: 0x0201_4b50,
  widths: [2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4],
}
const directoryEnd: Shape = { signature: 0x0605_4b50, widths: [2, 2, 2, 2, 4, 4, 2] }

function record({ signature, widths }: Shape, fields: number[], name: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(4 + widths.reduce((sum, width) => sum + width, 0))
  let at = bytes.writeUInt32LE(signature)
  widths.forEach((width, index) => {
    at = bytes.writeUIntLE(fields[index]!, at, width)
  })
  return Buffer.concat([bytes, name])
}
