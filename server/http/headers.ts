import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Settings } from './deps.ts'

/** What every answer tells the browser about itself. Routes that send originals tighten it further. */
export function securityHeaders({ publicUrl }: Pick<Settings, 'publicUrl'>): RequestHandler {
  const isHttps = publicUrl.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Mantine and the virtual lists set sizes and positions through style attributes. Styles cannot run code, and the
        // policy gives them nowhere to send what they could read.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Outside https browsers ignore it and say so on the console with every page.
    crossOriginOpenerPolicy:
      isHttps || /\/\/(localhost|127\.|\[::1\])/.test(publicUrl) ? { policy: 'same-origin' } : false,
    originAgentCluster: isHttps,
    xFrameOptions: { action: 'deny' },
  })
}

/** Answers of the API are about people and cases: nobody keeps them, unless the route says otherwise. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('cache-control', 'no-store')
  next()
}
