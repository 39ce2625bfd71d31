import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  type AppealDetail,
  claimAppeal,
  countAppeals,
  decideAppeal,
  fileAppeal,
  getAppeal,
  listAppeals,
  undoAppeal,
} from '#shared/contract/appeals.ts'
import { getDecision } from '#shared/contract/decision-list.ts'
import { listTemplates } from '#shared/contract/messages.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  buildAppeal,
  buildDecision,
  buildDecisionDetail,
  buildExemption,
  buildPage,
  buildPerson,
  buildPolicy,
  buildTemplate,
} from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const me = 'person-dana'
const jonas = buildPerson({ id: 'person-1', name: 'Jonas Weber' })
const soon = () => new Date(Date.now() + 60_000).toISOString()

/** Answers with the appeal as the acts leave it. */
function answering(first: AppealDetail) {
  let appeal = first
  const after = (part: Partial<AppealDetail>) => {
    appeal = { ...appeal, ...part }
    return { appeal }
  }
  const api = fakeApi()
    .on(listPeople, () => ({ items: [jonas] }))
    .on(listPolicies, () => ({ items: [buildPolicy(), buildExemption()] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: ['vk'] }))
    .on(getAppeal, () => appeal)
    .on(claimAppeal, () => after({ holderId: me, heldUntil: soon() }))
    .on(decideAppeal, ({ body: { outcome, rationale } }) =>
      after({ state: 'decided', outcome, rationale, decidedById: me, decidedAt: soon(), undoUntil: soon() }),
    )
    .on(undoAppeal, () => after({ state: 'waiting', outcome: null, holderId: me, heldUntil: soon(), undoUntil: null }))
  return { api, open: () => renderApp(`/appeals/${first.id}`) }
}

const choose = async (user: ReturnType<typeof renderApp>['user'], field: string, option: string) => {
  await user.click(screen.getByRole('combobox', { name: field }))
  await user.click(await screen.findByRole('option', { name: option }))
}

describe('an appeal', () => {
  it('is taken, turned round with what is found instead, and can be taken back', async () => {
    const template = buildTemplate({
      occasion: 'reversed',
      name: 'You were right',
      texts: { en: 'Sorry, {{account}}.' },
    })
    const { api, open } = answering(buildAppeal({ language: 'en' }))
    api.on(listTemplates, () => ({ items: [template] }))
    const { user } = open()
    await user.click(await screen.findByRole('button', { name: /Take it/ }))
    expect(await screen.findByRole('button', { name: /^Decide/ })).toBeDisabled()
    await user.click(screen.getByRole('radio', { name: /Reverse/ }))
    await choose(user, 'Found instead', 'Exempt')
    expect(screen.getByText('Name the exemption.')).toBeVisible()
    await choose(user, 'Exemption', 'E.1 News reporting')
    await user.type(screen.getByRole('textbox', { name: 'Reasons' }), 'A court report.')
    await choose(user, 'Template', 'You were right')
    await user.click(screen.getByRole('button', { name: /^Decide/ }))
    expect(await screen.findByText('A court report.')).toBeVisible()
    expect(api.sent(decideAppeal)).toEqual([
      expect.objectContaining({
        outcome: 'reversed',
        ruling: expect.objectContaining({ outcome: 'exempt', exemption: 'news', measures: [] }),
        message: { templateId: template.id, version: 1, language: 'en', values: {} },
      }),
    ])
    await user.click(screen.getByRole('button', { name: /Take it back/ }))
    expect(await screen.findByRole('button', { name: /^Decide/ })).toBeVisible()
  })

  it('says why who decided does not hear it, and who does', async () => {
    const { open } = answering(buildAppeal({ isOwn: true }))
    open()
    expect(await screen.findByText(/You had a part in this decision/)).toBeVisible()
    expect(screen.queryByRole('button', { name: /Take it/ })).toBeNull()
  })

  it('shows what was said, what was decided on which words, and how long it was wrongly down', async () => {
    const next = buildDecision({ outcome: 'no_violation', clause: null, measures: [], rationale: 'A court report.' })
    const wronglyDown = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-02T04:00:00.000Z', ms: 100_800_000 }
    const decided = {
      state: 'decided',
      outcome: 'reversed',
      decidedById: 'person-2',
      decidedAt: '2026-01-02T03:00:00.000Z',
    } as const
    const { open } = answering(
      buildAppeal({ ...decided, newDecisionId: next.id, next, wronglyDown, text: 'Это цитата.' }),
    )
    open()
    expect(await screen.findByText('Это цитата.')).toBeVisible()
    expect(screen.getByText('1 d 4 h')).toBeVisible()
    const decision = screen.getByRole('region', { name: 'The first decision' })
    expect(await within(decision).findByText('Jonas Weber')).toBeVisible()
    expect(await screen.findByText(/Praises a terrorist act/)).toBeVisible()
  })
})

describe('the list of appeals', () => {
  it('says how many wait and how many too long, and opens what is chosen', async () => {
    const appeal = buildAppeal({ textExcerpt: 'It was a quotation.' })
    const { api } = answering(appeal)
    api
      .on(countAppeals, () => ({ waiting: 3, overdue: 2, mine: 0, oldestFiledAt: appeal.filedAt }))
      .on(listAppeals, () => buildPage([appeal]))
    const { user } = renderApp('/appeals?appellant=account')
    await user.click(await screen.findByRole('link', { name: /It was a quotation/ }))
    expect(await screen.findByRole('heading', { name: `Appeal ${appeal.reference}` })).toBeVisible()
    expect(api.calls(listAppeals)[0]?.query).toMatchObject({ tab: 'waiting', sort: 'due', appellant: ['account'] })
  })

  it('shows figures that open their rows', async () => {
    const { api } = answering(buildAppeal())
    api.on(countAppeals, () => ({ waiting: 3, overdue: 2, mine: 0, oldestFiledAt: null }))
    renderApp('/appeals')
    const lists = await screen.findByRole('navigation', { name: 'Appeals' })
    expect(await within(lists).findByRole('link', { name: '2' })).toHaveAttribute('href', '/appeals?overdue=yes')
  })
})

describe('filing by hand', () => {
  it('asks for a reason where the time is over, and files in the words of who appeals', async () => {
    const decision = buildDecision({ decidedAt: '2020-01-01T00:00:00.000Z' })
    const appeal = buildAppeal()
    const { api } = answering(appeal)
    api.on(getDecision, () => buildDecisionDetail({ decision })).on(fileAppeal, () => ({ appeal, isDuplicate: false }))
    const { user } = renderApp(`/appeals/new?decision=${decision.id}`)
    await user.type(await screen.findByRole('textbox', { name: 'In their own words' }), 'Это цитата.')
    expect(screen.getByRole('button', { name: 'File it' })).toBeDisabled()
    await user.type(screen.getByRole('textbox', { name: /Why it is taken in/ }), 'Was in hospital.')
    await user.click(screen.getByRole('button', { name: 'File it' }))
    expect(await screen.findByRole('heading', { name: `Appeal ${appeal.reference}` })).toBeVisible()
    expect(api.sent(fileAppeal)[0]).toMatchObject({
      about: { decisionId: decision.id },
      text: 'Это цитата.',
      language: 'ru',
      lateReason: 'Was in hospital.',
    })
  })
})
