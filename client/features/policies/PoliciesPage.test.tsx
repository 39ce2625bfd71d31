import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { getPolicyUse, listPolicies } from '#shared/contract/policies.ts'
import { listReasons } from '#shared/contract/reasons.ts'
import { listSamples } from '#shared/contract/rereviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildExemption, buildPerson, buildPolicy, buildPolicyVersion } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const recruitment = buildPolicy({
  id: 'tve.recruitment',
  code: '2.5',
  shortName: 'Recruitment',
  section: { code: '2', name: 'Terrorist content' },
  decisionCount: 1_904,
  current: buildPolicyVersion({
    version: 2,
    label: 'Recruitment or travel',
    signs: ['an invitation', 'documents destroyed on camera'],
    change: 'Destroyed documents count as a sign',
    publishedById: 'person-marta',
  }),
  earlier: [buildPolicyVersion({ version: 1, signs: ['an invitation', 'a badge'] })],
})
const insult = buildPolicy({
  id: 'abuse.insult',
  code: '5.1',
  shortName: 'Insult',
  section: { code: '5', name: 'Abuse' },
  current: buildPolicyVersion({ label: 'Insult', description: 'Belittles somebody.' }),
})

const use = {
  from: '2026-06-02T00:00:00.000Z',
  to: '2026-07-02T00:00:00.000Z',
  decisions: 842,
  removed: 611,
  exempt: 94,
  corrected: { count: 17, of: 859, interval: { low: 0.012, high: 0.031 } },
  versions: [
    { version: 2, decisions: 1_800 },
    { version: 1, decisions: 104 },
  ],
}

function serve() {
  return fakeApi()
    .on(listPolicies, () => ({ items: [recruitment, insult, buildExemption()] }))
    .on(listReasons, () => ({ items: [] }))
    .on(listSamples, () => ({ items: [] }))
    .on(getPolicyUse, () => use)
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-marta', name: 'Marta Kowal' })] }))
}

it('shows a clause with its signs, versions and use', async () => {
  serve()
  renderApp('/policies/tve.recruitment')

  const article = await screen.findByRole('article', { name: 'Recruitment or travel' })
  expect(article).toHaveTextContent('v2, in force')
  expect(within(article).getByText('documents destroyed on camera')).toBeVisible()
  expect(screen.getByText('Destroyed documents count as a sign')).toBeVisible()
  expect(await screen.findByText('Marta Kowal')).toBeVisible()
})

it('says how the clause is used, each figure with the rows behind it', async () => {
  serve()
  renderApp('/policies/tve.recruitment')

  const standing = await screen.findByRole('link', { name: '842' })
  expect(Object.fromEntries(new URL(standing.getAttribute('href')!, 'http://x').searchParams)).toEqual({
    clause: 'tve.recruitment',
    from: use.from,
    to: use.to,
    superseded: 'no',
  })
  expect(screen.getByText('Corrected later').nextElementSibling).toHaveTextContent('17of 859: 1.2% to 3.1%')
  const cited = await screen.findByRole('link', { name: 'Cited by 104 decisions' })
  expect(cited.getAttribute('href')).toContain(encodeURIComponent('tve.recruitment@1'))
})

it('opens an earlier version, which is in force no longer', async () => {
  serve()
  const { user } = renderApp('/policies/tve.recruitment')

  await user.click(await screen.findByRole('button', { name: 'Show v1' }))

  expect(screen.getByRole('article')).toHaveTextContent('v1, no longer in force')
  expect(within(screen.getByRole('article')).getByText('a badge')).toBeVisible()
})

it('says what changed since the version before', async () => {
  serve()
  const { user } = renderApp('/policies/tve.recruitment')

  await user.click(await screen.findByRole('button', { name: 'Changes since v1' }))

  const marks = (tag: 'ins' | 'del') =>
    [...screen.getByRole('article').querySelectorAll(tag)].map((mark) => mark.textContent)
  expect(marks('ins')).toContain('Added: documents destroyed on camera')
  expect(marks('del')).toContain('Removed: a badge')
})

it('opens the next clause by arrow and says which one is open', async () => {
  serve()
  const { user, router } = renderApp('/policies')
  const tree = await screen.findByRole('navigation', { name: 'Clauses and exemptions' })
  await user.click(within(tree).getByRole('button', { name: /Abuse/ }))
  expect(within(tree).queryByRole('link', { name: /Insult/ })).not.toBeInTheDocument()
  await user.click(within(tree).getByRole('button', { name: /Abuse/ }))
  expect(within(tree).getByRole('link', { current: 'page' })).toHaveTextContent('Recruitment')

  await user.keyboard('{ArrowDown}')

  await waitFor(() => expect(router.state.location.pathname).toBe('/policies/abuse.insult'))
  expect(await screen.findByRole('article', { name: 'Insult' })).toHaveTextContent('Belittles somebody.')
})

it('lists exemptions with what to weigh', async () => {
  serve()
  const { user } = renderApp('/policies')

  await user.click(await screen.findByRole('link', { name: /News reporting/ }))

  expect(await screen.findByRole('heading', { name: 'Weigh' })).toBeVisible()
  expect(screen.getByText('Is the extract no longer than the report needs?')).toBeVisible()
})

it('says so when the address names no clause, and when nothing loads', async () => {
  serve()
  const { unmount } = renderApp('/policies/nothing')
  expect(await screen.findByText('There is no such clause')).toBeVisible()
  unmount()

  serve().on(listPolicies, () => ({ refuse: 'internal' }))
  renderApp('/policies')
  expect(await screen.findByText('The policies did not load')).toBeVisible()
})
