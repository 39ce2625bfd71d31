import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach } from 'vitest'

type Asked = { q: string[]; source: string; target: string; format: string; api_key?: string }
type Reply = { status?: number; answer?: object | string } | ((response: ServerResponse) => void)

export type TestTranslator = {
  url: string
  asked: Asked[]
  /** How it answers from now on; by default every text with the language before it. */
  reply: (how: (asked: Asked) => Reply) => void
}

const byDefault = ({ q, target }: Asked): Reply => ({
  answer: {
    translatedText: q.map((text) => `${target}: ${text}`),
    detectedLanguage: q.map(() => ({ language: 'ru' })),
  },
})

/** A server that speaks as LibreTranslate does, on a port of this machine; listens before the tests' own server starts. */
export async function startTranslator(): Promise<TestTranslator> {
  const asked: Asked[] = []
  let how: (asked: Asked) => Reply = byDefault
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked
      asked.push(body)
      const reply = request.url === '/translate' ? how(body) : { status: 404 }
      if (typeof reply === 'function') return reply(response)
      const { status = 200, answer = '' } = reply
      const type = { 'content-type': 'application/json' }
      response.writeHead(status, type).end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  beforeEach(() => {
    asked.length = 0
    how = byDefault
  })
  afterAll(() => new Promise((settle) => server.close(settle).closeAllConnections()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    reply: (next) => {
      how = next
    },
  }
}
