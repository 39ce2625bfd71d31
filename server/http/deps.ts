import type { Logger } from 'pino'
import type { Db } from '#server/db/connect.ts'
import type { MediaStore } from '#server/media/store.ts'
import type { Auth } from './auth.ts'

/** What the routes of every feature are handed: made once in `main.ts`, and for each test file in `test/support/api.ts`. */
export type Deps = {
  db: Db
  auth: Auth
  mediaStore: MediaStore
  log: Logger
  now: () => Date
  settings: Settings
}

export type Settings = {
  /** Where browsers reach this server: `https://docket.example.org`. Other origins and hosts are refused. */
  publicUrl: string
  /** How long a lease lasts unless renewed. */
  leaseMs: number
  /** How many reviews one person may hold at a time. */
  leaseCap: number
  /** How long a decision may be undone before it takes effect. */
  undoMs: number
  /** How long a person may correct a decision of their own; supervisors may correct any at any time. */
  correctMs: number
  /** From the first failed try of a delivery to the second; twice as long from each to the next. */
  deliveryRetryMs: number
  /** Tries before a delivery waits for a person. */
  deliveryAttempts: number
  /** How long a receiver has for its whole answer. */
  deliveryTimeoutMs: number
  /** How long a grant to see an original may be used. */
  grantMs: number
  /** Requests of one person or key: a stop for a runaway script, far above what people and intake need. */
  requestsPerMinute: number
  /** Refused sign-ins and wrong one-time tokens from one address. */
  attemptsPerMinute: number
  /** Whose `X-Forwarded-For` is believed: addresses, networks, or express's names for them. */
  trustedProxies: string[]
  /** Hosts that media are fetched from: names, `*.name`, or `*` for any. Empty: nothing is fetched. */
  fetchMediaFrom: string[]
  /** Hosts that may be connected to although their address is private: `name`, `name:port`. */
  privateHosts: string[]
  /** A server that speaks as LibreTranslate does; null: texts never leave. */
  translator: { url: string; key: string | null } | null
  /** Where exports lie until they expire: in the data folder, which all servers share. */
  exportsDir: string
  /** How long. */
  exportKeepMs: number
  /** Where scheduled exports are written, below which their folders lie; null: there are none. */
  exportFolder: string | null
}

export const defaultSettings = {
  leaseMs: 300_000,
  leaseCap: 20,
  undoMs: 10_000,
  correctMs: 86_400_000,
  deliveryRetryMs: 5_000,
  deliveryAttempts: 15,
  deliveryTimeoutMs: 10_000,
  grantMs: 30_000,
  requestsPerMinute: 120_000,
  attemptsPerMinute: 60,
  trustedProxies: ['loopback'],
  fetchMediaFrom: [],
  privateHosts: [],
  translator: null,
  exportKeepMs: 604_800_000,
  exportFolder: null,
} satisfies Partial<Settings>
