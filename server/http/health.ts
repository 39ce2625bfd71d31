import type { Router } from 'express'
import express from 'express'
import { pingDatabase } from '#server/db/ping.ts'
import type { Deps } from './deps.ts'

const patienceMs = 2_000

/** For whoever watches the process: `/healthz` says that it runs, `/readyz` that it can work. They tell nothing else. */
export function healthRoutes({ db, log }: Deps): Router {
  const router = express.Router()
  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  router.get('/readyz', async (_req, res) => {
    try {
      await pingDatabase(db, patienceMs)
      res.json({ status: 'ready' })
    } catch (error) {
      log.error({ err: error }, 'not ready')
      res.status(503).json({ status: 'not_ready' })
    }
  })
  return router
}
