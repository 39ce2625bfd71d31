import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import {
  addTerm,
  changeTerm,
  getTerm,
  getTermOutcomes,
  importTerms,
  listTerms,
  previewTerm,
  retireTerm,
  type TermDetail,
} from '#shared/contract/glossary.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const id = '01900000-0000-7000-8000-000000000001'
const buildTerm = (overrides: Partial<TermDetail> = {}): TermDetail => ({
  id,
  headword: 'тагут',
  language: 'ru',
  clause: null,
  forms: [
    { text: 'тагут', language: 'ru', endings: 'noun' },
    { text: 'taghut', language: 'ar', endings: 'noun' },
  ],
  senses: [
    { meaning: 'A false object of worship.', isCoded: false, examples: [] },
    { meaning: 'Any secular state.', isCoded: true, examples: ['Бумаги тагута'] },
  ],
  sources: [{ citation: 'House note', url: null }],
  version: 1,
  isRetired: false,
  writtenById: 'person-marta',
  writtenAt: '2026-05-11T09:00:00.000Z',
  addedById: 'person-marta',
  addedAt: '2026-05-11T09:00:00.000Z',
  change: null,
  earlier: [],
  ...overrides,
})

const other = buildTerm({
  id: '01900000-0000-7000-8000-000000000002',
  headword: 'вата',
  forms: [{ text: 'вата', language: 'ru', endings: 'noun' }],
  senses: [{ meaning: 'Cotton wool.', isCoded: false, examples: [] }],
})

function open(path: string, { as = 'supervisor' as Role, terms = [buildTerm(), other] } = {}) {
  const api = fakeApi()
    .as(as)
    .on(listTerms, () => ({ items: terms }))
    .on(getTerm, ({ params }) => terms.find((term) => term.id === params.termId) ?? { refuse: 'not_found' })
    .on(getTermOutcomes, () => ({ violation: 19, no_violation: 15, exempt: 7, looked: 2_000 }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listPeople, () => ({
      items: [{ id: 'person-marta', name: 'Marta Kowal', role: 'supervisor' as const, isActive: true }],
    }))
    .on(previewTerm, ({ body }) => ({
      looked: 1_000,
      marked: body.forms.length,
      disguised: 1,
      items: [
        {
          reviewId: '01900000-0000-7000-8000-0000000000aa' as never,
          reference: 'DKT-7',
          language: 'ru',
          excerpt: `Вот ${body.forms.at(-1)!.text} тут`,
          marks: [{ from: 4, to: 4 + body.forms.at(-1)!.text.length, isDisguised: false }],
        },
      ],
    }))
  return { api, ...renderApp(path) }
}

it('shows a term with its senses, forms, sources and versions', async () => {
  open(`/glossary/${id}`, { as: 'auditor' })
  expect(await screen.findByRole('heading', { name: 'тагут', level: 1 })).toBeVisible()
  expect(screen.getByText('Any secular state.')).toBeVisible()
  const row = screen.getByRole('row', { name: /taghut/ })
  expect(within(row).getByText('Transliterated')).toBeVisible()
  expect(screen.getByText('House note')).toBeVisible()
  expect(await screen.findByText('Of the last 2,000 decided posts, 41 have it in their caption.')).toBeVisible()
  expect(await screen.findByText(/v1, Marta Kowal/)).toBeVisible()
})

it('lets those who only read change nothing and asks for no captions', async () => {
  const { api } = open(`/glossary/${id}`, { as: 'reviewer' })
  await screen.findByRole('heading', { name: 'тагут' })
  for (const name of ['Edit', 'Retire', 'Import'])
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument()
  expect(screen.queryByRole('link', { name: 'Add a term' })).not.toBeInTheDocument()
  expect(api.calls(previewTerm)).toEqual([])
})

it('finds a term by what it means', async () => {
  const { user } = open('/glossary')
  await user.type(await screen.findByRole('textbox', { name: 'Find a term' }), 'SECULAR')
  const list = screen.getByRole('navigation', { name: 'Terms' })
  expect(within(list).getByText('1 term')).toBeVisible()
  expect(within(list).queryByText('вата')).not.toBeInTheDocument()
})

it('shows what the forms would mark while they are written', async () => {
  const { user, api } = open('/glossary/new')
  const preview = await screen.findByRole('complementary', { name: 'What it would mark' })
  expect(within(preview).getByText('Write a form first.')).toBeVisible()
  await user.type(screen.getByRole('textbox', { name: 'Form' }), 'укроп')
  expect(await within(preview).findByText('укроп', { selector: 'mark' })).toBeVisible()
  expect(within(preview).getByText('1 of 1,000 captions')).toBeVisible()
  expect(within(preview).getByText('1 of them by a disguise')).toBeVisible()
  expect(within(preview).getByRole('link', { name: 'DKT-7' })).toBeVisible()
  await waitFor(() => expect(api.sent(previewTerm)).toHaveLength(1))
})

it('adds a term, without what was left empty', async () => {
  const { user, api } = open('/glossary/new')
  api.on(addTerm, () => buildTerm())
  await user.type(await screen.findByRole('textbox', { name: 'Headword' }), 'тагут')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('A headword, a form and a meaning are needed.')).toBeVisible()
  await user.type(screen.getByRole('textbox', { name: 'Form' }), 'тагут')
  await user.type(screen.getAllByRole('textbox', { name: 'Meaning' })[0]!, 'Any secular state.')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(api.sent(addTerm)).toHaveLength(1))
  expect(api.sent(addTerm)[0]).toMatchObject({
    headword: 'тагут',
    language: 'ru',
    clause: null,
    forms: [{ text: 'тагут', language: 'ru', endings: 'noun' }],
    senses: [{ meaning: 'Any secular state.', isCoded: true, examples: [] }],
    sources: [],
  })
  expect(await screen.findByRole('heading', { name: 'тагут', level: 1 })).toBeVisible()
})

it('changes a term on the version that was read, and keeps what was typed when another was faster', async () => {
  const terms = [buildTerm()]
  const { user, api } = open(`/glossary/${id}`, { terms })
  await user.click(await screen.findByRole('button', { name: 'Edit' }))
  await user.type(screen.getByRole('textbox', { name: 'Why it is changed' }), 'Too wide.')
  api.on(changeTerm, () => {
    terms[0] = buildTerm({ version: 2, earlier: [buildTerm()] })
    return { refuse: 'version_changed' }
  })
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/^Somebody changed this term/)).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'Why it is changed' })).toHaveValue('Too wide.')
  await user.click(await screen.findByRole('button', { name: 'Save over the newest version' }))
  api.on(changeTerm, () => buildTerm({ version: 3 }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(api.sent(changeTerm)).toHaveLength(2))
  expect(api.sent(changeTerm)).toMatchObject([
    { version: 1, change: 'Too wide.' },
    { version: 2, change: 'Too wide.' },
  ])
})

it('says that a headword is taken', async () => {
  const { user, api } = open(`/glossary/${id}`)
  api.on(changeTerm, () => ({ refuse: 'invalid_request', issues: [{ path: 'headword', message: 'Taken.' }] }))
  await user.click(await screen.findByRole('button', { name: 'Edit' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('There is a term with this headword in this language.')).toBeVisible()
})

it('retires a term and puts it back', async () => {
  const terms = [buildTerm()]
  const { user, api } = open(`/glossary/${id}`, { terms })
  api.on(retireTerm, ({ body }) => {
    terms[0] = buildTerm({ version: body.version + 1, isRetired: body.isRetired })
    return terms[0]
  })
  await user.click(await screen.findByRole('button', { name: 'Retire' }))
  await user.click(await screen.findByRole('button', { name: 'Put back' }))
  expect(await screen.findByRole('button', { name: 'Retire' })).toBeVisible()
  expect(api.sent(retireTerm)).toMatchObject([
    { version: 1, isRetired: true },
    { version: 2, isRetired: false },
  ])
})

it('reads a glossary from a file, and refuses a file that holds none', async () => {
  const { user, api } = open('/glossary')
  api.on(importTerms, () => ({ added: 1, known: ['вата'] }))
  const field = await screen.findByLabelText('Import', { selector: 'input' })
  await user.upload(field, new File(['{"terms":[]}'], 'empty.json', { type: 'application/json' }))
  expect(await screen.findByText('This file holds no glossary: terms.')).toBeVisible()
  const { headword, language, clause, forms, senses, sources } = buildTerm()
  const text = JSON.stringify({ terms: [{ headword, language, clause, forms, senses, sources }] })
  await user.upload(field, new File([text], 'glossary.json', { type: 'application/json' }))
  expect(await screen.findByText(/^1 term added\. 1 was there already\.$/)).toBeVisible()
  expect(api.sent(importTerms)).toMatchObject([{ terms: [{ headword: 'тагут' }] }])
})

it('opens from anywhere by its keys', async () => {
  const { user } = open(`/glossary/${other.id}`, { terms: [buildTerm(), other] })
  await screen.findByRole('heading', { name: 'вата' })
  await user.keyboard('gw')
  expect(await screen.findByRole('heading', { name: 'тагут' })).toBeVisible()
})

it('says so when there is no such term', async () => {
  open('/glossary/01900000-0000-7000-8000-00000000ffff')
  expect(await screen.findByText('No such term')).toBeVisible()
})
