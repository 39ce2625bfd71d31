import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  changeAccess,
  changeRestricted,
  changeRole,
  disablePerson,
  endSession,
  invitePerson,
  listSessions,
  listTeam,
  type OpenInvitation,
  type TeamMember,
  withdrawInvitation,
} from '#shared/contract/people.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import type { Session } from '#shared/contract/team.ts'
import { buildQueue } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const at = '2026-07-01T10:00:00.000Z'

function buildMember(overrides: Partial<TeamMember> = {}): TeamMember {
  return {
    id: 'person-mia',
    name: 'Mia Novak',
    email: 'mia@example.org',
    role: 'reviewer',
    version: 3,
    access: { seesAll: true, queues: [] },
    languages: ['ru'],
    seesRestricted: false,
    disabledAt: null,
    joinedAt: at,
    lastSeenAt: at,
    sessionCount: 1,
    heldCount: 0,
    ...overrides,
  }
}

const admin = buildSession('admin', { id: 'person-ada', name: 'Ada' })

function server(
  people: TeamMember[],
  { as = admin, invitations = [] as OpenInvitation[] }: { as?: Session; invitations?: OpenInvitation[] } = {},
) {
  return fakeApi()
    .as(as)
    .on(listTeam, () => ({ people, invitations }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listQueues, () => ({
      items: [buildQueue({ id: 'hate', name: 'Hate' }), buildQueue({ id: 'spam', name: 'Spam' })],
      languages: ['kk'],
      platforms: [],
    }))
    .on(listSessions, () => ({
      items: [
        {
          id: 'session-1',
          startedAt: at,
          lastSeenAt: at,
          expiresAt: at,
          address: '192.0.2.7',
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          isCurrent: false,
        },
      ],
    }))
}

const panel = (name = 'Mia Novak') => screen.findByRole('complementary', { name })

describe('the team', () => {
  it('is a table of who may do what', async () => {
    server([
      buildMember({ seesRestricted: true }),
      buildMember({ id: 'b', name: 'Omar', access: { seesAll: false, queues: [{ queueId: 'spam', mayTake: false }] } }),
      buildMember({ id: 'c', name: 'Lena', role: 'auditor', disabledAt: at }),
    ])
    renderApp('/team')
    const mia = await screen.findByRole('row', { name: /Mia Novak/ })
    expect(mia).toHaveTextContent(/Reviewer.*All/)
    expect(within(mia).getByRole('img', { name: 'Sees restricted' })).toBeInTheDocument()
    expect(await screen.findByRole('row', { name: /Omar.*Spam \(reads\)/ })).toBeInTheDocument()
    expect(screen.getByRole('row', { name: /Lena/ })).toHaveTextContent('Shut out')
    expect(screen.getByText('2 people, 1 shut out')).toBeInTheDocument()
  })

  it('is not for reviewers', async () => {
    server([], { as: buildSession('reviewer') })
    renderApp('/team')
    expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeInTheDocument()
  })

  it('says when it did not load, and tries again', async () => {
    const api = server([buildMember()]).on(listTeam, () => ({ refuse: 'internal' }))
    const { user } = renderApp('/team')
    expect(await screen.findByRole('heading', { name: 'The team did not load' })).toBeInTheDocument()
    api.on(listTeam, () => ({ people: [buildMember()], invitations: [] }))
    await user.click(screen.getByRole('button', { name: /again/ }))
    expect(await screen.findByRole('row', { name: /Mia Novak/ })).toBeInTheDocument()
  })
})

describe('a person', () => {
  it('is given queues and languages, on the version that was seen', async () => {
    const api = server([buildMember()]).on(changeAccess, () => buildMember({ version: 4 }))
    const { user } = renderApp('/team?person=person-mia')
    const mia = within(await panel())
    expect(mia.queryByRole('button', { name: 'Save' })).toBeNull()
    await user.click(await mia.findByRole('radio', { name: 'Only these' }))
    await user.click(mia.getByRole('checkbox', { name: 'See Spam' }))
    await user.click(mia.getByRole('combobox', { name: 'Reads' }))
    await user.click(await screen.findByRole('option', { name: 'Kazakh' }))
    await user.click(mia.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(api.sent(changeAccess)).toMatchObject([
        {
          version: 3,
          access: { seesAll: false, queues: [{ queueId: 'hate', mayTake: true }] },
          languages: ['ru', 'kk'],
        },
      ]),
    )
  })

  it('is shown as it is now when somebody else changed it meanwhile, and nothing is lost on the way', async () => {
    server([buildMember()]).on(changeRole, () => ({ refuse: 'version_changed' }))
    const { user } = renderApp('/team?person=person-mia')
    const mia = within(await panel())
    await user.click(mia.getByRole('combobox', { name: 'Role' }))
    await user.click(await screen.findByRole('option', { name: 'Supervisor' }))
    await user.click(mia.getByRole('button', { name: 'Give this role' }))
    expect(await mia.findByRole('alert')).toHaveTextContent('Somebody else changed this person meanwhile.')
  })

  it('keeps the id of an act that the server may have heard of', async () => {
    let fails = true
    const api = server([buildMember()]).on(changeRestricted, () => {
      if (fails) throw new TypeError('offline')
      return buildMember({ seesRestricted: true })
    })
    const { user } = renderApp('/team?person=person-mia')
    const mia = within(await panel())
    const box = await mia.findByRole('checkbox', { name: /May see and reveal/ })
    await user.click(box)
    expect(await mia.findByRole('alert')).toHaveTextContent('The server did not answer.')
    fails = false
    await user.click(box)
    await waitFor(() => expect(api.sent(changeRestricted)).toHaveLength(2))
    const [first, second] = api.sent(changeRestricted) as { clientId: string }[]
    expect(second!.clientId).toBe(first!.clientId)
  })

  it('is shut out after being asked once more', async () => {
    const api = server([buildMember()]).on(disablePerson, () => buildMember({ disabledAt: at }))
    const { user } = renderApp('/team?person=person-mia')
    const mia = within(await panel())
    await user.click(await mia.findByRole('button', { name: 'Shut out' }))
    expect(api.sent(disablePerson)).toEqual([])
    await user.click(mia.getByRole('button', { name: 'Shut Mia Novak out' }))
    await waitFor(() => expect(api.sent(disablePerson)).toMatchObject([{ version: 3 }]))
  })

  it('loses a session that an administrator ends', async () => {
    const api = server([buildMember()]).on(endSession, () => ({}))
    const { user } = renderApp('/team?person=person-mia')
    const mia = within(await panel())
    expect(await mia.findByText('192.0.2.7')).toBeInTheDocument()
    await user.click(mia.getByRole('button', { name: 'End the session on Firefox on Linux' }))
    await waitFor(() => expect(api.calls(endSession)).toMatchObject([{ params: { sessionId: 'session-1' } }]))
  })

  it('does not give themselves what is restricted', async () => {
    server([buildMember({ id: 'person-ada', name: 'Ada', role: 'admin' })])
    renderApp('/team?person=person-ada')
    expect(await within(await panel('Ada')).findByRole('checkbox', { name: /May see and reveal/ })).toBeDisabled()
  })

  it('may be placed by a supervisor when they review, and only read otherwise', async () => {
    const as = buildSession('supervisor')
    server([buildMember(), buildMember({ id: 'b', name: 'Omar', role: 'supervisor' })], { as })
    const { user } = renderApp('/team?person=person-mia')
    const mia = within(await panel())
    expect(await mia.findByRole('checkbox', { name: 'Take from Spam' })).toBeEnabled()
    expect(mia.queryByRole('combobox', { name: 'Role' })).toBeNull()
    expect(mia.queryByRole('button', { name: 'Shut out' })).toBeNull()
    await user.click(screen.getByRole('row', { name: /Omar/ }))
    expect(await within(await panel('Omar')).findByRole('checkbox', { name: 'Take from Spam' })).toBeDisabled()
  })
})

describe('an invitation', () => {
  it('is made with everything in it, and its link is shown once', async () => {
    const api = server([]).on(invitePerson, () => ({
      invitationId: crypto.randomUUID(),
      link: 'https://docket.example.org/join?token=abc',
      expiresAt: at,
    }))
    const { user } = renderApp('/team')
    await user.click(await screen.findByRole('button', { name: 'Add a person' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Add a person' }))
    await user.click(await dialog.findByRole('button', { name: 'Make the link' }))
    expect(dialog.getByRole('textbox', { name: 'E-mail' })).toHaveAccessibleDescription(
      'This is not an e-mail address.',
    )
    await user.type(dialog.getByRole('textbox', { name: 'E-mail' }), 'lina@example.org')
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Lina')
    await user.click(dialog.getByRole('checkbox', { name: 'Take from Spam' }))
    await user.click(dialog.getByRole('button', { name: 'Make the link' }))
    const link = await screen.findByRole('textbox', { name: 'One-time link' })
    expect(link).toHaveValue('https://docket.example.org/join?token=abc')
    expect(api.sent(invitePerson)).toMatchObject([
      {
        email: 'lina@example.org',
        name: 'Lina',
        role: 'reviewer',
        access: {
          seesAll: true,
          queues: [
            { queueId: 'hate', mayTake: true },
            { queueId: 'spam', mayTake: false },
          ],
        },
      },
    ])
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('says when somebody has the e-mail already', async () => {
    server([]).on(invitePerson, () => ({ refuse: 'email_taken' }))
    const { user } = renderApp('/team')
    await user.click(await screen.findByRole('button', { name: 'Add a person' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Add a person' }))
    await user.type(await dialog.findByRole('textbox', { name: 'E-mail' }), 'mia@example.org')
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Mia')
    await user.click(dialog.getByRole('button', { name: 'Make the link' }))
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody has this e-mail already.')
    expect(dialog.getByRole('textbox', { name: 'E-mail' })).toHaveValue('mia@example.org')
  })

  it('is withdrawn', async () => {
    const id = crypto.randomUUID()
    const open = {
      id,
      name: 'Lina',
      email: 'lina@example.org',
      role: 'reviewer' as const,
      access: { seesAll: true, queues: [] },
      languages: [],
      invitedById: null,
      invitedAt: at,
      expiresAt: at,
    }
    const api = server([], { invitations: [open] }).on(withdrawInvitation, () => ({}))
    const { user } = renderApp('/team')
    await user.click(await screen.findByRole('button', { name: 'Withdraw the invitation of Lina' }))
    await waitFor(() => expect(api.calls(withdrawInvitation)).toMatchObject([{ params: { invitationId: id } }]))
  })
})

describe('my own sessions', () => {
  it('are open to everybody', async () => {
    const api = server([], { as: buildSession('reviewer') }).on(endSession, () => ({}))
    const { user } = renderApp('/sessions')
    await user.click(await screen.findByRole('button', { name: 'End the session on Firefox on Linux' }))
    await waitFor(() => expect(api.calls(endSession)).toHaveLength(1))
    expect(api.calls(listSessions)[0]?.query).toEqual({})
  })
})
