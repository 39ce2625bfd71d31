import { createHash } from 'node:crypto'
import { defaultKeyHasher } from '@better-auth/api-key'
import { parseCookies } from 'better-auth/cookies'
import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { findProgramByKey, getScope, markUsed } from '#server/features/team/team.queries.ts'
import { Role } from '#shared/domain/permissions.ts'
import { SourceKind } from '#shared/domain/words.ts'
import type { Auth } from './auth.ts'
import type { Deps } from './deps.ts'
import { AppError } from './errors.ts'
import { carriesKey } from './origin.ts'
import type { Caller } from './route.ts'

/** How long a lookup is believed. A person who is disabled is out after at most so long, in every server process. */
export const believedMs = 5_000
/** The last use of a key is written down at most so often. */
const usedEveryMs = 60_000
/** Above so many callers everything is forgotten at once, so that invented keys cannot fill the memory. */
const mostCallers = 10_000

/** What a key may speak for, kept with it. */
export const KeyScope = z.object({ sourceNames: z.array(z.string()), sourceKinds: z.array(SourceKind) })

type Lookup = { caller: Caller | null; setCookie: string[] }
type Believed = { at: number; lookup: Promise<Lookup> }

export type Callers = {
  /** Sets `res.locals.caller` when the request carries a session or a key. */
  middleware: RequestHandler
  /** Drops what is believed of the session this request carries. */
  forget: (req: Request) => void
  /** Drops all that is believed: what somebody may do has changed. */
  forgetAll: () => void
  /** Asks anew, for a request that lasts; null when it would not be let in by now. It keeps no session from ending. */
  recheck: (req: Request) => Promise<Caller | null>
}

/** Who is asking: by the key in `Authorization: Bearer`, or else by the session's cookie. */
export function createCallers({ db, auth, now }: Pick<Deps, 'db' | 'auth' | 'now'>): Callers {
  const believed = new Map<string, Believed>()

  /** Requests that come together share one lookup; one that failed is not kept. */
  function lookUp(credential: string, find: () => Promise<Lookup>): Promise<Lookup> {
    const known = believed.get(credential)
    const age = now().getTime() - (known?.at ?? 0)
    // A negative one is of a clock that was set back.
    if (known && age >= 0 && age < believedMs) return known.lookup
    if (believed.size >= mostCallers) believed.clear()
    const lookup = find()
    believed.set(credential, { at: now().getTime(), lookup })
    lookup.catch(() => believed.delete(credential))
    return lookup
  }

  async function identify(req: Request, res: Response) {
    if (carriesKey(req)) {
      const key = bearerKey(req)
      if (!key) return null
      const { caller } = await lookUp(hash(key), () => findByKey(db, key, now()))
      return caller
    }
    const cookie = sessionCookie(req, auth)
    if (!cookie) return null
    const { caller, setCookie } = await lookUp(hash(cookie), () => findBySession(db, auth, cookie))
    for (const each of setCookie) res.append('set-cookie', each)
    return caller
  }

  return {
    middleware: async (req, res, next) => {
      const caller = await identify(req, res)
      if (caller) res.locals.caller = caller
      next()
    },
    forget: (req) => {
      const cookie = sessionCookie(req, auth)
      if (cookie) believed.delete(hash(cookie))
    },
    forgetAll: () => believed.clear(),
    recheck: async (req) => {
      const key = carriesKey(req) ? bearerKey(req) : null
      if (key) return (await findByKey(db, key)).caller
      const cookie = carriesKey(req) ? null : sessionCookie(req, auth)
      return cookie ? (await findBySession(db, auth, cookie, { disableRefresh: true })).caller : null
    },
  }
}

function bearerKey(req: Request): string | null {
  return /^Bearer ([\w-]{1,200})$/i.exec(req.get('authorization') ?? '')?.[1] ?? null
}

function sessionCookie(req: Request, auth: Auth): string | null {
  return parseCookies(req.get('cookie') ?? '').get(auth.cookieName) ?? null
}

async function findBySession(db: Deps['db'], auth: Auth, cookie: string, query = {}): Promise<Lookup> {
  const { response, headers } = await auth.api
    .getSession({
      headers: new Headers({ cookie: `${auth.cookieName}=${encodeURIComponent(cookie)}` }),
      query,
      returnHeaders: true,
    })
    .catch(() => {
      // better-auth keeps to itself what failed; it does nothing here but ask the database.
      throw new AppError('not_ready', 'The session could not be looked up. Try again.')
    })
  const user = response?.user
  if (!user || user.disabledAt || user.isProgram) return { caller: null, setCookie: [] }
  const { id, name, email } = user
  const scope = await getScope(db, id)
  return {
    caller: { id, name, email, role: Role.parse(user.role), key: null, scope, sessionId: response.session.id },
    setCookie: headers.getSetCookie(),
  }
}

/** @param usedAt left out, the use is not written down */
async function findByKey(db: Deps['db'], secret: string, usedAt?: Date): Promise<Lookup> {
  const program = await findProgramByKey(db, await defaultKeyHasher(secret))
  if (!program) return { caller: null, setCookie: [] }
  const { keyId, metadata, lastRequest, ...person } = program
  if (usedAt && usedAt.getTime() - (lastRequest?.getTime() ?? 0) >= usedEveryMs) await markUsed(db, keyId, usedAt)
  const key = { id: keyId, ...KeyScope.parse(JSON.parse(metadata)) }
  return { caller: { ...person, key, scope: await getScope(db, person.id) }, setCookie: [] }
}

/** Secrets are not kept in memory longer than a request. */
function hash(credential: string) {
  return createHash('sha256').update(credential).digest('base64')
}
