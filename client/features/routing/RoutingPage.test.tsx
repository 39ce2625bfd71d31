import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import {
  changeQueue,
  changeWeights,
  getTraining,
  listQueueSettings,
  listReasonCodes,
  listRules,
  listWeights,
  mapReasonCode,
  previewTargets,
  publishRules,
  type QueueSettings,
  retireQueue,
  saveRuleDraft,
  tryRules,
  tryWeights,
} from '#shared/contract/routing.ts'
import { listPeople } from '#shared/contract/team.ts'
import { defaultWeights } from '#shared/domain/priority.ts'
import { buildPerson, buildPolicy, buildQueue } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const hour = 3_600_000
const at = '2026-07-01T10:00:00.000Z'

const settings = (overrides: Partial<QueueSettings>): QueueSettings => ({
  id: 'general',
  name: 'General',
  version: 1,
  targetMs: 72 * hour,
  sourceTargets: {},
  languages: [],
  retiredAt: null,
  waiting: { value: 12, exact: true },
  ruleCount: 1,
  isLastResort: false,
  people: ['person-dana'],
  ...overrides,
})

const orders = {
  id: '01900000-0000-7000-8000-000000000001',
  name: 'Orders',
  queueId: 'urgent',
  when: {
    clauses: [],
    sources: ['removal_order' as const],
    languages: [],
    platforms: [],
    accountStatuses: [],
    reachMin: null,
    scoreMin: null,
  },
}
const inForce = {
  version: 2,
  rules: [orders],
  lastResortId: 'general',
  change: 'Orders first.',
  publishedById: 'person-marta',
  publishedAt: at,
}
const first = { ...inForce, version: 1, rules: [], change: null, publishedById: null }

function serve() {
  return fakeApi()
    .as('supervisor')
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-marta', name: 'Marta Kowal' })] }))
    .on(listPolicies, () => ({
      items: [buildPolicy({ id: 'tve.recruitment', code: '2.5', shortName: 'Recruitment' })],
    }))
    .on(listQueues, () => ({
      items: [buildQueue({ id: 'urgent', name: 'Urgent' }), buildQueue({ id: 'general', name: 'General' })],
      languages: ['ru'],
      platforms: ['vk'],
    }))
    .on(getTraining, () => ({ clauses: [] }))
    .on(listQueueSettings, () => ({
      items: [settings({ id: 'urgent', name: 'Urgent', targetMs: hour }), settings({ isLastResort: true })],
    }))
    .on(listRules, () => ({ versions: [inForce, first], draft: null }))
}

describe('queues', () => {
  it('say what another target does to what waits, and save it as chosen', async () => {
    const fake = serve()
      .on(previewTargets, () => ({
        looked: { value: 12, exact: true },
        earlier: 12,
        later: 0,
        overdue: { before: 0, after: 3 },
      }))
      .on(changeQueue, () => settings({ id: 'urgent', name: 'Urgent', version: 2, targetMs: 2 * hour }))
    const { user } = renderApp('/routing?queue=urgent')
    const panel = await screen.findByRole('region', { name: 'Urgent' })
    const target = within(panel).getByRole('textbox', { name: 'Target, from the first flag to the decision' })
    await user.clear(target)
    await user.type(target, '2')
    expect(await within(panel).findByText(/Of 12 waiting: 12 due earlier/)).toBeVisible()
    await user.click(within(panel).getByRole('radio', { name: 'Keep their due times' }))
    await user.click(within(panel).getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(fake.sent(changeQueue)).toMatchObject([{ targetMs: 2 * hour, waiting: 'keep', version: 1 }]),
    )
  })

  it('keep one in which reviews wait, and say why', async () => {
    serve().on(retireQueue, () => ({ refuse: 'queue_not_empty' }))
    const { user } = renderApp('/routing?queue=urgent')
    await user.click(await screen.findByRole('button', { name: 'Retire' }))
    expect(await screen.findByText('Reviews wait here. Move or decide them first.')).toBeVisible()
  })
})

describe('rules', () => {
  it('are tried on the last flags, told apart from those in force, and published with a reason', async () => {
    const fake = serve()
      .on(tryRules, ({ body }) => ({
        looked: 1_000,
        version: 2,
        queues: [
          { queueId: 'urgent', before: 10, after: 4 },
          { queueId: 'general', before: 990, after: 996 },
        ],
        rules: body.rules.map(({ id }) => ({ ruleId: id, hits: 4 })),
        moved: [
          {
            flagId: '01900000-0000-7000-8000-0000000000f1',
            reviewId: '01900000-0000-7000-8000-0000000000a1' as never,
            reference: 'DKT-7',
            sourceKind: 'removal_order' as const,
            policy: 'tve.recruitment',
            receivedAt: at,
            from: { queueId: 'urgent', ruleId: orders.id },
            to: { queueId: 'general', ruleId: null },
          },
        ],
      }))
      .on(saveRuleDraft, ({ body }) => ({
        ...body,
        version: 1,
        basedOn: 2,
        changedById: 'person-marta',
        changedAt: at,
      }))
      .on(publishRules, () => ({ ...inForce, version: 3 }))
    const { user } = renderApp('/routing?tab=rules')
    await user.click(await screen.findByRole('button', { name: 'Edit rules' }))
    await user.click(screen.getByRole('button', { name: 'Change rule 1' }))
    await user.type(screen.getByRole('textbox', { name: 'Reach at least' }), '5000')
    expect(screen.getByText('reach 5,000 or more')).toBeVisible()
    const difference = screen.getByRole('region', { name: 'Against version 2' })
    expect(difference).toHaveTextContent('± changed')

    await user.click(screen.getByRole('button', { name: 'Try on the last 1,000 flags' }))
    expect(await screen.findByText(/1,?000 flags looked at, 1 flag goes elsewhere/)).toBeVisible()
    const moved = screen.getByRole('table', { name: 'Flags that go elsewhere' })
    expect(within(moved).getByRole('link', { name: 'DKT-7' })).toHaveAttribute(
      'href',
      expect.stringContaining('/reviews/'),
    )
    expect(fake.sent(tryRules)).toMatchObject([{ rules: [{ id: orders.id, when: { reachMin: 5_000 } }] }])

    expect(screen.getByRole('button', { name: 'Publish' })).toBeDisabled()
    await user.type(screen.getByRole('textbox', { name: 'Why' }), 'Small orders wait.')
    await user.click(screen.getByRole('button', { name: 'Publish' }))
    await waitFor(() => expect(fake.sent(publishRules)).toMatchObject([{ version: 1, change: 'Small orders wait.' }]))
    expect(await screen.findByRole('button', { name: 'Edit rules' })).toBeVisible()
  })

  it('keep one that asks nothing from being saved', async () => {
    serve()
    const { user } = renderApp('/routing?tab=rules')
    await user.click(await screen.findByRole('button', { name: 'Edit rules' }))
    await user.click(screen.getByRole('button', { name: 'Add rule' }))
    expect(screen.getByText('It asks nothing yet: it would take everything.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Save draft' })).toBeDisabled()
  })

  it('are read by auditors and changed by none of them', async () => {
    serve().as('auditor')
    renderApp('/routing?tab=rules')
    expect(await screen.findByText('Orders')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Edit rules' })).toBeNull()
  })
})

describe('the priority', () => {
  it('shows what its parts are worth, and takes no weights that come to more than 100', async () => {
    const fake = serve()
      .on(listWeights, () => ({
        versions: [{ version: 1, weights: defaultWeights, change: null, changedById: null, changedAt: at }],
      }))
      .on(tryWeights, () => ({ looked: { value: 40, exact: true }, higher: 7, lower: 0, first: [] }))
      .on(changeWeights, ({ body }) => ({
        version: 2,
        weights: body.weights,
        change: body.change,
        changedById: 'person-marta',
        changedAt: at,
      }))
    const { user } = renderApp('/routing?tab=priority')
    await user.click(await screen.findByRole('button', { name: 'Change the weights' }))
    const score = screen.getByRole('textbox', { name: 'Times the classifier’s score' })
    await user.type(score, '0')
    expect(screen.getByText('Together they come to 145: more than 100. Lower something.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Try on what waits' })).toBeDisabled()
    await user.clear(score)
    await user.click(screen.getByRole('button', { name: 'Try on what waits' }))
    expect(await screen.findByText(/40 looked at, those that stand first: 7 higher, 0 lower/)).toBeVisible()
    await user.type(screen.getByRole('textbox', { name: 'Why' }), 'Scores say little.')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(fake.sent(changeWeights)).toMatchObject([{ version: 1, weights: { score: 0 } }]))
  })
})

describe('reason codes', () => {
  it('that stand for nothing are mapped from their row', async () => {
    const fake = serve()
      .on(listReasonCodes, () => ({
        mappings: [],
        unsorted: [{ sourceName: 'vk-intake', code: 'odd', flags: 42, latestAt: at }],
        looked: 100_000,
      }))
      .on(mapReasonCode, () => ({}))
    const { user } = renderApp('/routing?tab=reasons')
    await user.click(await screen.findByText('odd'))
    const form = screen.getByRole('region', { name: 'What a code stands for' })
    await user.click(within(form).getByRole('combobox', { name: 'Clause' }))
    await user.click(await screen.findByRole('option', { name: '2.5 Recruitment' }))
    await user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(fake.sent(mapReasonCode)).toMatchObject([{ code: 'odd', sourceName: '', policyId: 'tve.recruitment' }]),
    )
  })
})
