import { join } from 'node:path'
import compression from 'compression'
import express, { type Router } from 'express'

/**
 * The built client. Files under `assets` carry their hash in the name and are kept for good; every other path that is no
 * file is a screen, whose address the client reads itself. What compresses is sent compressed; the API's answers are left to
 * a proxy, since here they would cost more than they save.
 */
export function screens(clientDir: string): Router {
  const router = express.Router()
  router.use(compression())
  router.use('/assets', express.static(join(clientDir, 'assets'), { immutable: true, maxAge: '1y' }))
  router.use('/assets', (_req, res) => void res.sendStatus(404))
  router.use(express.static(clientDir, { index: false, setHeaders: (res) => res.set('cache-control', 'no-cache') }))
  router.get('/{*screen}', (_req, res) => {
    res.sendFile('index.html', { root: clientDir, cacheControl: false, headers: { 'cache-control': 'no-cache' } })
  })
  return router
}
