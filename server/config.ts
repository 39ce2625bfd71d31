import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { StartFault } from './start-fault.ts'

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a URL like postgres://user:password@host/database',
})

const origin = z
  .string()
  .refine(isOrigin, 'must be an address like https://docket.example.org, without a path')
  .transform((url) => new URL(url).origin)

const milliseconds = (least: number, most: number) =>
  z.coerce
    .number('must be a number of milliseconds')
    .int('must be a whole number of milliseconds')
    .min(least, `must be at least ${least} milliseconds`)
    .max(most, `must be at most ${most} milliseconds`)

const hostList = (error: string, each: RegExp) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
    .refine((parts) => parts.every((part) => each.test(part)), error)
    .default([])

/**
 * Every setting, each an environment variable; an empty one counts as not set.
 *
 * | variable | default | meaning |
 * | --- | --- | --- |
 * | DATABASE_URL | the embedded PostgreSQL | PostgreSQL 16 or later, as the role the running server signs in as |
 * | DATABASE_OWNER_URL | DATABASE_URL | the same database as the role that owns the tables: for migrations |
 * | DOCKET_DATA | .docket | the data folder: media, and the embedded PostgreSQL |
 * | HOST | 127.0.0.1 | the address to listen on |
 * | PORT | 3000 | the port to listen on; 0 takes a free one |
 * | PUBLIC_URL | http://HOST:PORT | where browsers reach this server; other origins and hosts are refused |
 * | TRUSTED_PROXIES | loopback | whose X-Forwarded-For is believed: addresses or networks, with commas between |
 * | AUTH_SECRET | one kept in the database | signs session cookies |
 * | LEASE_MS | 300000 | how long a lease lasts unless renewed |
 * | LEASE_CAP | 20 | how many reviews one person may hold at a time |
 * | UNDO_MS | 10000 | how long a decision may be undone before it takes effect |
 * | FETCH_MEDIA_FROM | nowhere | hosts that media named by their address are fetched from, with commas between; `*` is any |
 * | PRIVATE_HOSTS | none | hosts with private addresses that may be connected to, with or without a port |
 * | TRANSLATE_URL | none | a translator that speaks as LibreTranslate does; texts leave only when somebody asks |
 * | TRANSLATE_KEY | none | the key it wants |
 * | CORRECT_MS | 86400000 | how long a person may correct a decision of their own |
 * | EXPORT_DIR | nowhere | the folder below which scheduled exports are written |
 * | EXPORT_KEEP_MS | 604800000 | how long exports may be downloaded |
 * | LOG_LEVEL | info | fatal, error, warn, info, debug, trace or silent |
 */
const Environment = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DOCKET_DATA: z.string().default('.docket'),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a host name')
    .default('127.0.0.1'),
  PORT: z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number, 0 to 65535')
    .max(65_535, 'must be a port number, 0 to 65535')
    .default(3000),
  PUBLIC_URL: origin.optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), 'must be addresses or networks, with commas between')
    .default(['loopback']),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  LEASE_MS: milliseconds(10_000, 86_400_000).default(300_000),
  LEASE_CAP: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1_000, 'must be at most 1000')
    .default(20),
  UNDO_MS: milliseconds(0, 600_000).default(10_000),
  CORRECT_MS: milliseconds(0, 31_536_000_000).default(86_400_000),
  FETCH_MEDIA_FROM: hostList('must be host names, with commas between, or *', /^(\*|(\*\.)?[\w.-]+(:\d+)?)$/),
  PRIVATE_HOSTS: hostList('must be hosts or hosts with ports, with commas between', /^([\w.-]+|[\da-f:]+)(:\d+)?$/i),
  TRANSLATE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address like https://translate.example.org' })
    .optional(),
  TRANSLATE_KEY: z.string().max(500).optional(),
  EXPORT_DIR: z.string().optional(),
  EXPORT_KEEP_MS: milliseconds(60_000, 31_536_000_000).default(604_800_000),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
})

export type Config = {
  /** Null: the embedded PostgreSQL of the data folder. */
  databaseUrl: string | null
  databaseOwnerUrl: string | null
  /** Absolute. */
  dataDir: string
  host: string
  port: number
  /** Null: made of host and the port that was taken. */
  publicUrl: string | null
  trustedProxies: string[]
  /** Null: one that is kept in the database. */
  authSecret: string | null
  leaseMs: number
  leaseCap: number
  undoMs: number
  correctMs: number
  /** Hosts that media are fetched from: names, `*.name`, or `*` for any. Empty: nothing is fetched. */
  fetchMediaFrom: string[]
  /** Hosts that may be connected to although their address is private: `name`, `name:port`. */
  privateHosts: string[]
  /** Null: there is none. */
  translator: { url: string; key: string | null } | null
  /** Absolute; null: nothing is exported on a schedule. */
  exportFolder: string | null
  exportKeepMs: number
  logLevel: string
}

/** @throws StartFault that lists every variable with a wrong value */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = Environment.safeParse(Object.fromEntries(given))
  const faults = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  faults.push(...findContradictions(new Map(given)))
  if (!parsed.success || faults.length > 0) {
    throw new StartFault(['The configuration is wrong:', ...faults].join('\n  '))
  }
  const value = parsed.data
  return {
    databaseUrl: value.DATABASE_URL ?? null,
    databaseOwnerUrl: value.DATABASE_OWNER_URL ?? value.DATABASE_URL ?? null,
    dataDir: resolve(value.DOCKET_DATA),
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL ?? null,
    trustedProxies: value.TRUSTED_PROXIES,
    authSecret: value.AUTH_SECRET ?? null,
    leaseMs: value.LEASE_MS,
    leaseCap: value.LEASE_CAP,
    undoMs: value.UNDO_MS,
    correctMs: value.CORRECT_MS,
    fetchMediaFrom: value.FETCH_MEDIA_FROM,
    privateHosts: value.PRIVATE_HOSTS,
    translator: value.TRANSLATE_URL ? { url: value.TRANSLATE_URL, key: value.TRANSLATE_KEY ?? null } : null,
    exportFolder: value.EXPORT_DIR ? resolve(value.EXPORT_DIR) : null,
    exportKeepMs: value.EXPORT_KEEP_MS,
    logLevel: value.LOG_LEVEL,
  }
}

/** This process's environment with some variables changed, and others set where it sets none. */
export function environmentWith(changes: Record<string, string>, defaults: Record<string, string> = {}) {
  return { ...defaults, ...process.env, ...changes }
}

/** Whether `npm run` started this process, by way of a shell. */
export function isRunByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined
}

/** Only programs on this computer reach a loopback address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** An address for people: IPv6 goes into brackets. */
export function httpUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function findContradictions(env: Map<string, string | undefined>): string[] {
  const faults: string[] = []
  if (env.has('DATABASE_OWNER_URL') && !env.has('DATABASE_URL')) faults.push('DATABASE_OWNER_URL needs DATABASE_URL')
  const host = env.get('HOST') ?? ''
  if (['0.0.0.0', '::'].includes(host) && !env.has('PUBLIC_URL')) {
    faults.push(`PUBLIC_URL must be set when HOST is ${host}: the address that browsers will use`)
  }
  return faults
}

/** An address, a network like 10.0.0.0/8, or express's name for some. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const version = isIP(address)
  return (
    version > 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
  )
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return false
  return url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
}
