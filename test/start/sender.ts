import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import type { Db } from '#server/db/connect.ts'
import { insertPerson } from '#server/features/team/team.queries.ts'
import { createAuth } from '#server/http/auth.ts'
import { buildFlagBody } from '#test/support/flags.ts'

/** The headers of a program that may send these flags and read everything. */
export async function createSender(db: Db): Promise<Record<string, string>> {
  const auth = await createAuth({ db, settings: { publicUrl: 'http://127.0.0.1' } })
  const person = { name: 'sender', email: 'sender@program.invalid', role: 'supervisor', isProgram: true } as const
  const userId = (await insertPerson(db, person))!
  const metadata = { sourceNames: ['vk-intake'], sourceKinds: ['user_report'] }
  const { key } = await auth.api.createApiKey({ body: { name: 'sender', userId, metadata } })
  return { authorization: `Bearer ${key}` }
}

export type Line = { externalId: string; text: string }
type Kept = { flagId: string; isDuplicate: boolean }
type Answer = { line: number } & ((Kept & { ok: true }) | { ok: false; code: string })

export type Batch = {
  /** What the server said it has kept, by the flag's external id. */
  kept: Map<string, Kept>
  /** Codes of the lines that were refused. */
  refused: string[]
  /** Settles with the first answer. */
  begun: Promise<void>
  /** Settles when the last answer has come (true), or the connection broke before it (false). */
  ended: Promise<boolean>
}

/** Flags of which every third joins those on an earlier post. */
export function buildLines(count: number, text = ''): Line[] {
  const run = randomUUID()
  return Array.from({ length: count }, (_, n) => {
    const externalId = `${run}-${n}`
    const post = `${run}-post-${n % 3 === 2 ? n - 2 : n}`
    const body = buildFlagBody({
      source: { externalId },
      post: { externalId: post, caption: `Caption of ${post} ${text}` },
      account: { externalId: `${run}-${Math.floor(n / 7)}` },
    })
    return { externalId, text: JSON.stringify(body) }
  })
}

/** Sends all lines at once and reads the answers as they come. */
export function sendLines(url: string, headers: Record<string, string>, lines: Line[]): Batch {
  const kept: Batch['kept'] = new Map()
  const refused: string[] = []
  const begun = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<boolean>()
  let count = 0
  const type = { 'content-type': 'application/x-ndjson' }
  const req = request(`${url}/api/v1/flags/batch`, { method: 'POST', headers: { ...headers, ...type } }, (res) => {
    let text = ''
    res.setEncoding('utf8').on('data', (part: string) => {
      const answers = (text + part).split('\n')
      text = answers.pop()!
      for (const answer of answers) {
        const said = JSON.parse(answer) as Answer
        if (said.ok) kept.set(lines[said.line - 1]!.externalId, said)
        else refused.push(said.code)
        count += 1
      }
      if (count > 0) begun.resolve()
    })
    res.on('error', () => ended.resolve(false))
    res.on('close', () => ended.resolve(count === lines.length))
  })
  req.on('error', () => ended.resolve(false))
  req.end(lines.map((line) => `${line.text}\n`).join(''))
  void ended.promise.then(() => begun.resolve())
  return { kept, refused, begun: begun.promise, ended: ended.promise }
}
