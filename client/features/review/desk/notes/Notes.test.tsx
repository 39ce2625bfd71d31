import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { addAccountNote, addReviewNote, listReaders, pinNote } from '#shared/contract/notes.ts'
import { getReview, type ReviewDetail } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildAccountStanding, buildNote, buildPerson, buildReviewDetail } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { reviewQuery } from '../../review.queries.ts'
import { AccountNote } from './AccountNote.tsx'
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

const other = buildPerson({ id: 'person-jonas', name: 'Jonas Weber' })

it('shows answers under their note, and takes one more', async () => {
  const answer = { ...buildNote({ authorId: me.id, body: 'Atyrau.' }) }
  const note = buildNote({ authorId: ana.id, body: 'Who knows the place?', answers: [answer] })
  const detail = buildReviewDetail({ notes: [note] })
  const server = serverWith(detail).on(addReviewNote, ({ body }) => ({
    ...note,
    answers: [answer, buildNote({ authorId: me.id, body: body.body })],
  }))
  const { user } = show(detail)

  expect(await screen.findByRole('list', { name: 'Answers' })).toHaveTextContent('Atyrau.')
  await user.click(screen.getByRole('button', { name: 'Answer' }))
  const field = screen.getByRole('textbox', { name: 'Write an answer' })
  expect(field).toHaveFocus()
  await user.keyboard('The station.{Control>}{Enter}{/Control}')

  await waitFor(() => expect(screen.getByRole('list', { name: 'Answers' })).toHaveTextContent('The station.'))
  expect(server.sent(addReviewNote)).toMatchObject([{ body: 'The station.', answersId: note.id, supersedesId: null }])
})

it('keeps a new note that is under way while another is answered', async () => {
  const detail = buildReviewDetail({ notes: [buildNote({ authorId: ana.id })] })
  serverWith(detail)
  const { user } = show(detail)

  await user.type(await screen.findByRole('textbox', { name: 'Write a note' }), 'Half a thought')
  await user.click(screen.getByRole('button', { name: 'Answer' }))
  expect(screen.getByRole('textbox', { name: 'Write an answer' })).toHaveValue('')
  await user.click(screen.getByRole('button', { name: 'Do not answer' }))

  expect(screen.getByRole('textbox', { name: 'Write a note' })).toHaveValue('Half a thought')
})

it('keeps the draft when Escape leaves the field', async () => {
  const detail = buildReviewDetail()
  serverWith(detail)
  const { user } = show(detail)

  await user.click(await screen.findByRole('textbox', { name: 'Write a note' }))
  await user.keyboard('Not yet{Escape}')

  expect(screen.getByRole('textbox')).not.toHaveFocus()
  expect(screen.getByRole('textbox')).toHaveValue('Not yet')
})

it('offers people by name after @, by keys alone, and mentions by id', async () => {
  const detail = buildReviewDetail()
  const server = serverWith(detail).on(listReaders, () => ({ items: [ana, other] }))
  const { user } = show(detail)

  await user.click(await screen.findByRole('textbox', { name: 'Write a note' }))
  await user.keyboard('Ask @web')
  expect(await screen.findByRole('option', { name: 'Jonas Weber' })).toBeVisible()
  expect(screen.queryByRole('option', { name: 'Ana Ribeiro' })).not.toBeInTheDocument()
  await user.keyboard('{Enter}or @')
  await user.keyboard('{ArrowDown}{ArrowUp}{Tab}')
  expect(screen.getByRole('textbox')).toHaveValue('Ask @Jonas Weber or @Ana Ribeiro ')
  await user.keyboard('{Control>}{Enter}{/Control}')

  await waitFor(() => expect(server.sent(addReviewNote)).toHaveLength(1))
  expect(server.sent(addReviewNote)).toMatchObject([{ body: `Ask <@${other.id}> or <@${ana.id}>` }])
  expect(server.calls(listReaders)[0]?.query).toMatchObject({ on: 'review', id: detail.review.id })
})

it('shows who is mentioned by the name they have now', async () => {
  const detail = buildReviewDetail({ notes: [buildNote({ authorId: me.id, body: `Ask <@${ana.id}>.` })] })
  serverWith(detail)
  show(detail)

  expect(await screen.findByText('@Ana Ribeiro')).toBeVisible()
})

it('says who may not see what the note is about', async () => {
  const detail = buildReviewDetail()
  serverWith(detail).on(addAccountNote, () => ({ refuse: 'cannot_see', issues: [{ path: ana.id, message: 'x' }] }))
  const { user } = show(detail)

  await user.type(await screen.findByRole('textbox'), 'For Ana')
  await user.click(screen.getByRole('radio', { name: 'The account' }))
  await user.click(screen.getByRole('button', { name: 'Save note' }))

  expect(await screen.findByText(/^Not saved: Ana Ribeiro may not see this account/)).toBeVisible()
  expect(screen.getByRole('textbox')).toHaveValue('For Ana')
})

it('keeps what was typed when somebody worded the note anew first, and may go on from theirs', async () => {
  const mine = buildNote({ authorId: me.id, body: 'First' })
  const theirs = buildNote({ authorId: ana.id, body: 'Theirs', earlier: [mine] })
  let detail = buildReviewDetail({ notes: [mine] })
  const server = serverWith(detail)
    .on(getReview, () => detail)
    .on(addReviewNote, ({ body }) => {
      if (body.supersedesId !== theirs.id) {
        detail = { ...detail, notes: [theirs] }
        return { refuse: 'already_superseded' }
      }
      return buildNote({ authorId: me.id, body: body.body, earlier: [theirs, mine] })
    })
  const { user } = show(detail)

  await user.click(await screen.findByRole('button', { name: 'Edit' }))
  await user.type(screen.getByRole('textbox', { name: 'New wording of your note' }), ', mended')
  await user.click(screen.getByRole('button', { name: 'Save note' }))
  expect(await screen.findByText('Theirs')).toBeVisible()
  expect(screen.getByText(/^Not saved: this note has a newer wording already/)).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'New wording of your note' })).toHaveValue('First, mended')
  await user.click(await screen.findByRole('button', { name: 'Save over the newer wording' }))

  expect(await screen.findByRole('button', { name: '2 earlier wordings' })).toBeVisible()
  expect(server.sent(addReviewNote)).toMatchObject([{ supersedesId: mine.id }, { supersedesId: theirs.id }])
})

it('puts the pinned note first, then what is new', async () => {
  const at = (day: number) => `2026-07-0${day}T10:00:00Z`
  const detail = buildReviewDetail({
    notes: [
      buildNote({ body: 'Newest', writtenAt: at(4) }),
      buildNote({ body: 'New', writtenAt: at(3), isNew: true }),
      buildNote({ on: 'post', body: 'Old', writtenAt: at(1) }),
    ],
    account: buildAccountStanding({
      notes: [buildNote({ on: 'account', body: 'Pinned', writtenAt: at(2), isPinned: true })],
    }),
  })
  const server = serverWith(detail).on(pinNote, () => ({}))
  const { user } = show(detail)

  const items = await screen.findAllByRole('listitem')
  expect(items.map((item) => item.textContent?.match(/^(Newest|New|Old|Pinned)/)?.[0])).toEqual([
    'Pinned',
    'New',
    'Newest',
    'Old',
  ])
  await user.click(within(items[3]!).getByRole('button', { name: 'Pin' }))
  await user.click(within(items[0]!).getByRole('button', { name: 'Unpin' }))

  await waitFor(() => expect(server.sent(pinNote)).toHaveLength(2))
  expect(server.sent(pinNote)).toMatchObject([
    { on: 'post', id: detail.post!.id, noteId: detail.notes[2]!.id },
    { on: 'account', id: detail.account.id, noteId: null },
  ])
})

it('comes up in one line beside the standing of the account, with how much is new', async () => {
  const notes = [
    buildNote({ on: 'account', body: 'Newest', writtenAt: '2026-07-04T10:00:00Z', isNew: true }),
    buildNote({
      on: 'account',
      authorId: ana.id,
      body: `Ask <@${other.id}>.`,
      isPinned: true,
      answers: [buildNote({ on: 'account', isNew: true })],
    }),
  ]
  fakeApi().on(listPeople, () => ({ items: [ana, other] }))
  render(<AccountNote notes={notes} />)

  const line = await screen.findByRole('button', { name: /^2 notes on the account/ })
  await waitFor(() => expect(line).toHaveTextContent('Ana Ribeiro: Ask @Jonas Weber.'))
  expect(line).toHaveTextContent('2 new')
})
