import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { parseCookies } from 'better-auth/cookies'
import type { Request, Response } from 'express'

/**
 * A browser in which somebody has signed in before keeps a signed cookie that says so. What such a browser fails at is
 * counted apart from what its address fails at, so that a stranger behind the same address cannot delay its person.
 */
const cookieName = 'docket.browser'
const keptMs = 180 * 86_400_000

export type KnownBrowser = {
  id: string
  /** Whether this person has signed in there. */
  isOf: (emailHash: string) => boolean
}

export function knownBrowser(req: Request, secret: string): KnownBrowser | null {
  const cookie = parseCookies(req.get('cookie') ?? '').get(cookieName) ?? ''
  const [id = '', ofBrowser = '', ofPerson = ''] = cookie.split('.')
  if (!id || !isSame(ofBrowser, sign(secret, id))) return null
  return { id, isOf: (emailHash) => isSame(ofPerson, sign(secret, `${id} ${emailHash}`)) }
}

export function rememberBrowser(res: Response, secret: string, emailHash: string, { secure }: { secure: boolean }) {
  const id = randomBytes(12).toString('base64url')
  const value = [id, sign(secret, id), sign(secret, `${id} ${emailHash}`)].join('.')
  res.cookie(cookieName, value, { httpOnly: true, sameSite: 'lax', secure, maxAge: keptMs, path: '/api/auth' })
}

function sign(secret: string, text: string) {
  return createHmac('sha256', secret).update(`known browser ${text}`).digest('base64url')
}

function isSame(given: string, expected: string) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
