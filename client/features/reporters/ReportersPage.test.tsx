import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import {
  getReporter,
  type ListedFlag,
  listFlags,
  listReporters,
  muteReporter,
  previewSetAside,
  type ReporterDetail,
  setAsideFlags,
  takeUpFlags,
  trustReporter,
} from '#shared/contract/reporters.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildPage } from '#test/support/build.ts'
import {
  buildListedFlag,
  buildReporterDetail,
  buildReporterRow,
  buildSetAside,
  exactly,
} from '#test/support/build-lists.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function serve(role: Role = 'supervisor') {
  return fakeApi()
    .as(role)
    .on(listPeople, () => ({ items: [] }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
}

const flagsOf = (flags: ListedFlag[], role?: Role) =>
  serve(role).on(listFlags, ({ query }) => ({
    ...buildPage(flags.filter(({ effect }) => !query.effect || query.effect.includes(effect))),
    sourceNames: ['vk-intake', 'trust-org'],
  }))

describe('the list of flags', () => {
  it('tells where each came from, who sent it and what it did', async () => {
    const reporter = { id: crypto.randomUUID(), name: 'u-9', isTrusted: true, isMuted: false }
    const flag = buildListedFlag({ captionExcerpt: 'Три снимка', effect: 'joined', reporter })
    flagsOf([flag])
    renderApp('/flags')
    const row = (await screen.findByRole('link', { name: 'Три снимка' })).closest('tr')!
    for (const text of ['User report', 'vk-intake', 'u-9', 'Trusted', 'Joined a review'])
      expect(row).toHaveTextContent(text)
    expect(within(row).getByRole('link', { name: 'u-9' })).toHaveAttribute('href', `/flags/reporters/${reporter.id}`)
    expect(within(row).getByRole('link', { name: 'Три снимка' })).toHaveAttribute('href', `/reviews/${flag.review!.id}`)
  })

  it('has no reporters for those who need not know', async () => {
    flagsOf([buildListedFlag()], 'reviewer')
    renderApp('/flags')
    await screen.findByText('1 flag')
    expect(screen.queryByRole('columnheader', { name: 'Reporter' })).not.toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Reporters' })).not.toBeInTheDocument()
  })

  it('offers the senders there are, and filters by what a flag did', async () => {
    const api = flagsOf([buildListedFlag({ effect: 'muted', review: null }), buildListedFlag()])
    const { user, router } = renderApp('/flags?effect=muted,nonsense')
    expect(await screen.findByText('1 flag')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Filter' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Sender' }))
    await user.click(await screen.findByRole('checkbox', { name: 'trust-org' }))
    expect(router.state.location.search).toEqual({ effect: 'muted', sourceName: 'trust-org' })
    expect(api.calls(listFlags).at(-1)?.query).toMatchObject({ effect: ['muted'], sourceName: ['trust-org'] })
  })
})

describe('the list of reporters', () => {
  it('says how often each was right, with the interval, and when there are too few', async () => {
    const many = buildReporterRow({
      name: 'Many',
      trustedWeight: 6,
      outcomes: {
        upheld: 81,
        dismissed: 182,
        exempt: 3,
        share: { share: 0.308, low: 0.2553, high: 0.3662 },
        isFew: false,
        isCut: false,
      },
    })
    const few = buildReporterRow({
      name: 'Few',
      outcomes: {
        upheld: 2,
        dismissed: 1,
        exempt: 0,
        share: { share: 0.667, low: 0.2, high: 0.9 },
        isFew: true,
        isCut: false,
      },
    })
    serve().on(listReporters, () => buildPage([many, few]))
    renderApp('/flags/reporters')
    const [first, second] = [await screen.findByRole('row', { name: /Many/ }), screen.getByRole('row', { name: /Few/ })]
    expect(first).toHaveTextContent('30.8% (0.26 to 0.37)')
    expect(first).toHaveTextContent('81 of 263 upheld')
    expect(first).toHaveTextContent('Trusted, 6')
    expect(second).toHaveTextContent('n < 20')
    expect(second).toHaveTextContent('2 of 3 upheld')
    expect(second).not.toHaveTextContent('66.7%')
  })

  it('is not for those who need not know, and asks for nothing', async () => {
    const api = serve('reviewer').on(listReporters, () => buildPage([]))
    renderApp('/flags/reporters')
    expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeVisible()
    expect(api.calls(listReporters)).toEqual([])
  })
})

describe('the page of a reporter', () => {
  const pageOf = (reporter: ReporterDetail, role?: Role) => serve(role).on(getReporter, () => reporter)

  it('opens the rows of every figure', async () => {
    const reporter = buildReporterDetail({ setAside: exactly(2) })
    pageOf(reporter)
    renderApp(`/flags/reporters/${reporter.id}`)
    const flags = within(await screen.findByRole('region', { name: 'Flags' }))
    expect(flags.getByText('Set aside').nextElementSibling).toHaveTextContent('2')
    expect(flags.getByRole('link', { name: '2' })).toHaveAttribute(
      'href',
      `/flags?reporter=${reporter.id}&setAside=yes`,
    )
  })

  it('says first what setting aside would do, then does just that', async () => {
    const reporter = buildReporterDetail()
    const seen = buildSetAside({ flags: 7, reviews: 6, closed: 3, flaggedByOthers: 2, inHand: 1 })
    const api = pageOf(reporter)
      .on(previewSetAside, () => seen)
      .on(setAsideFlags, () => seen)
    const { user } = renderApp(`/flags/reporters/${reporter.id}`)
    await user.click(await screen.findByRole('button', { name: 'Preview…' }))
    const preview = await screen.findByRole('region', { name: 'What it will do' })
    expect(preview).toHaveTextContent('Flags set aside7')
    expect(preview).toHaveTextContent('Reviews closed undecided: nobody else flagged them3')
    expect(preview).toHaveTextContent('others flagged them too2')
    expect(api.calls(setAsideFlags)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Set 7 flags aside' }))
    expect(await screen.findByRole('status', { name: 'Set aside' })).toHaveTextContent('Flags set aside7')
    expect(api.sent(setAsideFlags)).toMatchObject([{ upTo: seen.upTo }])
  })

  it('offers nothing to set aside where there is nothing', async () => {
    const reporter = buildReporterDetail()
    pageOf(reporter).on(previewSetAside, () => buildSetAside())
    const { user } = renderApp(`/flags/reporters/${reporter.id}`)
    await user.click(await screen.findByRole('button', { name: 'Preview…' }))
    expect(await screen.findByText('There are no open flags of this reporter.')).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Set \d/ })).not.toBeInTheDocument()
  })

  it('offers the way back, and says what could not come back', async () => {
    let reporter = buildReporterDetail({ setAside: exactly(3) })
    const api = serve()
      .on(getReporter, () => reporter)
      .on(takeUpFlags, () => {
        reporter = { ...reporter, setAside: exactly(1) }
        return { flags: 2, reviews: 2, reopened: 1, left: 1 }
      })
    const { user } = renderApp(`/flags/reporters/${reporter.id}`)
    await user.click(await screen.findByRole('button', { name: 'Take them up again' }))
    expect(await screen.findByText('1 review stays as it is: decided since, or flagged anew.')).toBeVisible()
    expect(api.sent(takeUpFlags)).toHaveLength(1)
  })

  it('mutes for a time and marks as trusted with a weight', async () => {
    const reporter = buildReporterDetail()
    const muted = { since: '2026-07-02T10:00:00Z', until: '2026-08-01T10:00:00Z', byId: null }
    const api = pageOf(reporter)
      .on(muteReporter, () => ({ ...reporter, muted }))
      .on(trustReporter, ({ body }) => ({ ...reporter, muted, trustedWeight: body.weight }))
      .on(listReporters, () => buildPage([]))
    const { user } = renderApp(`/flags/reporters/${reporter.id}`)
    await user.click(await screen.findByRole('button', { name: 'Mute' }))
    expect(await screen.findByRole('button', { name: 'End the mute' })).toBeVisible()
    expect(screen.getAllByText(/Muted until/)[0]).toHaveTextContent('1 Aug 2026')
    await user.click(screen.getByRole('button', { name: 'Mark as trusted' }))
    expect(await screen.findByText('Trusted, 6')).toBeVisible()
    expect(api.sent(trustReporter)).toMatchObject([{ weight: 6 }])
  })

  it('lets an auditor look and do nothing', async () => {
    const reporter = buildReporterDetail()
    pageOf(reporter, 'auditor')
    renderApp(`/flags/reporters/${reporter.id}`)
    await screen.findByRole('region', { name: 'How often upheld' })
    for (const name of ['Preview…', 'Mute', 'Mark as trusted']) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument()
    }
  })
})
