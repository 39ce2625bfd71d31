import type { Request, Response, Router } from 'express'
import type { Callers } from '#server/http/caller.ts'
import type { Deps } from '#server/http/deps.ts'
import { addressOf, attemptLimit, tooMany } from '#server/http/request-limit.ts'
import { servePublic } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { knownBrowser, rememberBrowser } from './known-browser.ts'
import { emailHash, SignInDelayed, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

/** The only two things of better-auth's that may be asked for from outside, under the paths it gives them. */
export function signInRoutes(router: Router, deps: Deps, callers: Callers) {
  const { auth, settings } = deps
  const secure = settings.publicUrl.startsWith('https:')
  const browserOrAddress = (req: Request) => knownBrowser(req, auth.secret)?.id ?? addressOf(req)

  router.use(api.signIn.path, attemptLimit(settings, browserOrAddress))

  servePublic(router, api.signIn, async ({ body, req }) => {
    const hash = emailHash(body.email)
    const known = knownBrowser(req, auth.secret)
    const browser = known?.isOf(hash) ? known.id : null
    const address = addressOf(req)
    const from = { origin: browser ? `browser ${browser}` : address, address, userAgent: userAgent(req) }
    send(req.res!, await undelayed(req.res!, () => signIn(deps, body, from)))
    if (!browser) rememberBrowser(req.res!, auth.secret, hash, { secure })
    return {}
  })

  servePublic(router, api.signOut, async ({ req }) => {
    send(req.res!, await signOut(deps, new Headers({ cookie: req.get('cookie') ?? '' })))
    callers.forget(req)
    return {}
  })
}

async function undelayed<T>(res: Response, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof SignInDelayed) tooMany(res, error.waitMs)
    throw error
  }
}

function send(res: Response, cookies: string[]) {
  for (const cookie of cookies) res.append('set-cookie', cookie)
}

function userAgent(req: Request) {
  return req.get('user-agent')?.slice(0, 300) ?? ''
}
