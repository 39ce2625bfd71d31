import { createHash } from 'node:crypto'
import { isAPIError } from 'better-auth/api'
import type { Db, Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import {
  type Attempter,
  countFailures,
  insertAttempt,
  lockAttempts,
  markRecorded,
  markSucceeded,
} from './sign-in.queries.ts'
import { signInDelayMs } from './sign-in-delay.ts'
import { findPersonIdByEmail } from './team.queries.ts'

type Credentials = { email: string; password: string }
type From = { origin: string; address: string; userAgent: string }

/** Too early after failures: the attempt was not looked at. */
export class SignInDelayed extends Error {
  readonly waitMs: number
  constructor(waitMs: number) {
    super('Too early.')
    this.waitMs = waitMs
  }
}

export function emailHash(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
}

/**
 * @returns the cookies of the new session
 * @throws SignInDelayed
 * @throws AppError `wrong_credentials`, whatever the reason: a stranger learns nothing about who works here
 */
export async function signIn({ db, auth, now }: Deps, { email, password }: Credentials, from: From): Promise<string[]> {
  const attempter = { emailHash: emailHash(email), origin: from.origin }
  const attemptId = await beginAttempt(db, attempter, now())
  const headers = new Headers({ 'x-docket-address': from.address, 'user-agent': from.userAgent })
  try {
    const signedIn = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true })
    await db.transaction().execute(async (tx) => {
      await markSucceeded(tx, attemptId)
      await recordSignIn(tx, { token: signedIn.response.token }, now())
    })
    return signedIn.headers.getSetCookie()
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    await recordFailure(db, attempter.emailHash, email, error.body?.code === 'FAILED_TO_CREATE_SESSION')
    throw new AppError('wrong_credentials', 'E-mail and password do not fit together.')
  }
}

/** Right after better-auth's commit, or later by `recordMissedSignIns`: exactly once. */
export async function recordSignIn(tx: Tx, which: { id: string } | { token: string }, at: Date) {
  const session = await markRecorded(tx, which, at)
  if (!session) return
  const by = { id: session.userId, key: null }
  const subject = { kind: 'person', id: session.userId }
  await appendEvents(tx, [{ kind: 'person.signed_in', by, subject, data: { session: session.id } }])
}

/** Counted before the password is looked at, so that guesses sent together are counted one by one. */
function beginAttempt(db: Db, attempter: Attempter, now: Date): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await lockAttempts(tx, attempter)
    const { count, latest } = await countFailures(tx, attempter, now)
    const waitMs = (latest?.getTime() ?? 0) + signInDelayMs(count) - now.getTime()
    if (waitMs > 0) throw new SignInDelayed(waitMs)
    return insertAttempt(tx, attempter, now)
  })
}

/** Of an e-mail that nobody has only the hash is kept: people mistype, and sometimes type a password there. */
async function recordFailure(db: Db, hash: string, email: string, isBarred: boolean) {
  const personId = await findPersonIdByEmail(db, email)
  const subject = personId ? { kind: 'person', id: personId } : { kind: 'email', id: hash }
  const reason = isBarred ? 'barred' : personId ? 'wrong_password' : 'unknown_email'
  await appendEvents(db, [{ kind: 'person.sign_in_failed', by: null, subject, data: { reason } }])
}
