import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import express, { type Response } from 'express'
import { expect, it } from 'vitest'
import { openOutlet } from './outlet.ts'

it('drops a reader who does not read, and keeps little for him until then', async () => {
  const asked = Promise.withResolvers<Response>()
  const server = createServer(express().get('/', (_req, res) => asked.resolve(res))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1')
  reader.on('error', () => {})
  reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  reader.pause()
  const res = await asked.promise
  const outlet = openOutlet(res)
  let isClosed = false
  outlet.onClose(() => {
    isClosed = true
  })
  const accounts = Array.from({ length: 200 }, () => '01900000-0000-7000-8000-000000000000')
  let [most, sent] = [0, 0]
  while (!isClosed && sent < 10_000) {
    outlet.send('changes', sent, { reviews: [], gone: [], accounts })
    most = Math.max(most, res.writableLength)
    sent += 1
    await sleep(0)
  }
  expect(isClosed).toBe(true)
  expect(most).toBeLessThan(300_000)
  outlet.send('beat', sent, {})
  reader.destroy()
  server.close()
})
