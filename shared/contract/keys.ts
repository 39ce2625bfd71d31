import { z } from 'zod'
import { Role } from '../domain/permissions.ts'
import { SourceKind } from '../domain/words.ts'
import { ClientId, endpoint, Nothing } from './endpoint.ts'
import { QueueAccess } from './people.ts'
import { PersonId } from './team.ts'

/** What a key that is made on the screen may be; what administrators do is done by people. */
export const KeyRole = Role.exclude(['admin'])

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins, to tell it from others. */
  start: z.string().nullable(),
  /** The program behind it, under whose name it acts. */
  programId: PersonId,
  role: Role,
  /** The names of sources it may flag for. */
  sourceNames: z.array(z.string()),
  sourceKinds: z.array(SourceKind),
  access: QueueAccess,
  madeAt: z.iso.datetime(),
  madeById: PersonId.nullable(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const listKeys = endpoint({
  method: 'GET',
  path: '/api/v1/keys',
  summary: 'The keys of programs, newest first, revoked ones last',
  permission: 'key.read',
  reply: z.object({ items: z.array(ApiKey) }),
})

const SourceName = z.string().trim().min(1, 'A name is needed.').max(100)

export const makeKey = endpoint({
  method: 'POST',
  path: '/api/v1/keys',
  summary: 'Make a key for a program. It is shown once',
  permission: 'key.manage',
  body: z.object({
    clientId: ClientId,
    name: z.string().trim().min(1, 'A name is needed.').max(100),
    role: KeyRole,
    sourceNames: z.array(SourceName).max(50),
    sourceKinds: z.array(SourceKind).max(20),
    access: QueueAccess,
  }),
  reply: z.object({
    /** A repeat of the request answers with another secret for the same key, and this one ends. */
    secret: z.string(),
    key: ApiKey,
  }),
  status: 201,
})

export const revokeKey = endpoint({
  method: 'POST',
  path: '/api/v1/keys/:keyId/revoke',
  summary: 'End a key. Its program is out within ten seconds',
  permission: 'key.manage',
  params: z.object({ keyId: z.string().max(64) }),
  body: z.object({ clientId: ClientId }),
  reply: Nothing,
  errors: ['not_found'],
})
