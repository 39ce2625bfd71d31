import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { getReport, listReportRows, type Report, type ReportRow } from '#shared/contract/reports.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  buildBreakdownRow,
  buildFigures,
  buildReport,
  buildReportDay,
  shareOf,
  spreadOf,
} from '#test/support/build-report.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render, renderApp } from '#test/support/render.tsx'
import { ChartPanel } from './charts/ChartPanel.tsx'
import { StackedBars } from './charts/StackedBars.tsx'

// Charts draw into the size they find, and jsdom gives none.
beforeEach(() => {
  const measure = HTMLElement.prototype.getBoundingClientRect
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    return this.classList.contains('recharts-responsive-container') ? new DOMRect(0, 0, 640, 180) : measure.call(this)
  })
})
afterEach(() => vi.restoreAllMocks())

function server(report: Partial<Report> = {}) {
  return fakeApi()
    .as('supervisor')
    .on(getReport, () => buildReport(report))
    .on(listQueues, () => ({
      items: [{ id: 'hate', name: 'Hate', targetMs: 45 * 60_000 }],
      languages: ['ru', 'ar'],
      platforms: ['vk'],
    }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listPeople, () => ({ items: [] }))
}

const searchOf = (link: Element) =>
  Object.fromEntries(new URL(link.getAttribute('href')!, 'http://docket').searchParams)
const june = '/reports?from=2026-06-01&to=2026-06-02'
const asked = { from: '2026-06-01', to: '2026-06-02', seq: '4711' }

it('leads from each part of a bar to the rows it was counted from', async () => {
  server()
  renderApp(june)
  const chart = await screen.findByRole('group', { name: 'Decisions by day, By measure' })

  const removed = await within(chart).findByRole('link', { name: '1 Jun 2026: Removed 3 / 8' })
  expect(searchOf(removed)).toEqual({ ...asked, figure: 'decisions', to: '2026-06-01', by: 'measure', value: 'remove' })
  expect(within(chart).getAllByRole('link')).toHaveLength(3)
  expect(within(chart).queryByRole('link', { name: /2 Jun 2026: Removed/ })).not.toBeInTheDocument()
})

it('is one stop of the tab order, in which arrows move', async () => {
  server()
  const { user } = renderApp(june)
  const chart = await screen.findByRole('group', { name: 'Decisions by day, By measure' })
  const removed = await within(chart).findByRole('link', { name: '1 Jun 2026: Removed 3 / 8' })
  expect(
    within(chart)
      .getAllByRole('link')
      .filter((link) => link.getAttribute('tabindex') === '0'),
  ).toEqual([removed])

  removed.focus()
  await user.keyboard('{ArrowUp}')
  expect(within(chart).getByRole('link', { name: '1 Jun 2026: No measure 5 / 8' })).toHaveFocus()
  await user.keyboard('{ArrowRight}')
  expect(within(chart).getByRole('link', { name: '2 Jun 2026: No measure 8 / 8' })).toHaveFocus()
})

it('shows each chart as a table as well, with the same figures and links', async () => {
  server({
    days: [
      buildReportDay('2026-06-01', { backlog: 200 }),
      buildReportDay('2026-06-02', { toDecision: spreadOf(0, null) }),
    ],
  })
  const { user } = renderApp(june)

  for (const name of ['Decisions by day', 'Time to decision, minutes', 'Backlog']) {
    await user.click(await screen.findByRole('button', { name: `As a table: ${name}` }))
  }

  const volume = within(screen.getByRole('table', { name: 'Decisions by day' })).getAllByRole('row')
  expect(volume.map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
    ['Day', 'Removed', 'No measure', 'Total'],
    ['1 Jun 2026', '3', '5', '8'],
    ['2 Jun 2026', '', '8', '8'],
  ])
  const times = screen.getByRole('table', { name: 'Time to decision, minutes' })
  expect(within(times).getByRole('row', { name: /1 Jun/ })).toHaveTextContent('1 Jun 2026838 min1 h 543 h 10')
  expect(searchOf(within(times).getByRole('link', { name: '8' }))).toEqual({
    ...asked,
    figure: 'toDecision',
    day: '2026-06-01',
  })
  const backlog = screen.getByRole('table', { name: 'Backlog' })
  expect(searchOf(within(backlog).getByRole('link', { name: '200' }))).toEqual({
    ...asked,
    figure: 'backlog',
    day: '2026-06-01',
  })
})

it('names the lines at their ends and tells days apart', async () => {
  server()
  renderApp(june)
  const chart = await screen.findByRole('group', { name: 'Time to decision, minutes' })
  const point = await within(chart).findByRole('link', { name: '2 Jun 2026: p50 38 min, p90 1 h 54, p99 3 h 10' })
  expect(searchOf(point)).toEqual({ ...asked, figure: 'toDecision', day: '2026-06-02' })
  for (const name of ['p50', 'p90', 'p99']) expect(within(chart).getByText(name)).toBeInTheDocument()
  const dashes = [...chart.querySelectorAll('path.recharts-line-curve')].map((path) =>
    path.getAttribute('stroke-dasharray'),
  )
  expect(new Set(dashes).size).toBe(3)
})

it('says how figures moved, and no share of fewer than twenty', async () => {
  server({
    against: { from: '2026-05-30', to: '2026-05-31' },
    figures: buildFigures({ overturned: shareOf(3, 12) }),
    figuresAgainst: buildFigures({
      backlog: { value: 252, oldestMs: null },
      toDecision: spreadOf(10, 44),
      deadlines: shareOf(784, 840),
    }),
  })
  renderApp(june)
  const figures = within(await screen.findByRole('region', { name: 'Key figures' }))
  expect(figures.getByRole('link', { name: /^Backlog 214 Difference −38/ })).toHaveTextContent('oldest 3 d 4 h')
  expect(
    figures.getByRole('link', { name: /^Median time to decision 38 min Difference −6 min target 45 min/ }),
  ).toBeVisible()
  expect(figures.getByRole('link', { name: /^Deadline met 97.7% Difference \+4.4/ })).toHaveTextContent(
    'orders 12 of 12',
  )
  expect(figures.getByRole('link', { name: /^Overturned n < 20/ })).toHaveTextContent('3 of 12')
})

it('breaks figures down, each leading to its rows', async () => {
  const rows = [
    buildBreakdownRow('ru', { decisions: 2_980, overturned: shareOf(300, 2_980) }),
    buildBreakdownRow('none', { decisions: 12, overturned: shareOf(0, 12) }),
  ]
  server({ breakdowns: { ...buildReport().breakdowns, language: rows, queue: [buildBreakdownRow('hate')] } })
  renderApp(june)
  const table = within(await screen.findByRole('table', { name: 'By language' }))
  const russian = table.getByRole('row', { name: /^ru Russian/ })
  expect(searchOf(within(russian).getByRole('link', { name: '2,980' }))).toEqual({
    ...asked,
    figure: 'decisions',
    by: 'language',
    value: 'ru',
  })
  expect(russian).toHaveTextContent('10.1% more than all together, beyond chance (9.0 to 11.2)')
  expect(table.getByRole('row', { name: /^Unknown/ })).toHaveTextContent('12n < 20')
  expect(screen.getByRole('row', { name: /^Hate/ })).toHaveTextContent('3036 min96.7%3.3%')
})

it('asks for the period and the filters that the address says', async () => {
  const fake = server()
  const { user, router } = renderApp(
    '/reports?from=2026-06-01&to=2026-06-30&queue=hate&source=removal_order&against=year',
  )
  await screen.findByRole('region', { name: 'Key figures' })
  expect(fake.calls(getReport).at(-1)!.query).toMatchObject({
    from: '2026-06-01',
    to: '2026-06-30',
    againstFrom: '2025-06-01',
    againstTo: '2025-06-30',
    queue: ['hate'],
    source: ['removal_order'],
  })
  expect(screen.getByRole('radio', { name: 'June' })).toBeChecked()

  await user.click(screen.getByRole('button', { name: 'The period before' }))
  await waitFor(() =>
    expect(router.state.location.search).toMatchObject({ from: '2026-05-01', to: '2026-05-31', queue: 'hate' }),
  )
  await user.click(screen.getByText('7 days'))
  await waitFor(() =>
    expect(router.state.location.search).toEqual({
      range: '7d',
      queue: 'hate',
      source: 'removal_order',
      against: 'year',
    }),
  )
})

it('takes days of one’s own from the calendar', async () => {
  server()
  const { user, router } = renderApp('/reports?from=2026-06-01&to=2026-06-30')
  await user.click(await screen.findByRole('button', { name: /1 to 30 Jun 2026/ }))
  const calendar = within(await screen.findByRole('dialog'))
  await user.click(calendar.getByRole('button', { name: '3 June 2026' }))
  await user.click(calendar.getByRole('button', { name: '9 June 2026' }))
  await waitFor(() => expect(router.state.location.search).toEqual({ from: '2026-06-03', to: '2026-06-09' }))
})

it('proves what it was counted from, and can be kept to that', async () => {
  server({ scope: { queues: ['hate'], leavesOutRestricted: true }, headSeq: 5_000 })
  const { user, router } = renderApp(`${june}&queue=hate`)
  await user.click(await screen.findByRole('button', { name: /^Counting the log/ }))
  const proof = within(await screen.findByRole('dialog'))
  expect(proof.getByText('4,711 of 5,000')).toBeVisible()
  expect(proof.getByText(/Restricted reviews are outside your scope/)).toBeVisible()
  await user.click(proof.getByRole('link', { name: 'Keep to this event' }))
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ from: '2026-06-01', to: '2026-06-02', queue: 'hate', seq: 4_711 }),
  )
  expect(await screen.findByRole('button', { name: /^Reproducible/ })).toBeVisible()
})

it('offers the same days and filters as files', async () => {
  server({ filter: { queue: ['hate'] } })
  const { user } = renderApp(`${june}&queue=hate`)
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  const item = await screen.findByRole('menuitem', { name: /^Excel.*Typed/ })
  expect(item).toHaveAttribute(
    'href',
    '/api/v1/exports/report.xlsx?from=2026-06-01&to=2026-06-02&queue=hate&seq=4711&fileLanguage=en',
  )
})

it('says so when nothing happened, and when the report fails', async () => {
  const none = { value: 0, oldestMs: null }
  const fake = server({
    figures: buildFigures({ flags: 0, reviews: 0, decisions: 0, backlog: none, reveals: 0, appealsFiled: 0 }),
  })
  const first = renderApp(june)
  expect(await screen.findByText('Nothing happened in this period')).toBeVisible()
  first.unmount()
  fake.on(getReport, () => ({ refuse: 'internal' }))
  renderApp(june)
  expect(await screen.findByText('The report did not load')).toBeVisible()
})

it('is not for reviewers', async () => {
  fakeApi().as('reviewer')
  renderApp('/reports')
  expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeVisible()
})

it('leaves the other charts when one fails', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const Broken = () => {
    throw new Error('no scale')
  }
  render(
    <>
      <ChartPanel title="One" drawn="1" chart={<Broken />} />
      <ChartPanel
        title="Two"
        drawn="1"
        chart={
          <StackedBars
            label="Two"
            bars={[{ axis: 'a', name: 'a' }]}
            parts={[{ name: 'p', color: 'red' }]}
            counts={[[2]]}
            opens={() => null}
            height={100}
            mostLabels={2}
          />
        }
      />
    </>,
  )
  expect(await screen.findByText('This chart could not be drawn. The others are not affected.')).toBeVisible()
  expect(screen.getByRole('group', { name: 'Two' })).toBeVisible()
})

it('lists the rows of a figure, each with its review and its entry of the log', async () => {
  const row: ReportRow = {
    seq: 4_100,
    at: '2026-06-01T10:00:00Z',
    kind: 'decision',
    id: '01900000-0000-7000-8000-000000000001',
    review: { id: '01900000-0000-7000-8000-000000000002' as never, reference: 'DKT-7' },
    queue: 'hate',
    clause: null,
    language: 'ru',
    platform: 'vk',
    source: 'user_report',
    outcome: 'violation',
    measure: 'remove',
    accountStatus: 'active',
    ms: null,
    isCounted: true,
  }
  const fake = server().on(listReportRows, () => ({
    items: [row, { ...row, seq: 4_101, id: null, review: null, isCounted: false }],
    nextCursor: null,
    previousCursor: null,
    count: { value: 2, exact: true },
    seq: 4_711,
  }))
  const { user, router } = renderApp(
    `/reports/rows?figure=overturned&from=2026-06-01&to=2026-06-02&seq=4711&queue=hate&by=language&value=ru`,
  )

  const table = within(await screen.findByRole('table', { name: 'Rows of: Overturned' }))
  expect(fake.calls(listReportRows)[0]!.query).toMatchObject({
    figure: 'overturned',
    seq: 4_711,
    queue: ['hate'],
    by: 'language',
    value: 'ru',
  })
  expect(table.getByRole('link', { name: 'DKT-7' })).toHaveAttribute('href', `/reviews/${row.review!.id}`)
  expect(table.getByRole('link', { name: 'Decision' })).toHaveAttribute('href', `/decisions/${row.id}`)
  expect(table.getByRole('link', { name: '№ 4,100' })).toHaveAttribute('href', '/audit?entry=4100')
  expect(table.getByText('Outside your scope')).toBeVisible()
  expect(screen.getByText('2 rows')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Remove filter Language' }))
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('value'))
  expect(screen.getByRole('link', { name: 'Back to the report' })).toHaveAttribute(
    'href',
    '/reports?queue=hate&from=2026-06-01&to=2026-06-02&seq=4711',
  )
})
