import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import {
  getGlossaryForms,
  getTerm,
  getTermOutcomes,
  type TermDetail,
  type TermForm,
} from '#shared/contract/glossary.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildReviewDetail, buildSnapshot } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { PostText } from '../post/PostText.tsx'

const id = '01900000-0000-7000-8000-000000000001'
const forms: TermForm[] = [
  { text: 'тагут', language: 'ru', endings: 'noun' },
  { text: 'طاغوت', language: 'ar', endings: 'noun' },
]
const term: TermDetail = {
  id,
  headword: 'тагут',
  language: 'ru',
  clause: null,
  forms,
  senses: [
    { meaning: 'A false object of worship.', isCoded: false, examples: [] },
    { meaning: 'Any secular state.', isCoded: true, examples: [] },
  ],
  sources: [{ citation: 'House note', url: 'https://notes.example/1' }],
  version: 3,
  isRetired: false,
  writtenById: 'person-marta',
  writtenAt: '2026-05-11T09:00:00.000Z',
  addedById: 'person-marta',
  addedAt: '2026-04-01T09:00:00.000Z',
  change: null,
  earlier: [],
}

const { post } = buildReviewDetail()

function show(caption: string) {
  const api = fakeApi()
    .on(getGlossaryForms, () => ({ version: '1.3', terms: [{ id, forms }] }))
    .on(getTerm, () => term)
    .on(getTermOutcomes, () => ({ violation: 19, no_violation: 15, exempt: 7, looked: 2_000 }))
    .on(listPeople, () => ({
      items: [{ id: 'person-marta', name: 'Marta Kowal', role: 'supervisor' as const, isActive: true }],
    }))
    .on(listPolicies, () => ({ items: [] }))
  return { api, ...render(<PostText post={post} snapshot={buildSnapshot({ caption })} at={0} />) }
}

it('marks the term in the caption and leaves every letter as it is', async () => {
  const caption = 'Бумаги тагута мне не нужны.'
  show(caption)
  const mark = await screen.findByRole('button', { name: 'тагута' })
  expect(mark).toHaveAttribute('aria-roledescription', 'Glossary term')
  expect(mark.parentElement).toHaveTextContent(caption)
})

it('shows what it may mean while the pointer rests on it, and that it decides nothing', async () => {
  const { user } = show('Бумаги тагута')
  await user.hover(await screen.findByRole('button', { name: 'тагута' }))
  const card = await screen.findByRole('tooltip')
  expect(await within(card).findByText('Any secular state.')).toBeVisible()
  expect(within(card).getByText('A false object of worship.')).toBeVisible()
  expect(within(card).getByText('طاغوت')).toHaveAttribute('lang', 'ar')
  expect(await within(card).findByText('In 41 decisions: 19 violation, 15 kept, 7 exempt')).toBeVisible()
  expect(within(card).getByText('Context only. A term alone decides nothing.')).toBeVisible()
  expect(within(card).getByText(/House note/)).toBeVisible()
  expect(await within(card).findByText(/Written by Marta Kowal, v3/)).toBeVisible()
})

it('stays open when pressed, and leads to the glossary', async () => {
  const { user } = show('Бумаги тагута')
  await user.click(await screen.findByRole('button', { name: 'тагута' }))
  const box = await screen.findByRole('dialog', { name: 'Glossary term' })
  expect(await within(box).findByRole('link', { name: 'Open in the glossary' })).toHaveAttribute(
    'href',
    `/glossary/${id}`,
  )
})

it('says so when the word was written in disguise', async () => {
  const { user } = show('Бумаги т@г*та')
  await user.hover(await screen.findByRole('button', { name: 'т@г*та' }))
  expect(await screen.findByText(/^Written in disguise here/)).toBeVisible()
})

it('goes from mark to mark by one key, around', async () => {
  const { user } = show('Тагут, тагута и тагуту')
  await screen.findByRole('button', { name: 'Тагут' })
  for (const name of ['Тагут', 'тагута', 'тагуту', 'Тагут']) {
    await user.keyboard('.')
    expect(screen.getByRole('button', { name })).toHaveFocus()
  }
})

it('asks for what it means only once somebody looks', async () => {
  const { api, user } = show('Тагут')
  const mark = await screen.findByRole('button', { name: 'Тагут' })
  expect(api.calls(getTerm)).toEqual([])
  await user.hover(mark)
  await screen.findByText('Any secular state.')
  expect(api.calls(getTerm)).toHaveLength(1)
})

it('shows the caption without marks when the glossary cannot be read', async () => {
  fakeApi().on(getGlossaryForms, () => ({ refuse: 'internal' }))
  render(<PostText post={post} snapshot={buildSnapshot({ caption: 'Бумаги тагута' })} at={0} />)
  expect(await screen.findByText('Бумаги тагута')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'тагута' })).not.toBeInTheDocument()
})
