import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { deleteSession } from './sign-in.queries.ts'

/** Ends the session that these headers carry, if there is one. @returns the cookies that forget it */
export async function signOut({ db, auth }: Deps, headers: Headers): Promise<string[]> {
  const current = await auth.api.getSession({ headers, query: { disableRefresh: true } })
  if (current) {
    const { id, userId } = current.session
    await db.transaction().execute(async (tx) => {
      if (!(await deleteSession(tx, id))) return
      const by = { id: userId, key: null }
      await appendEvents(tx, [
        { kind: 'person.signed_out', by, subject: { kind: 'person', id: userId }, data: { session: id } },
      ])
    })
  }
  const { headers: forgetting } = await auth.api.signOut({ headers, returnHeaders: true })
  return forgetting.getSetCookie()
}
