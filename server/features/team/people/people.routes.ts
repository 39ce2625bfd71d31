import type { Router } from 'express'
import { getSkills } from '#server/features/routing/skills/skills.queries.ts'
import type { Callers } from '#server/http/caller.ts'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { changeAccess } from './change-access.ts'
import { changeRestricted, changeRole } from './change-role.ts'
import { changeOptOuts, changeSkills } from './change-skills.ts'
import { endSession, readSessions } from './end-session.ts'
import { invitePerson, issueResetLink, withdrawInvitation } from './invite-person.ts'
import { findOpenInvitations, findTeam } from './people.queries.ts'
import { letIn, shutOut } from './shut-out.ts'

export function peopleRoutes(router: Router, deps: Deps, callers: Callers) {
  const { db, now } = deps

  /** This process believes nothing any more of what was true before; others do for some seconds. */
  async function atOnce<Reply>(act: Promise<Reply>): Promise<Reply> {
    const reply = await act
    callers.forgetAll()
    return reply
  }

  serve(router, api.listTeam, async () => {
    const [people, invitations] = await Promise.all([findTeam(db, now()), findOpenInvitations(db, now())])
    return { people, invitations }
  })
  serve(router, api.invitePerson, ({ body, caller }) => invitePerson(deps, caller, body))
  serve(router, api.withdrawInvitation, ({ params, body, caller }) =>
    withdrawInvitation(deps, caller, params.invitationId, body.clientId),
  )
  serve(router, api.changeAccess, ({ params, body, caller }) =>
    atOnce(changeAccess(deps, caller, params.personId, body)),
  )
  serve(router, api.changeSkills, ({ params, body, caller }) =>
    atOnce(changeSkills(deps, caller, params.personId, body)),
  )
  serve(router, api.getOptOuts, async ({ caller }) => ({ optedOut: (await getSkills(db, caller.id)).optedOut }))
  serve(router, api.changeOptOuts, ({ body, caller }) => atOnce(changeOptOuts(deps, caller, body)))
  serve(router, api.changeRole, ({ params, body, caller }) => atOnce(changeRole(deps, caller, params.personId, body)))
  serve(router, api.changeRestricted, ({ params, body, caller }) =>
    atOnce(changeRestricted(deps, caller, params.personId, body)),
  )
  serve(router, api.disablePerson, ({ params, body, caller }) => atOnce(shutOut(deps, caller, params.personId, body)))
  serve(router, api.enablePerson, ({ params, body, caller }) => atOnce(letIn(deps, caller, params.personId, body)))
  serve(router, api.issueResetLink, ({ params, body, caller }) =>
    issueResetLink(deps, caller, params.personId, body.clientId),
  )
  serve(router, api.listSessions, async ({ query, caller }) => ({
    items: await readSessions(deps, caller, query.person ?? caller.id),
  }))
  serve(router, api.endSession, ({ params, body, caller }) =>
    atOnce(endSession(deps, caller, params.sessionId, body.clientId)),
  )
}
