import { z } from 'zod'
import { type Permission, permissions, Role } from '../domain/permissions.ts'
import { endpoint, Nothing } from './endpoint.ts'
import { Organisation, Preferences } from './preferences.ts'

export const PersonId = z.string().max(64)

export const Person = z.object({ id: PersonId, name: z.string(), role: Role, isActive: z.boolean() })
export type Person = z.infer<typeof Person>

export const Session = z.object({
  person: z.object({ id: PersonId, name: z.string(), email: z.string(), role: Role }),
  permissions: z.array(z.enum(permissions as [Permission, ...Permission[]])),
  /** What there is for this person; null is every queue. The server leaves out the rest. */
  scope: z.object({
    queues: z.array(z.string()).nullable(),
    takes: z.array(z.string()).nullable(),
    seesRestricted: z.boolean(),
  }),
  preferences: Preferences,
  organisation: Organisation,
})
export type Session = z.infer<typeof Session>

const Password = z.string().min(12, 'At least 12 characters.').max(128, 'At most 128 characters.')
const Name = z.string().trim().min(1, 'A name is needed.').max(120)

/** Sets the session's cookie. The path is better-auth's, which answers behind it. */
export const signIn = endpoint({
  method: 'POST',
  path: '/api/auth/sign-in/email',
  summary: 'Sign in with e-mail and password',
  permission: 'public',
  body: z.object({ email: z.string().trim().max(254), password: z.string().max(1_000) }),
  reply: Nothing,
  errors: ['wrong_credentials', 'too_many_requests'],
})

export const signOut = endpoint({
  method: 'POST',
  path: '/api/auth/sign-out',
  summary: 'End the session',
  permission: 'public',
  reply: Nothing,
})

export const getSession = endpoint({
  method: 'GET',
  path: '/api/v1/session',
  summary: 'Who is signed in, and what they may do',
  permission: 'signed_in',
  reply: Session,
})

export const listPeople = endpoint({
  method: 'GET',
  path: '/api/v1/people',
  summary: 'Everybody who works here, for names beside holders, notes and decisions',
  permission: 'person.read',
  reply: z.object({ items: z.array(Person) }),
})

export const getSetup = endpoint({
  method: 'GET',
  path: '/api/v1/setup',
  summary: 'Whether the first administrator is still to be made',
  permission: 'public',
  reply: z.object({ needed: z.boolean() }),
})

export const completeSetup = endpoint({
  method: 'POST',
  path: '/api/v1/setup',
  summary: 'Make the first administrator, with the token from the console',
  permission: 'public',
  body: z.object({ token: z.string().max(200), name: Name, email: z.email().max(254), password: Password }),
  reply: z.object({ email: z.string() }),
  status: 201,
  errors: ['invalid_token', 'already_set_up', 'too_many_requests'],
})

export const getInvitation = endpoint({
  method: 'GET',
  path: '/api/v1/invitations/:token',
  summary: 'Whom a one-time link is for',
  permission: 'public',
  params: z.object({ token: z.string().max(200) }),
  reply: z.object({ name: z.string(), email: z.string() }),
  errors: ['invalid_token', 'too_many_requests'],
})

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/api/v1/invitations/:token/accept',
  summary: 'Choose the password and use up the one-time link',
  permission: 'public',
  params: z.object({ token: z.string().max(200) }),
  body: z.object({ name: Name, password: Password }),
  reply: z.object({ email: z.string() }),
  status: 201,
  errors: ['invalid_token', 'too_many_requests'],
})
