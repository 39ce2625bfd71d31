import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { getAccount, getAccountTimeline, listAccountPosts, listAccounts } from '#shared/contract/accounts.ts'
import { findAccounts } from './account-list.queries.ts'
import { getAccountDetail } from './account-page.queries.ts'
import { findAccountPosts } from './account-posts.queries.ts'
import { findTimeline } from './account-timeline.queries.ts'

export function accountsRoutes(router: Router, { db, now }: Deps) {
  serve(router, listAccounts, ({ query, caller }) => findAccounts(db, query, { scope: caller.scope, now: now() }))
  serve(router, getAccount, ({ params, caller }) =>
    getAccountDetail(db, params.accountId, { scope: caller.scope, now: now(), personId: caller.id }),
  )
  serve(router, getAccountTimeline, ({ params, caller }) => findTimeline(db, params.accountId, caller.scope))
  serve(router, listAccountPosts, ({ params, query, caller }) =>
    findAccountPosts(db, params.accountId, query, caller.scope),
  )
}
