import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { getPolicyUse, listPolicies, PolicyContent } from '#shared/contract/policies.ts'
import { listDrafts } from '#shared/contract/policy-drafts.ts'
import { listReasons } from '#shared/contract/reasons.ts'
import * as contract from '#shared/contract/rereviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPerson, buildPolicy, buildPolicyVersion, buildSnapshot } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const id = '01900000-0000-7000-8000-000000000001'
const policy = buildPolicy()

const buildSample = (overrides: Partial<contract.RereviewSample> = {}): contract.RereviewSample => ({
  id,
  policyId: policy.id,
  draftId: null,
  version: 1,
  seed: 'a seed',
  decidedFrom: null,
  decidedTo: '2026-06-01T09:00:00.000Z',
  population: 842,
  size: 25,
  drawnById: 'person-marta',
  drawnAt: '2026-06-01T09:00:00.000Z',
  answered: 0,
  changed: 0,
  interval: null,
  forMe: 25,
  ...overrides,
})

const result: contract.RereviewResult = {
  decisionId: '01900000-0000-7000-8000-000000000002',
  reviewReference: 'DKT-48001',
  first: { outcome: 'violation', postMeasure: 'remove' },
  firstById: 'person-ana',
  firstAt: '2026-05-01T09:00:00.000Z',
  firstRationale: 'Praises the attack.',
  now: { outcome: 'no_violation', postMeasure: null },
  isChanged: true,
  rationale: 'A biography.',
  answeredById: 'person-marta',
  answeredAt: '2026-06-02T09:00:00.000Z',
}

function serve(sample: contract.RereviewSample, results: contract.RereviewResult[] = []) {
  const content = PolicyContent.parse(buildPolicyVersion())
  return fakeApi()
    .on(listPolicies, () => ({ items: [policy] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
    .on(getPolicyUse, () => ({ refuse: 'internal' }))
    .on(listReasons, () => ({ items: [] }))
    .on(listDrafts, () => ({ items: [] }))
    .on(contract.listSamples, () => ({ items: [sample] }))
    .on(contract.getSample, () => ({ ...sample, content, results }))
    .on(contract.getNextRereview, () => ({
      item: { id, position: 3, snapshot: buildSnapshot({ caption: 'A life.' }) },
    }))
}

it('shows a post without what was decided, and says it once it is answered', async () => {
  const api = serve(buildSample())
  api.on(contract.answerRereview, () => ({ result, sample: buildSample({ answered: 1, changed: 1 }) }))
  const { user } = renderApp(`/policies/samples/${id}`)
  expect(await screen.findByText('A life.')).toBeVisible()
  expect(screen.getByRole('heading', { name: 'Post 4 of 25' })).toBeVisible()
  expect(screen.queryByText('Praises the attack.')).not.toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: 'Answer' }))
  expect(screen.getByText('Choose an outcome.')).toBeVisible()
  await user.click(screen.getByRole('radio', { name: 'No violation' }))
  await user.type(screen.getByRole('textbox', { name: 'Why' }), 'A biography.')
  await user.click(screen.getByRole('button', { name: 'Answer' }))

  expect(await screen.findByText('Praises the attack.')).toBeVisible()
  expect(await screen.findByText(/^Ana Ribeiro/)).toBeVisible()
  const answer = { itemId: id, outcome: 'no_violation', postMeasure: null, rationale: 'A biography.' }
  expect(api.sent(contract.answerRereview)).toMatchObject([answer])
  expect(screen.getByRole('button', { name: 'Next post' })).toHaveFocus()
})

it('keeps what was written when somebody else was quicker', async () => {
  const api = serve(buildSample())
  api.on(contract.answerRereview, () => ({ refuse: 'already_answered' }))
  const { user } = renderApp(`/policies/samples/${id}`)
  await user.click(await screen.findByRole('radio', { name: 'Exempt' }))
  await user.type(screen.getByRole('textbox', { name: 'Why' }), 'News.')
  await user.click(screen.getByRole('button', { name: 'Answer' }))
  expect(await screen.findByText('Somebody else has judged this post meanwhile.')).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'Why' })).toHaveValue('News.')
})

it('gives the share that changes with its interval, and below twenty that they are few', async () => {
  const few = buildSample({ answered: 19, changed: 5 })
  serve(few, [result]).as('auditor')
  const { unmount } = renderApp(`/policies/samples/${id}`)
  expect(await screen.findByText('n < 20')).toBeVisible()
  expect(screen.getByRole('row', { name: /DKT-48001/ })).toHaveTextContent('Would change')
  expect(screen.queryByRole('button', { name: 'Answer' })).not.toBeInTheDocument()
  unmount()

  serve({ ...few, answered: 20, interval: { low: 0.1119, high: 0.4687 } })
  renderApp(`/policies/${policy.id}`)
  const share = await screen.findByText('25.0% change', { exact: false })
  expect(share).toHaveTextContent('25.0% change 11.2% to 46.9%')
})

it('draws a sample of the size and with the seed that were asked for', async () => {
  const api = serve(buildSample()).as('supervisor')
  api.on(contract.drawSample, () => buildSample())
  const { user } = renderApp(`/policies/${policy.id}`)
  const size = await screen.findByRole('textbox', { name: 'How many' })
  await user.clear(size)
  expect(screen.getByRole('button', { name: 'Draw a sample' })).toBeDisabled()
  await user.type(size, '40')
  await user.type(screen.getByRole('textbox', { name: 'Seed' }), 'June')
  await user.click(screen.getByRole('button', { name: 'Draw a sample' }))
  expect(api.sent(contract.drawSample)).toMatchObject([{ size: 40, seed: 'June', draftId: null }])
})
