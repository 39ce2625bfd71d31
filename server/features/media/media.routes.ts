import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serveStream } from '#server/http/route.ts'
import { keepMedia } from '#server/media/keep-media.ts'
import { uploadMedia } from '#shared/contract/media.ts'
import { readUpload } from './read-upload.ts'

export function uploadRoutes(router: Router, deps: Deps) {
  serveStream(router, uploadMedia, async ({ caller, req, res }) => {
    const bytes = await readUpload(req, { maxBytes: uploadMedia.maxBytes })
    const stored = await keepMedia(deps, { bytes, by: caller, now: deps.now() })
    res.status(uploadMedia.status).json(uploadMedia.reply.parse(stored))
  })
}
