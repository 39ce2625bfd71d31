import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { serve, serveStream } from '#server/http/route.ts'
import { createFlag, createFlags, FlagResult } from '#shared/contract/flags.ts'
import { importPart as importPartEndpoint, previewImport as previewImportEndpoint } from '#shared/contract/imports.ts'
import {
  AccountStatusInput,
  AccountStatusResult,
  PostStatusResult,
  stateAccounts as stateAccountsEndpoint,
  statePosts as statePostsEndpoint,
} from '#shared/contract/statuses.ts'
import { importPart } from './import/import-part.ts'
import { previewImport } from './import/preview-import.ts'
import { parseFlag, parseLine } from './parse-flag.ts'
import { readText } from './read-body.ts'
import { receiveFlags } from './receive-flags.ts'
import { serveLines } from './serve-lines.ts'
import { stateAccounts } from './statuses/state-accounts.ts'
import { parsePostStatus, statePosts } from './statuses/state-posts.ts'
import { withinScope } from './within-scope.ts'

export function intakeRoutes(router: Router, deps: Deps) {
  // The body is read here because its very text is kept with the flag.
  serveStream(router, createFlag, async ({ caller, req, res }) => {
    const flag = parseFlag(await readText(req, createFlag.maxBytes))
    const results = await receiveFlags(deps, { by: caller, flags: [flag], now: deps.now() })
    const [result] = await withinScope(deps.db, results, caller)
    if (result instanceof AppError) throw result
    res.status(createFlag.status).json(createFlag.reply.parse(result))
  })

  serveLines(router, createFlags, deps, {
    result: FlagResult,
    parse: parseFlag,
    receive: async (flags, caller) =>
      withinScope(deps.db, await receiveFlags(deps, { by: caller, flags, now: deps.now() }), caller),
  })

  serve(router, previewImportEndpoint, async ({ body }) => previewImport(body, deps.now()))
  serve(router, importPartEndpoint, ({ body, caller }) => importPart(deps, body, caller))

  serveLines(router, stateAccountsEndpoint, deps, {
    result: AccountStatusResult,
    parse: (text) => parseLine(AccountStatusInput, text),
    receive: (said, caller) => stateAccounts(deps, said, { by: caller, now: deps.now() }),
  })

  serveLines(router, statePostsEndpoint, deps, {
    result: PostStatusResult,
    parse: parsePostStatus,
    receive: (said, caller) => statePosts(deps, said, { by: caller, now: deps.now() }),
  })
}
