import { type Kysely, sql } from 'kysely'

/**
 * The tables of better-auth and of its key plugin. Their names and columns are better-auth's; `server/http/auth.test.ts`
 * asks its own generator whether one is missing. The last columns of `user` and `session` are ours.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of tables.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const tables = `
create table auth."user" (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now(),
  role text not null check (role in ('reviewer', 'supervisor', 'admin', 'auditor')),
  "isProgram" boolean not null,
  "disabledAt" timestamptz(3)
);

create table auth.session (
  id text primary key,
  "expiresAt" timestamptz(3) not null,
  token text not null unique,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" on delete cascade,
  "recordedAt" timestamptz(3)
);

create index "session_userId_idx" on auth.session ("userId");

create index session_unrecorded on auth.session ("createdAt") where "recordedAt" is null;

create table auth.account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz(3),
  "refreshTokenExpiresAt" timestamptz(3),
  scope text,
  password text,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null
);

create index "account_userId_idx" on auth.account ("userId");

create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz(3) not null,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now()
);

create index verification_identifier_idx on auth.verification (identifier);

create table auth.apikey (
  id text primary key,
  "configId" text not null,
  name text,
  start text,
  "referenceId" text not null,
  prefix text,
  key text not null,
  "refillInterval" integer,
  "refillAmount" integer,
  "lastRefillAt" timestamptz(3),
  enabled boolean,
  "rateLimitEnabled" boolean,
  "rateLimitTimeWindow" integer,
  "rateLimitMax" integer,
  "requestCount" integer,
  remaining integer,
  "lastRequest" timestamptz(3),
  "expiresAt" timestamptz(3),
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  permissions text,
  metadata text
);

create index "apikey_configId_idx" on auth.apikey ("configId");

create index "apikey_referenceId_idx" on auth.apikey ("referenceId");

create index apikey_key_idx on auth.apikey (key)`
