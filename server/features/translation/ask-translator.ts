import { z } from 'zod'
import type { Settings } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { RequestFault, safeRequest } from '#server/net/safe-request.ts'

const Answer = z.object({ translatedText: z.array(z.string().max(400_000)) })
const Refusal = z.object({ error: z.string() })

/** Characters of one request; of the answer's body, bytes. */
const most = { characters: 200_000, bytes: 4_000_000 }
const timeoutMs = 20_000

/**
 * Sends texts to the configured translator (LibreTranslate's `/translate`), which finds out their language itself.
 *
 * @throws AppError `translator_failed`, with what it said of itself
 */
export async function askTranslator(
  { translator, privateHosts }: Settings,
  texts: readonly string[],
  to: string,
): Promise<string[]> {
  if (!translator) throw new AppError('no_translator', 'No translator is configured.')
  const size = texts.reduce((sum, text) => sum + text.length, 0)
  if (size > most.characters) throw failed(`The texts have more than ${most.characters} characters.`)
  const { url, key } = translator
  const answer = await safeRequest(`${url.replace(/\/+$/, '')}/translate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ q: texts, source: 'auto', target: to, format: 'text', ...(key && { api_key: key }) }),
    maxBytes: most.bytes,
    timeoutMs,
    allowPrivate: privateHosts,
  }).catch((error: unknown) => {
    throw error instanceof RequestFault ? failed(error.message) : error
  })
  const reply = readJson(answer.body)
  if (answer.status !== 200) throw failed(Refusal.safeParse(reply).data?.error ?? `It answered ${answer.status}.`)
  const read = Answer.safeParse(reply)
  if (!read.success || read.data.translatedText.length !== texts.length) throw failed('Its answer cannot be read.')
  return read.data.translatedText.map((text) => text.replaceAll('\u0000', '').toWellFormed())
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const failed = (why: string) =>
  new AppError('translator_failed', 'The translator did not translate.', [
    { path: 'translator', message: why.slice(0, 300) },
  ])
