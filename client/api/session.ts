import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { getSession, type Session } from '#shared/contract/team.ts'
import type { Permission } from '#shared/domain/permissions.ts'
import { call, errorCode } from './call.ts'

export const sessionKey = ['session'] as const

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return notice(await call(getSession, { signal }))
    } catch (err) {
      if (errorCode(err) === 'signed_out') return null
      throw err
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** From the shell to everything below it. A part never reads the cache itself: it would see a session end before the shell does. */
export const SessionContext = createContext<Session | null>(null)

/** The person at the screen. Only below the shell, which is shown to nobody else. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('No session: this component belongs inside the shell.')
  return session
}

/** Whether the person at the screen may do this. The server decides; this only explains. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission)
}

const resets: (() => void)[] = []
let lastPersonId: string | null = null

/** Registers what a store must forget when another person takes this browser over: drafts, positions, reveals. */
export function forgetOnSignOut(reset: () => void) {
  resets.push(reset)
}

const followers: ((personId: string | null) => void)[] = []

/** Tells who is at the screen, now and whenever that changes: for what is kept on this computer for each person apart. */
export function followPerson(hear: (personId: string | null) => void) {
  followers.push(hear)
  hear(lastPersonId)
}

export function forgetPerson() {
  lastPersonId = null
  for (const reset of resets) reset()
  for (const hear of followers) hear(null)
}

/** Whether somebody was signed in here before: then sign-in says that the session has ended. */
export function hadSession() {
  return lastPersonId !== null
}

/** What one person typed is kept for the same person after a session that ended, and for nobody else. */
function notice(session: Session) {
  if (lastPersonId !== null && lastPersonId !== session.person.id) forgetPerson()
  if (lastPersonId === session.person.id) return session
  lastPersonId = session.person.id
  for (const hear of followers) hear(lastPersonId)
  return session
}
