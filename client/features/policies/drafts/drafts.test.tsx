import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { getPolicyUse, listPolicies, PolicyContent } from '#shared/contract/policies.ts'
import * as contract from '#shared/contract/policy-drafts.ts'
import { listReasons } from '#shared/contract/reasons.ts'
import { listSamples } from '#shared/contract/rereviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildExemption, buildPerson, buildPolicy, buildPolicyVersion } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const id = '01900000-0000-7000-8000-000000000001'
const base = PolicyContent.parse(buildPolicyVersion({ signs: ['an invitation', 'a badge'], exemptions: null }))
const policy = buildPolicy({ current: buildPolicyVersion({ ...base, version: 2 }) })

function buildDraft(overrides: Partial<contract.PolicyDraft> = {}): contract.PolicyDraft {
  return {
    id,
    policyId: policy.id,
    isNew: false,
    kind: 'clause',
    code: policy.code,
    section: policy.section,
    shortName: base.shortName,
    isRetired: false,
    basedOn: 2,
    state: 'draft',
    revision: 4,
    change: '',
    wantedFrom: null,
    openedById: 'person-marta',
    openedAt: '2026-06-01T09:00:00.000Z',
    savedById: 'person-marta',
    savedAt: '2026-06-01T09:30:00.000Z',
    writerIds: ['person-marta'],
    version: null,
    inForceSince: null,
    content: base,
    base,
    steps: [{ kind: 'opened', revision: 1, byId: 'person-marta', at: '2026-06-01T09:00:00.000Z', comment: null }],
    ...overrides,
  }
}

const reworded = { ...base, signs: ['an invitation with a place', 'a badge'] }

function open(draft: contract.PolicyDraft, { as = 'supervisor', path = `/policies/drafts/${id}` } = {}) {
  let now = draft
  const step = (kind: contract.DraftStep['kind'], state: contract.DraftState) => {
    const last = { kind, revision: now.revision, byId: 'person-1', at: '2026-06-02T09:00:00.000Z', comment: null }
    now = { ...now, state, steps: [...now.steps, last] }
    return now
  }
  const api = fakeApi()
    .as(as as Role)
    .on(listPolicies, () => ({ items: [policy, buildExemption()] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-marta', name: 'Marta Kowal' })] }))
    .on(listSamples, () => ({ items: [] }))
    .on(getPolicyUse, () => ({ refuse: 'internal' }))
    .on(contract.listDrafts, () => ({ items: [now] }))
    .on(contract.getDraft, () => now)
    .on(contract.saveDraft, ({ body }) => {
      if (body.revision !== now.revision) return { refuse: 'version_changed' }
      const writerIds = [buildSession('supervisor').person.id]
      now = { ...now, content: body.content, change: body.change, revision: now.revision + 1, writerIds }
      return { revision: now.revision, savedAt: '2026-06-01T10:00:00.000Z' }
    })
    .on(contract.askAboutDraft, () => step('asked', 'asked'))
    .on(contract.sendBackDraft, () => step('sent_back', 'draft'))
    .on(contract.publishDraft, () => {
      now = { ...step('published', 'published'), version: 3, inForceSince: '2026-06-02T09:00:00.000Z' }
      return now
    })
  return { api, change: (part: Partial<contract.PolicyDraft>) => Object.assign(now, part), ...renderApp(path) }
}

beforeEach(() => localStorage.clear())

it('is saved by itself, says what is missing, and is sent to a second pair of eyes with all that was written', async () => {
  const { api, user } = open(buildDraft())
  const change = await screen.findByRole('textbox', { name: 'What changes' })
  expect(screen.getByText('Say what changes.')).toBeVisible()
  expect(screen.getByText('It says what is in force already.')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Ask for a second pair of eyes' })).toBeDisabled()

  await user.click(change)
  await user.paste('A place counts.')
  const signs = screen.getByRole('textbox', { name: 'Signs' })
  await user.clear(signs)
  await user.paste('an invitation with a place\na badge')
  await waitFor(() => expect(screen.getByText(/^Saved at/)).toBeVisible(), { timeout: 3_000 })
  expect(api.sent(contract.saveDraft).at(-1)).toMatchObject({
    change: 'A place counts.',
    content: { signs: ['an invitation with a place', 'a badge'] },
  })

  await user.click(change)
  await user.paste(' Always.')
  await user.click(screen.getByRole('button', { name: 'Ask for a second pair of eyes' }))
  expect(await screen.findByText('Somebody who did not write on it publishes it.', { exact: false })).toBeVisible()
  expect(api.sent(contract.saveDraft).at(-1)).toMatchObject({ change: 'A place counts. Always.' })
  const saves = api.sent(contract.saveDraft).length
  expect(api.sent(contract.askAboutDraft)).toMatchObject([{ revision: 4 + saves }])
})

it('loses no word when it cannot be saved, nor when somebody else saved meanwhile', async () => {
  const first = open(buildDraft())
  const text = await screen.findByRole('textbox', { name: 'What it says' })
  first.change({ revision: 9, change: 'Theirs.' })
  await first.user.clear(text)
  await first.user.type(text, 'Mine.')
  await first.user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Somebody else saved this draft since.', { exact: false })).toBeVisible()
  first.unmount()

  const { user, api } = open(buildDraft({ revision: 9, change: 'Theirs.' }))
  expect(await screen.findByRole('textbox', { name: 'What it says' })).toHaveValue('Mine.')
  await user.click(screen.getByRole('button', { name: 'Keep what I wrote' }))
  await screen.findByText(/^Saved at/)
  expect(api.sent(contract.saveDraft)).toMatchObject([{ revision: 9, content: { description: 'Mine.' } }])
})

it('shows what changed word by word', async () => {
  const { user } = open(buildDraft({ content: reworded }))
  await user.click(await screen.findByRole('radio', { name: 'Changes' }))
  const article = screen.getByRole('article')
  expect([...article.querySelectorAll('ins')].map((mark) => mark.textContent)).toEqual(['Added:  with a place'])
  expect(article.querySelector('del')).toBeNull()
})

it('is published by somebody who did not write it, at once or from a time that is to come', async () => {
  const asked = buildDraft({ state: 'asked', content: reworded, change: 'A place counts.' })
  const { api, user } = open(asked, { as: 'admin' })
  await user.click(await screen.findByRole('radio', { name: 'from a date' }))
  await user.click(screen.getByRole('button', { name: 'Approve and publish' }))
  expect(screen.getByText('Name a time that is still to come.', { exact: false })).toBeVisible()
  await user.click(screen.getByRole('radio', { name: 'at once' }))
  await user.click(screen.getByRole('button', { name: 'Approve and publish' }))
  expect(await screen.findByText(/^In force since/)).toBeVisible()
  expect(api.sent(contract.publishDraft)).toMatchObject([{ revision: 4, inForceFrom: null }])
})

it('is sent back only with a comment', async () => {
  const { api, user } = open(buildDraft({ state: 'asked', content: reworded }), { as: 'admin' })
  await user.click(await screen.findByRole('button', { name: 'Send back' }))
  expect(screen.getByText('Say what is to be changed.', { exact: false })).toBeVisible()
  await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'Which place?')
  await user.click(screen.getByRole('button', { name: 'Send back' }))
  await waitFor(() => expect(api.sent(contract.sendBackDraft)).toMatchObject([{ comment: 'Which place?' }]))
})

it('offers its writer no way to publish it', async () => {
  const me = buildSession('supervisor').person.id
  open(buildDraft({ state: 'asked', content: reworded, writerIds: [me] }))
  expect(await screen.findByText('Somebody who did not write on it publishes it.')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Approve and publish' })).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Go on writing' })).toBeVisible()
})

it('opens a draft of a clause, and one that retires it', async () => {
  const { api, user, router, change } = open(buildDraft({ policyId: 'another' }), { path: `/policies/${policy.id}` })
  api
    .on(contract.openDraft, () => {
      change({ policyId: policy.id })
      return buildDraft()
    })
    .on(listReasons, () => ({ items: [] }))
  await user.click(await screen.findByRole('button', { name: 'Retire' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Retire' }))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/policies/drafts/${id}`))
  expect(api.sent(contract.openDraft)).toMatchObject([{ policyId: policy.id, isRetired: true }])
})

it('adds a clause by what it goes by', async () => {
  const { api, user, router } = open(buildDraft({ isNew: true, base: null }), { path: '/policies/drafts/new' })
  api.on(contract.openDraft, () => buildDraft({ isNew: true, base: null }))
  await user.type(await screen.findByRole('textbox', { name: 'Code' }), '2.x')
  await user.click(screen.getByRole('button', { name: 'Open a draft' }))
  expect(screen.getByText('Look at:', { exact: false })).toBeVisible()
  await user.clear(screen.getByRole('textbox', { name: 'Code' }))
  await user.type(screen.getByRole('textbox', { name: 'Code' }), '2.11')
  await user.type(screen.getByRole('textbox', { name: 'Name of the section' }), 'Terrorist content')
  await user.type(screen.getByRole('textbox', { name: 'Id for other systems' }), 'tve.slogan')
  await user.click(screen.getByRole('button', { name: 'Open a draft' }))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/policies/drafts/${id}`))
  const newClause = { kind: 'clause', code: '2.11', sectionName: 'Terrorist content', id: 'tve.slogan' }
  expect(api.sent(contract.openDraft)).toMatchObject([{ newClause }])
})

it('takes a file in as drafts after saying what it would change', async () => {
  const { api, user } = open(buildDraft(), { path: '/policies/drafts/file' })
  const item = { id: policy.id, code: policy.code, shortName: 'Glorification', fields: ['label'], problem: null }
  api.on(contract.importPolicy, ({ body }) => ({
    items: [{ ...item, what: 'changed' as const, draftId: body.isDryRun ? null : id }],
  }))
  const clause = { id: policy.id, kind: 'clause', code: policy.code, sectionName: 'Terrorist content', version: 1 }
  const file = { format: 'docket.policy', formatVersion: 1, exportedAt: '2026-06-01T09:00:00Z' }
  const send = async (content: object) => {
    const text = JSON.stringify({ ...file, clauses: [{ ...clause, content: { ...base, ...content } }] })
    await user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), new File([text], 'policy.json'))
  }
  await screen.findByRole('button', { name: 'Choose a file' })
  await send({ strikeWeight: 99 })
  expect(await screen.findByText('This is no such file. First fault: clauses.0.content.strikeWeight')).toBeVisible()
  await send({ label: 'Other' })
  const outcome = await screen.findByRole('region', { name: 'What policy.json would change' })
  expect(within(outcome).getByRole('row', { name: /Glorification/ })).toHaveTextContent('Changed')
  await user.click(within(outcome).getByRole('button', { name: 'Open 1 draft' }))
  expect(await screen.findByText('1 draft was opened.', { exact: false })).toBeVisible()
  expect(api.sent(contract.importPolicy)).toMatchObject([{ isDryRun: true }, { isDryRun: false }])
})
