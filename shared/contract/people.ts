import { z } from 'zod'
import { Role } from '../domain/permissions.ts'
import { ClientId, endpoint, Nothing } from './endpoint.ts'
import { PersonId } from './team.ts'

/** Which reviews there are for somebody, by their queues. */
export const QueueAccess = z.object({
  /** Every queue, those made later included. */
  seesAll: z.boolean(),
  /** Without `seesAll` the only ones that are seen. With it, where any is named, the only ones that count for taking. */
  queues: z.array(z.object({ queueId: z.string().max(60), mayTake: z.boolean() })).max(500),
})
export type QueueAccess = z.infer<typeof QueueAccess>

/** BCP 47; what somebody reads. */
const Languages = z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Not a language tag.')).max(50)

export const TeamMember = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  role: Role,
  /** Rises with every change of what this person may do. A change names the version it was made on. */
  version: z.number().int(),
  access: QueueAccess,
  languages: z.array(z.string()),
  /** Clauses and sections (`section:2`). */
  trained: z.array(z.string()).optional(),
  optedOut: z.array(z.string()).optional(),
  /** Sees and may reveal what is marked restricted. */
  seesRestricted: z.boolean(),
  disabledAt: z.iso.datetime().nullable(),
  joinedAt: z.iso.datetime(),
  /** The newest sign of use of a session that has not ended; told every ten minutes. */
  lastSeenAt: z.iso.datetime().nullable(),
  sessionCount: z.number().int(),
  /** Reviews in hand. */
  heldCount: z.number().int(),
})
export type TeamMember = z.infer<typeof TeamMember>

/** Somebody who has not used their link yet. */
export const OpenInvitation = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: Role,
  access: QueueAccess,
  languages: z.array(z.string()),
  invitedById: PersonId.nullable(),
  invitedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type OpenInvitation = z.infer<typeof OpenInvitation>

export const listTeam = endpoint({
  method: 'GET',
  path: '/api/v1/team',
  summary: 'Everybody who may sign in or could, with what they may do, and the invitations that are open',
  permission: 'team.read',
  reply: z.object({ people: z.array(TeamMember), invitations: z.array(OpenInvitation) }),
})

const OneTimeLink = z.object({
  /** Shown once: a repeat of the request answers with another link, and this one ends. */
  link: z.string(),
  expiresAt: z.iso.datetime(),
})

export const invitePerson = endpoint({
  method: 'POST',
  path: '/api/v1/team/invitations',
  summary: 'Invite somebody by a one-time link, in place of an earlier invitation to the same e-mail',
  permission: 'person.manage',
  body: z.object({
    clientId: ClientId,
    email: z.email('Not an e-mail address.').max(254),
    name: z.string().trim().min(1, 'A name is needed.').max(120),
    role: Role,
    access: QueueAccess,
    languages: Languages,
  }),
  reply: OneTimeLink.extend({ invitationId: z.uuid() }),
  status: 201,
  errors: ['email_taken'],
})

export const withdrawInvitation = endpoint({
  method: 'POST',
  path: '/api/v1/team/invitations/:invitationId/withdraw',
  summary: 'End an invitation that was not used',
  permission: 'person.manage',
  params: z.object({ invitationId: z.uuid() }),
  body: z.object({ clientId: ClientId }),
  reply: Nothing,
  errors: ['not_found'],
})

const ofPerson = { params: z.object({ personId: PersonId }), reply: TeamMember }
const Change = z.object({ clientId: ClientId, version: z.number().int().positive() })

export const changeAccess = endpoint({
  ...ofPerson,
  method: 'PUT',
  path: '/api/v1/people/:personId/access',
  summary: 'Say which queues somebody may see and take from, and what they read. Supervisors do so for reviewers',
  permission: 'person.assign',
  body: Change.extend({ access: QueueAccess, languages: Languages }),
  errors: ['not_found', 'version_changed'],
})

export const changeRole = endpoint({
  ...ofPerson,
  method: 'PUT',
  path: '/api/v1/people/:personId/role',
  summary: 'Give somebody another role',
  permission: 'person.manage',
  body: Change.extend({ role: Role }),
  errors: ['not_found', 'version_changed', 'last_administrator'],
})

export const changeRestricted = endpoint({
  ...ofPerson,
  method: 'PUT',
  path: '/api/v1/people/:personId/restricted',
  summary: 'Let somebody see what is restricted, or no more. Nobody gives this to themselves',
  permission: 'person.manage',
  body: Change.extend({ seesRestricted: z.boolean() }),
  errors: ['not_found', 'version_changed'],
})

export const disablePerson = endpoint({
  ...ofPerson,
  method: 'POST',
  path: '/api/v1/people/:personId/disable',
  summary: 'Shut somebody out: sessions end within ten seconds, reviews in hand go back',
  permission: 'person.manage',
  body: Change,
  errors: ['not_found', 'version_changed', 'last_administrator'],
})

export const enablePerson = endpoint({
  ...ofPerson,
  method: 'POST',
  path: '/api/v1/people/:personId/enable',
  summary: 'Let somebody who was shut out sign in again',
  permission: 'person.manage',
  body: Change,
  errors: ['not_found', 'version_changed'],
})

export const issueResetLink = endpoint({
  method: 'POST',
  path: '/api/v1/people/:personId/reset-link',
  summary: 'Make a one-time link with which somebody chooses another password',
  permission: 'person.manage',
  params: z.object({ personId: PersonId }),
  body: z.object({ clientId: ClientId }),
  reply: OneTimeLink,
  status: 201,
  errors: ['not_found'],
})

export const PersonSession = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  /** Told every ten minutes. */
  lastSeenAt: z.iso.datetime(),
  /** When it ends unless it is used before. */
  expiresAt: z.iso.datetime(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** The one that asks. */
  isCurrent: z.boolean(),
})
export type PersonSession = z.infer<typeof PersonSession>

export const listSessions = endpoint({
  method: 'GET',
  path: '/api/v1/sessions',
  summary: 'Sessions that have not ended, newest first: my own, or with person.manage somebody’s',
  permission: 'signed_in',
  query: z.object({ person: PersonId.optional() }),
  reply: z.object({ items: z.array(PersonSession) }),
  errors: ['not_found'],
})

export const endSession = endpoint({
  method: 'POST',
  path: '/api/v1/sessions/:sessionId/end',
  summary: 'End a session: one of my own, or with person.manage anybody’s',
  permission: 'signed_in',
  params: z.object({ sessionId: z.string().max(64) }),
  body: z.object({ clientId: ClientId }),
  reply: Nothing,
  errors: ['not_found'],
})
