import { queryOptions } from '@tanstack/react-query'
import { call } from '#client/api/call.ts'
import {
  changeAccess,
  changeRestricted,
  changeRole,
  disablePerson,
  enablePerson,
  endSession,
  invitePerson,
  issueResetLink,
  listSessions,
  listTeam,
  type QueueAccess,
  type TeamMember,
  withdrawInvitation,
} from '#shared/contract/people.ts'
import { changeSkills } from '#shared/contract/routing.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { useAct } from '../act.ts'

const team = ['team'] as const

export const teamQuery = queryOptions({
  queryKey: team,
  queryFn: ({ signal }) => call(listTeam, { signal }),
})

/** @param personId left out, one's own */
export const sessionsQuery = (personId?: string) =>
  queryOptions({
    queryKey: ['sessions', personId ?? null],
    queryFn: ({ signal }) => call(listSessions, { query: { person: personId }, signal }),
    select: ({ items }) => items,
  })

export type Invitation = {
  email: string
  name: string
  role: Role
  access: QueueAccess
  languages: string[]
}

export const useInvite = () =>
  useAct((body: Invitation, clientId) => call(invitePerson, { body: { ...body, clientId } }), { changes: [team] })

export const useWithdraw = () =>
  useAct(
    (invitationId: string, clientId) => call(withdrawInvitation, { params: { invitationId }, body: { clientId } }),
    { changes: [team] },
  )

/** What may be changed of a person, each by an endpoint of its own. */
export type PersonChange =
  | { kind: 'access'; access: QueueAccess; languages: string[] }
  | { kind: 'role'; role: Role }
  | { kind: 'restricted'; seesRestricted: boolean }
  | { kind: 'skills'; trained: string[]; optedOut: string[] }
  | { kind: 'disable' | 'enable' }

export function useChangePerson({ id, version }: Pick<TeamMember, 'id' | 'version'>) {
  const params = { personId: id }
  return useAct(
    (change: PersonChange & { version: number }, clientId) => {
      const asked = { clientId, version }
      switch (change.kind) {
        case 'access': {
          const { access, languages } = change
          return call(changeAccess, { params, body: { ...asked, access, languages } })
        }
        case 'skills':
          return call(changeSkills, { params, body: { ...asked, trained: change.trained, optedOut: change.optedOut } })
        case 'role':
          return call(changeRole, { params, body: { ...asked, role: change.role } })
        case 'restricted':
          return call(changeRestricted, { params, body: { ...asked, seesRestricted: change.seesRestricted } })
        case 'disable':
          return call(disablePerson, { params, body: asked })
        case 'enable':
          return call(enablePerson, { params, body: asked })
      }
    },
    { changes: [team, ['sessions', id], ['people']] },
  )
}

export const useResetLink = (personId: string) =>
  useAct((_: null, clientId) => call(issueResetLink, { params: { personId }, body: { clientId } }), { changes: [] })

export const useEndSession = () =>
  useAct((sessionId: string, clientId) => call(endSession, { params: { sessionId }, body: { clientId } }), {
    changes: [['sessions'], team],
  })
