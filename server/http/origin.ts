import type { Request, RequestHandler } from 'express'
import type { Settings } from './deps.ts'
import { AppError } from './errors.ts'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']
const safeMethods = ['GET', 'HEAD', 'OPTIONS']

type Names = Pick<Settings, 'publicUrl'>

/**
 * Refuses requests under a name that is not ours: a page elsewhere whose name was pointed at this address (DNS rebinding)
 * would otherwise count as our own origin.
 */
export function onlyOurHost({ publicUrl }: Names): RequestHandler {
  return (req, _res, next) => {
    if (!ourHosts(req, publicUrl).includes(req.headers.host ?? '')) {
      throw new AppError('wrong_origin', 'This server is not reached under that name. PUBLIC_URL says under which.')
    }
    next()
  }
}

/**
 * Refuses what a page elsewhere makes a browser send with our cookie. A request with a key carries nothing that a browser
 * adds by itself, and its cookie is not looked at.
 */
export function onlyOurOrigin({ publicUrl }: Names): RequestHandler {
  return (req, _res, next) => {
    if (!safeMethods.includes(req.method) && !carriesKey(req) && !isOurOrigin(req, publicUrl)) {
      throw new AppError('wrong_origin', 'A change must come from our own pages, or with a key.')
    }
    next()
  }
}

/** Whether the request asks as a program. It is then taken for nobody else, even when the key is wrong. */
export function carriesKey(req: Request): boolean {
  return /^Bearer( |$)/i.test(req.get('authorization') ?? '')
}

function isOurOrigin(req: Request, publicUrl: string): boolean {
  const origin = req.get('origin')
  if (origin === undefined) return req.get('sec-fetch-site') === 'same-origin'
  if (origin === new URL(publicUrl).origin) return true
  // Under a loopback name the page's own address stands in Host, which was checked before.
  return isLoopback(req.headers.host ?? '') && origin === `http://${req.headers.host}`
}

function ourHosts(req: Request, publicUrl: string): string[] {
  const { host, port, protocol } = new URL(publicUrl)
  const ports = [String(req.socket.localPort)]
  // In development a screens server on this computer stands in front, on a port of its own.
  if (isLoopback(host)) ports.push(port || (protocol === 'https:' ? '443' : '80'))
  const loopback = loopbackNames.flatMap((name) => ports.map((each) => (each === '80' ? name : `${name}:${each}`)))
  return [host, ...loopback]
}

function isLoopback(host: string): boolean {
  return loopbackNames.includes(host.replace(/:\d+$/, ''))
}
