import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { addAccountNote, addReviewNote } from '#shared/contract/notes.ts'
import { getReview, type ReviewDetail } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildAccountStanding, buildNote, buildPerson, buildReviewDetail } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { reviewQuery } from '../../review.queries.ts'
import { Notes } from './Notes.tsx'

const me = buildSession().person
const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })

function serverWith(detail: ReviewDetail) {
  return fakeApi()
    .on(getReview, () => detail)
    .on(listPeople, () => ({ items: [ana, buildPerson({ id: me.id, name: me.name })] }))
    .on(addReviewNote, ({ body }) => buildNote({ authorId: me.id, body: body.body }))
    .on(addAccountNote, ({ body }) => buildNote({ on: 'account', authorId: me.id, body: body.body }))
}

function NotesOf({ detail }: { detail: ReviewDetail }) {
  const { data } = useQuery(reviewQuery(detail.review.id))
  return data ? <Notes detail={data} /> : null
}
const show = (detail: ReviewDetail, as: Role = 'reviewer') => render(<NotesOf detail={detail} />, { as })

it('tells author and time of the notes on review and account, the newest first', async () => {
  const detail = buildReviewDetail({
    notes: [buildNote({ authorId: ana.id, body: 'On the post', writtenAt: '2026-07-03T09:58:00Z' })],
    account: buildAccountStanding({
      notes: [buildNote({ on: 'account', body: 'On the person', writtenAt: '2026-07-04T10:00:00Z' })],
    }),
  })
  serverWith(detail)
  show(detail)

  const [first, second] = await screen.findAllByRole('listitem')

  expect(first).toHaveTextContent('On the person')
  expect(first).toHaveTextContent('The account')
  await waitFor(() => expect(second).toHaveTextContent('Ana Ribeiro'))
  expect(within(second!).getByText(/3 Jul/)).toHaveAttribute('datetime', '2026-07-03T09:58:00Z')
})

it('is written from the keyboard: C, the words, Ctrl and Enter', async () => {
  const detail = buildReviewDetail()
  const server = serverWith(detail)
  const { user } = show(detail)
  await screen.findByRole('textbox', { name: 'Write a note' })

  await user.keyboard('cChecked the bank.{Control>}{Enter}{/Control}')

  expect(await screen.findByRole('listitem')).toHaveTextContent('Checked the bank.')
  expect(server.sent(addReviewNote)).toMatchObject([{ body: 'Checked the bank.', supersedesId: null }])
  expect(screen.getByRole('textbox')).toHaveValue('')
  expect(screen.getByRole('textbox')).not.toHaveFocus()
})

it('may be about the account instead', async () => {
  const detail = buildReviewDetail()
  const server = serverWith(detail)
  const { user } = show(detail)

  await user.type(await screen.findByRole('textbox'), 'Second page.')
  await user.click(screen.getByRole('radio', { name: 'The account' }))
  await user.click(screen.getByRole('button', { name: 'Save note' }))

  expect(await screen.findByRole('listitem')).toHaveTextContent('Second page.')
  expect(server.sent(addAccountNote)).toMatchObject([{ body: 'Second page.' }])
})

it('keeps what was typed when saving fails, and never writes it twice', async () => {
  const detail = buildReviewDetail()
  const server = serverWith(detail).on(addReviewNote, () => {
    throw new TypeError('Failed to fetch')
  })
  const { user } = show(detail)

  await user.type(await screen.findByRole('textbox'), 'Not lost.')
  await user.click(screen.getByRole('button', { name: 'Save note' }))
  expect(await screen.findByText(/^Not saved/)).toBeVisible()
  expect(screen.getByRole('textbox')).toHaveValue('Not lost.')
  server.on(addReviewNote, ({ body }) => buildNote({ body: body.body }))
  await user.click(screen.getByRole('button', { name: 'Save again' }))

  expect(await screen.findByRole('listitem')).toHaveTextContent('Not lost.')
  const [first, second] = server.sent(addReviewNote) as { clientId: string }[]
  expect(second?.clientId).toBe(first?.clientId)
})

it('gets a newer wording from its author alone, and the old one stays readable', async () => {
  const earlier = [
    { id: crypto.randomUUID(), body: 'First wording', authorId: me.id, writtenAt: '2026-07-02T10:00:00Z' },
  ]
  const mine = buildNote({ authorId: me.id, body: 'Second wording', earlier })
  const detail = buildReviewDetail({ notes: [mine, buildNote({ authorId: ana.id })] })
  const server = serverWith(detail)
  const { user } = show(detail)

  await user.click(await screen.findByRole('button', { name: '1 earlier wording' }))
  expect(screen.getByRole('list', { name: 'Earlier wordings' })).toHaveTextContent('First wording')
  await user.click(screen.getByRole('button', { name: 'Edit' }))
  const field = screen.getByRole('textbox', { name: 'New wording of your note' })
  expect(field).toHaveValue('Second wording')
  expect(field).toHaveFocus()
  await user.type(field, ', mended')
  await user.click(screen.getByRole('button', { name: 'Save note' }))

  await screen.findByText('Second wording, mended')
  expect(screen.queryByText('Second wording')).not.toBeInTheDocument()
  expect(server.sent(addReviewNote)).toMatchObject([{ body: 'Second wording, mended', supersedesId: mine.id }])
})

it('is only read by an auditor', async () => {
  const detail = buildReviewDetail({ notes: [buildNote({ body: 'For the record' })] })
  serverWith(detail)
  show(detail, 'auditor')

  expect(await screen.findByText('For the record')).toBeVisible()
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
})
