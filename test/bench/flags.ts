import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { sql } from 'kysely'
import { type Person, senderSource, type World } from './world.ts'

export type Caption = { caption: string; language: string | null }

/** Captions of the seeded posts. */
export function findCaptions({ db }: World, count: number): Promise<Caption[]> {
  return db.selectFrom('snapshot').select(['caption', 'language']).limit(count).execute()
}

type FlagOptions = Caption & { platform: string; account: string; media?: { base64: string }[] }

/** One line of a batch: a post that nobody flagged before. */
export function flagLine({ caption, language, platform, account, media = [] }: FlagOptions): string {
  const id = randomUUID()
  return JSON.stringify({
    source: { kind: 'user_report', name: senderSource, externalId: id },
    reporter: { externalId: `reporter-${id.slice(0, 3)}` },
    reason: { code: 'hate' },
    flaggedAt: new Date().toISOString(),
    post: { platform, externalId: id, caption, ...(language && { language }), media },
    account: { externalId: account, handle: account, status: 'active' },
  })
}

/** Sends the lines as one batch and reads all answers. @throws when a line was refused */
export function sendBatch(world: World, sender: Person, lines: string[]): Promise<void> {
  return new Promise((settle, fail) => {
    const headers = { ...sender.headers, 'content-type': 'application/x-ndjson' }
    const req = request(`${world.url}/api/v1/flags/batch`, { method: 'POST', headers }, (res) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('error', fail)
      res.on('end', () => {
        const answers = Buffer.concat(parts).toString().trimEnd().split('\n')
        const kept = answers.filter((answer) => answer.includes('"ok":true')).length
        if (kept === lines.length) settle()
        else fail(new Error(`${res.statusCode}: ${kept} of ${lines.length} lines kept. ${answers[0]}`))
      })
    })
    req.on('error', fail)
    req.end(`${lines.join('\n')}\n`)
  })
}

/** So that the next bench does not pay for this one. */
export async function settleDown({ db }: World): Promise<void> {
  await sql`vacuum (analyze) review, flag, snapshot, post, account, event, event_seq`.execute(db)
}
