import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/**
 * Speaks as much of PostgreSQL's protocol as it takes to let anybody in and to answer one question, always with the same
 * row: a server of another version, without having one.
 */
export async function pretendPostgres(row: Record<string, string>) {
  const server = createServer((socket) => {
    let hasBegun = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (!hasBegun) {
        hasBegun = true
        socket.write(Buffer.concat([message('R', int32(0)), ready]))
      } else if (data.toString('latin1', 0, 1) === 'Q') answer(socket, row)
      else socket.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `postgres://docket@127.0.0.1:${port}/docket`, close: () => server.close() }
}

function answer(socket: Socket, row: Record<string, string>) {
  const names = Object.keys(row)
  const values = Object.values(row).map((value) => Buffer.from(value))
  const text = 25
  const columns = names.map((name) =>
    Buffer.concat([cString(name), int32(0), int16(0), int32(text), int16(-1), int32(-1), int16(0)]),
  )
  socket.write(
    Buffer.concat([
      message('T', int16(names.length), ...columns),
      message('D', int16(values.length), ...values.flatMap((value) => [int32(value.length), value])),
      message('C', cString('SELECT 1')),
      ready,
    ]),
  )
}

function message(kind: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body])
}

const ready = message('Z', Buffer.from('I'))
const cString = (value: string) => Buffer.from(`${value}\0`)

function int32(value: number) {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int16(value: number) {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
