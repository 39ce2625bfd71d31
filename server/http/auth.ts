import { randomBytes } from 'node:crypto'
import { apiKey } from '@better-auth/api-key'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { keepAuthSecret, maySignIn } from '#server/features/team/sign-in.queries.ts'
import type { Settings } from './deps.ts'

/** A session ends when it was not used for so long. */
const idleSeconds = 12 * 60 * 60
/** A session in use is prolonged at most so often: one write, not one a request. */
const prolongSeconds = 10 * 60

export const passwordLength = { min: 12, max: 128 }
export const keyPrefix = 'docket_'

export type Auth = Awaited<ReturnType<typeof createAuth>>

type AuthOptions = {
  db: Db
  settings: Pick<Settings, 'publicUrl'>
  /** Signs cookies. Without one, a random one is made once and kept in the database. */
  secret?: string | null
}

/**
 * Passwords, sessions and keys, by better-auth, in the schema `auth`. Its own HTTP endpoints are not mounted: what may be
 * done from outside goes through our routes, which call `auth.api`.
 */
export async function createAuth({ db, settings, secret }: AuthOptions) {
  const auth = betterAuth(authOptions({ db, settings, secret: secret ?? (await keepAuthSecret(db, newSecret())) }))
  const { authCookies, secret: signingSecret } = await auth.$context
  return { api: auth.api, context: auth.$context, cookieName: authCookies.sessionToken.name, secret: signingSecret }
}

/** What better-auth is told; the migrations' test asks its generator whether anything is missing. */
export function authOptions({ db, settings, secret }: Required<AuthOptions> & { secret: string }) {
  return {
    appName: 'Docket',
    baseURL: settings.publicUrl,
    secret,
    database: { db, type: 'postgres', schemaName: 'auth', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        isProgram: { type: 'boolean', required: true, input: false, defaultValue: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: {
      expiresIn: idleSeconds,
      updateAge: prolongSeconds,
      additionalFields: {
        // When the sign-in was written to the event log: better-auth commits the session itself, before we can.
        recordedAt: { type: 'date', required: false, input: false, returned: false },
      },
    },
    databaseHooks: {
      session: { create: { before: async ({ userId }: { userId: string }) => maySignIn(db, userId) } },
    },
    plugins: [
      apiKey({
        defaultPrefix: keyPrefix,
        enableMetadata: true,
        requireName: true,
        maximumNameLength: 100,
        // The prefix and enough besides to tell keys apart in a list.
        startingCharactersConfig: { shouldStore: true, charactersLength: 12 },
        // Ours is in server/http/request-limit.ts; this one would write a row with every request.
        rateLimit: { enabled: false },
      }),
    ],
    advanced: {
      cookiePrefix: 'docket',
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-docket-address'] },
      database: { generateId: () => newId(), validateSchema: false },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // What fails is thrown to us, and logged by us: without e-mails.
    logger: { disabled: true },
  } satisfies BetterAuthOptions
}

function newSecret() {
  return randomBytes(32).toString('base64url')
}
