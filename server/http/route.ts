import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import type { z } from 'zod'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { may, type Role } from '#shared/domain/permissions.ts'
import type { SourceKind } from '#shared/domain/words.ts'
import { AppError, parseInput } from './errors.ts'

/** Who asks: a person with a session, or a program with a key. */
export type Caller = {
  /** The person's id; a program has one of its own. */
  id: string
  name: string
  email: string
  role: Role
  key: { id: string; sourceNames: string[]; sourceKinds: SourceKind[] } | null
  /** Of a person: the session of this request. */
  sessionId?: string
  scope: Scope
}

/** What there is for somebody. What lies outside is not listed, and not found when asked for. */
export type Scope = {
  /** Queues that may be seen; null is all. */
  queues: readonly string[] | null
  /** Queues whose reviews may be worked on; null is all that may be seen. */
  takes: readonly string[] | null
  /** Child abuse material and what else is marked so. */
  seesRestricted: boolean
  /** What is left out when work is offered; nothing, when it is not there. */
  skills?: Skills
}

export type Skills = {
  /** The only clauses that are offered, besides reviews of which nobody knows the clause; null is every one. */
  clauses: readonly string[] | null
  /** The only languages that are offered, as reviews write them, besides those that nobody knows; null is every one. */
  languages: readonly string[] | null
  /** Clauses that may not be taken either, for want of training. */
  untrained: readonly string[]
}

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
}

/**
 * Serves one endpoint of the contract: caller, permission, the three inputs, `handle`, and the reply parsed, so that a
 * field the contract does not name never leaves the server. 401 comes before 403, both before 400.
 */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  router: Router,
  e: Endpoint<P, Q, B, R>,
  handle: (input: Input<P, Q, B> & { caller: Caller; req: Request }) => Promise<z.input<R>>,
) {
  route(router, e, onlyAllowed(e), jsonBody(e), async (req, res) => {
    const reply = await handle({ ...parse(e, req), caller: allowed(e, res), req })
    res.status(e.status).json(e.reply.parse(reply))
  })
}

/** As `serve`, for endpoints whose body is not one JSON value: `handle` reads and writes the streams itself. */
export function serveStream<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  router: Router,
  e: Endpoint<P, Q, B, R>,
  handle: (input: Omit<Input<P, Q, B>, 'body'> & { caller: Caller; req: Request; res: Response }) => Promise<void>,
) {
  route(router, e, async (req, res) => {
    const caller = allowed(e, res)
    const params = parseInput(e.params, req.params)
    const query = parseInput(e.query, req.query)
    await handle({ params, query, caller, req, res })
  })
}

/** As `serve`, for the few endpoints that answer before anybody is signed in. */
export function servePublic<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  router: Router,
  e: Endpoint<P, Q, B, R>,
  handle: (input: Input<P, Q, B> & { req: Request }) => Promise<z.input<R>>,
) {
  route(router, e, jsonBody(e), async (req, res) => {
    const reply = await handle({ ...parse(e, req), req })
    res.status(e.status).json(e.reply.parse(reply))
  })
}

function route(router: Router, e: Endpoint, ...handlers: RequestHandler[]) {
  const method = e.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
  router[method](e.path, ...handlers)
}

/** Before the body is read: a stranger's megabytes are not parsed. */
function onlyAllowed(e: Endpoint): RequestHandler {
  return (_req, res, next) => {
    allowed(e, res)
    next()
  }
}

function jsonBody(e: Endpoint): RequestHandler {
  return express.json({ limit: e.maxBytes })
}

function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  e: Endpoint<P, Q, B>,
  req: Request,
): Input<P, Q, B> {
  return {
    params: parseInput(e.params, req.params),
    query: parseInput(e.query, req.query),
    body: parseInput(e.body, req.body ?? {}),
  }
}

/** @throws AppError `signed_out` without a caller, `forbidden` when the role may not. */
function allowed(e: Endpoint, res: Response): Caller {
  const caller = res.locals.caller as Caller | undefined
  if (!caller) throw new AppError('signed_out', 'No session and no key.')
  if (e.permission !== 'public' && e.permission !== 'signed_in' && !may(caller.role, e.permission)) {
    throw new AppError('forbidden', `The role ${caller.role} lacks ${e.permission}.`)
  }
  return caller
}
