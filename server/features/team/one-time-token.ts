import { createHash, randomBytes } from 'node:crypto'

/** A token that is shown once; only its hash is kept. */
export function newToken() {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: tokenHash(token) }
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
