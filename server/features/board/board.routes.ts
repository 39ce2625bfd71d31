import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { getBoardAt } from './board.queries.ts'

export function boardRoutes(router: Router, { db, now }: Deps) {
  serve(router, api.getBoard, ({ caller }) => getBoardAt(db, caller.scope, now()))
}
