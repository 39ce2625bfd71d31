import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve, serveStream } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { endReveal } from './end-reveal.ts'
import { revealMedia } from './reveal-media.ts'
import { sendMedia } from './send-media.ts'

export function mediaRoutes(router: Router, deps: Deps) {
  serve(router, api.revealMedia, ({ params, body, caller }) => revealMedia(deps, caller, params.reviewId, body))
  serve(router, api.endReveal, ({ params, body, caller }) => endReveal(deps, caller, params.revealId, body.shownMs))
  serveStream(router, api.getMedia, ({ params, query, caller, req, res }) =>
    sendMedia(deps, caller, { ...params, grant: query.grant, look: query.look, known: req.get('if-none-match') }, res),
  )
}
