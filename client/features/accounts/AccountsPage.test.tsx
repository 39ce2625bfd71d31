import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  type AccountDetail,
  type AccountMoment,
  type AccountRow,
  getAccount,
  getAccountTimeline,
  listAccountPosts,
  listAccounts,
} from '#shared/contract/accounts.ts'
import { listDecisions } from '#shared/contract/decision-list.ts'
import { addAccountNote } from '#shared/contract/notes.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildDecision, buildNote, buildPage, buildPerson, buildSha256 } from '#test/support/build.ts'
import {
  buildAccountDetail,
  buildAccountPost,
  buildAccountRow,
  buildDecisionRow,
  exactly,
} from '#test/support/build-lists.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })

function serve() {
  return fakeApi()
    .on(listPeople, () => ({ items: [ana] }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: ['vk', 'telegram'] }))
}

function listOf(rows: AccountRow[]) {
  return serve().on(listAccounts, ({ query }) =>
    buildPage(
      rows.filter((row) => (!query.q || row.handle.startsWith(query.q)) && (!query.new || row.isNew === query.new)),
    ),
  )
}

describe('the list of accounts', () => {
  it('tells status, age and figures, and leads to the page', async () => {
    const row = buildAccountRow({
      handle: 'artyom_2',
      displayName: 'Artyom',
      status: 'limited',
      isNew: true,
      counts: {
        flags: { value: 10_000, exact: false },
        posts: exactly(3),
        decisions: exactly(0),
        openReviews: exactly(2),
      },
    })
    listOf([row])
    renderApp('/accounts')
    const link = await screen.findByRole('link', { name: 'artyom_2' })
    expect(link).toHaveAttribute('href', `/accounts/${row.id}`)
    const line = link.closest('tr')
    for (const text of ['Artyom', 'New', 'Limited', '10,000+', '3']) expect(line).toHaveTextContent(text)
  })

  it('is searched as one types, in the address', async () => {
    listOf([buildAccountRow({ handle: 'artyom_2' }), buildAccountRow({ handle: 'other' })])
    const { user, router } = renderApp('/accounts')
    await screen.findByText('2 accounts')
    await user.type(screen.getByRole('searchbox', { name: 'Handle, name or id' }), 'art')
    expect(await screen.findByText('1 account')).toBeVisible()
    expect(router.state.location.search).toEqual({ q: 'art' })
  })

  it('shows new ones alone', async () => {
    listOf([buildAccountRow({ isNew: true }), buildAccountRow()])
    const { user, router } = renderApp('/accounts')
    await user.click(await screen.findByRole('button', { name: 'Filter' }))
    await user.click(await screen.findByRole('menuitem', { name: 'New' }))
    await user.click(await screen.findByRole('radio', { name: 'Yes' }))
    expect(await screen.findByText('1 account')).toBeVisible()
    expect(router.state.location.search).toEqual({ new: 'yes' })
  })
})

function pageOf(account: AccountDetail) {
  return serve()
    .on(getAccount, () => account)
    .on(getAccountTimeline, () => ({ items: [], isCut: false }))
    .on(listAccountPosts, () => buildPage([]))
    .on(listDecisions, () => buildPage([]))
}

describe('the page of an account', () => {
  it('tells who it is, what holds now and what waits', async () => {
    const account = buildAccountDetail({
      handle: 'artyom_2',
      status: 'blocked',
      isNew: true,
      counts: { flags: exactly(22), posts: exactly(11), decisions: exactly(4), openReviews: exactly(1) },
      removed: exactly(4),
      nextReviewId: crypto.randomUUID(),
      history: [{ status: 'blocked', since: '2026-06-13T00:00:00Z', cause: 'DKT-45877', source: 'docket' }],
      measures: [
        {
          id: crypto.randomUUID(),
          decisionId: crypto.randomUUID(),
          reviewId: crypto.randomUUID(),
          postId: null,
          by: null,
          clause: null,
          reviewReference: 'DKT-45877',
          target: 'account',
          kind: 'block',
          beganAt: '2026-06-13T00:00:00Z',
          endsAt: '2026-09-13T00:00:00Z',
          territory: [],
        },
      ],
    })
    pageOf(account)
    renderApp(`/accounts/${account.id}`)
    expect(await screen.findByRole('heading', { name: 'artyom_2' })).toBeVisible()
    expect(screen.getByRole('link', { name: '22' })).toHaveAttribute('href', `/flags?account=${account.id}`)
    expect(screen.getByRole('link', { name: '4' })).toHaveAttribute('href', `/decisions?account=${account.id}`)
    expect(screen.getByRole('link', { name: 'Review 1 open post' })).toHaveAttribute(
      'href',
      `/reviews/${account.nextReviewId}`,
    )
    expect(screen.getByRole('region', { name: 'Standing' })).toHaveTextContent(/Blocked.*DKT-45877 · Docket/)
    expect(screen.getByRole('region', { name: 'Measures in force' })).toHaveTextContent(
      'BlockedDKT-45877since 13 Jun 2026 until 13 Sept 2026',
    )
  })

  it('draws what happened across time, and lists it to be opened', async () => {
    const account = buildAccountDetail({ handle: 'artyom_2' })
    const decisionId = crypto.randomUUID()
    const items: AccountMoment[] = [
      { kind: 'opened', at: '2026-05-01T00:00:00Z' },
      {
        kind: 'flags',
        at: '2026-05-09T00:00:00Z',
        reviewId: crypto.randomUUID(),
        count: 2,
        sources: ['user_report'],
        policy: null,
      },
      { kind: 'status', at: '2026-06-13T00:00:00Z', status: 'blocked', cause: null, source: 'vk' },
      {
        kind: 'decision',
        at: '2026-06-14T00:00:00Z',
        decisionId,
        reviewReference: 'DKT-1',
        outcome: 'violation',
        clause: null,
        postMeasure: 'remove',
        accountMeasure: null,
      },
    ]
    pageOf(account).on(getAccountTimeline, () => ({ isCut: false, items }))
    const { user } = renderApp(`/accounts/${account.id}`)
    const picture = await screen.findByRole('img', { name: /^artyom_2: .*2 flags.*Blocked.*Removed/ })
    expect(picture).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'As a list' }))
    expect(screen.getByRole('link', { name: 'Removed' })).toHaveAttribute('href', `/decisions/${decisionId}`)
    expect(picture).not.toBeInTheDocument()
  })

  it('shows posts redacted with what became of them, and goes on', async () => {
    const account = buildAccountDetail()
    const removed = buildAccountPost({
      media: { count: 2, first: buildSha256(), firstState: 'ready' },
      decision: { id: crypto.randomUUID(), outcome: 'violation', postMeasure: 'remove', delivery: 'recorded' },
    })
    const older = buildAccountPost({ captionExcerpt: 'An older one' })
    pageOf(account).on(listAccountPosts, ({ query }) =>
      query.cursor
        ? buildPage([older])
        : { ...buildPage([removed]), nextCursor: 'more', count: { value: 2, exact: true } },
    )
    const { user } = renderApp(`/accounts/${account.id}`)
    const posts = within(await screen.findByRole('region', { name: 'Posts' }))
    const picture = await posts.findByRole('img', { name: 'Redacted preview, 2 files' })
    expect(picture).toHaveAttribute('src', expect.stringContaining('/thumbnail'))
    expect(posts.getByText('Removed')).toBeVisible()
    await user.click(posts.getByRole('button', { name: 'Show more' }))
    expect(await posts.findByText('An older one')).toBeVisible()
    expect(posts.getByText('Open')).toBeVisible()
  })

  it('lists the newest decisions and leads to all', async () => {
    const account = buildAccountDetail()
    const row = buildDecisionRow({ decision: buildDecision({ decidedById: ana.id }) })
    pageOf(account).on(listDecisions, () => ({ ...buildPage([row]), count: { value: 12, exact: true } }))
    renderApp(`/accounts/${account.id}`)
    const decisions = within(await screen.findByRole('region', { name: 'Decisions' }))
    expect(await decisions.findByText(row.decision.reviewReference)).toBeVisible()
    await waitFor(() => expect(decisions.getByText('Ana Ribeiro')).toBeVisible())
    expect(decisions.getByRole('link', { name: 'All 12' })).toHaveAttribute('href', `/decisions?account=${account.id}`)
  })

  it('keeps a note that was not saved, and writes it once', async () => {
    const account = buildAccountDetail()
    const me = buildSession()
    let isDown = true
    const api = pageOf(account)
      .as(me)
      .on(getAccount, () => account)
      .on(addAccountNote, ({ body }) => {
        if (isDown) throw new TypeError('Failed to fetch')
        const note = buildNote({ on: 'account', authorId: me.person.id, body: body.body })
        account.notes = [note]
        return note
      })
    const { user } = renderApp(`/accounts/${account.id}`)
    const notes = within(await screen.findByRole('region', { name: 'Notes' }))
    await user.keyboard('cSame person.{Control>}{Enter}{/Control}')
    expect(await screen.findByText(/^Not saved/)).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Write a note' })).toHaveValue('Same person.')
    isDown = false
    await user.click(screen.getByRole('button', { name: 'Save again' }))
    expect(await notes.findByRole('listitem')).toHaveTextContent(/^Same person\.You/)
    const [first, second] = api.sent(addAccountNote) as { clientId: string }[]
    expect(second?.clientId).toBe(first?.clientId)
  })

  it('lets an auditor read and write nothing', async () => {
    const account = buildAccountDetail({ notes: [buildNote({ on: 'account', body: 'For the record' })] })
    pageOf(account).as('auditor')
    renderApp(`/accounts/${account.id}`)
    expect(await screen.findByText('For the record')).toBeVisible()
    expect(screen.queryByRole('textbox', { name: 'Write a note' })).not.toBeInTheDocument()
  })

  it('says so when there is none', async () => {
    serve().on(getAccount, () => ({ refuse: 'not_found' }))
    renderApp('/accounts/01900000-0000-7000-8000-000000000000')
    expect(await screen.findByRole('heading', { name: 'There is no such account' })).toBeVisible()
  })
})
