import { fireEvent, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { render } from '#test/support/render.tsx'
import { Announcer, announce } from './announce.tsx'
import { Caption } from './Caption.tsx'
import { CopyId } from './CopyId.tsx'
import { type Column, DataTable } from './DataTable.tsx'
import { hueOf, initialsOf } from './Face.tsx'
import { FilterChip } from './FilterChip.tsx'
import { Drill } from './links.tsx'
import { OutcomeBadge } from './OutcomeBadge.tsx'
import { Priority } from './Priority.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { ErrorState } from './states.tsx'
import { Thumb } from './Thumb.tsx'
import { LangTag, PlatformTag } from './tags.tsx'

it.each([
  ['violation', 'remove', 'Removed'],
  ['violation', null, 'Violation'],
  ['no_violation', null, 'Kept'],
  ['exempt', null, 'Kept, exempt'],
] as const)('words %s with %s as %s', async (outcome, postMeasure, word) => {
  render(<OutcomeBadge outcome={outcome} postMeasure={postMeasure} />)
  expect(await screen.findByText(word)).toBeVisible()
})

it('says the status in a word', async () => {
  render(<StatusBadge status="blocked" />)
  expect(await screen.findByText('Blocked')).toBeVisible()
})

it('gives tags their full names, and unknown platforms the name they came with', async () => {
  render(
    <>
      <LangTag code="ru" /> <PlatformTag platform="vk" /> <PlatformTag platform="review-market" />
    </>,
  )
  expect(await screen.findByText('Russian')).toBeInTheDocument()
  expect(screen.getByText('VKontakte')).toBeInTheDocument()
  expect(screen.getByText('review-market')).toBeInTheDocument()
})

it('shows a glyph and says so when a preview does not load', async () => {
  render(<Thumb src="/media/x" count={3} />)
  const picture = await screen.findByRole('img', { name: 'Redacted preview, 3 files' })
  fireEvent.error(picture)
  expect(screen.getByRole('img', { name: 'No preview' })).toBeVisible()
})

function Album() {
  const [src, setSrc] = useState('/a')
  return (
    <>
      <Thumb src={src} />
      <button type="button" onClick={() => setSrc('/b')}>
        Next
      </button>
    </>
  )
}

it('tries again when the picture is another one', async () => {
  const { user } = render(<Album />)
  fireEvent.error(await screen.findByRole('img', { name: 'Redacted preview' }))
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(screen.getByRole('img', { name: 'Redacted preview' })).toHaveAttribute('src', '/b')
})

it('keeps markup in a caption as text, in its own direction', async () => {
  render(<Caption text="<b>كل من يعمل</b>" lang="ar" />)
  const caption = await screen.findByText('<b>كل من يعمل</b>')
  expect(caption).toHaveAttribute('dir', 'auto')
  expect(caption).toHaveAttribute('lang', 'ar')
})

it('opens the terms of a priority from the keyboard', async () => {
  const { user } = render(
    <Priority
      score={78}
      terms={[
        { label: 'Hash match', value: 96 },
        { label: 'News outlet', value: -18 },
      ]}
    />,
  )
  await screen.findByRole('button', { name: 'Priority 78 of 100' })
  await user.tab()
  expect(await screen.findByText('+96')).toBeInTheDocument()
  expect(screen.getByText('−18')).toBeInTheDocument()
})

it('gives a person the same colour everywhere and two initials', () => {
  expect(hueOf('person-dana')).toBe(hueOf('person-dana'))
  expect(hueOf('person-dana')).not.toBe(hueOf('person-ana'))
  expect([initialsOf('Dana Ospan'), initialsOf('Мадина'), initialsOf('Ana Maria Ribeiro'), initialsOf(' ')]).toEqual([
    'DO',
    'М',
    'AR',
    '',
  ])
})

it('changes and drops a filter by two buttons of their own', async () => {
  const [onClick, onRemove] = [vi.fn(), vi.fn()]
  const { user } = render(<FilterChip name="State" value="open" onClick={onClick} onRemove={onRemove} />)
  await user.click(await screen.findByRole('button', { name: 'State open' }))
  await user.click(screen.getByRole('button', { name: 'Remove filter State' }))
  expect(onClick).toHaveBeenCalledOnce()
  expect(onRemove).toHaveBeenCalledOnce()
})

it('copies the whole id and says so', async () => {
  const { user } = render(<CopyId id="018f-whole" shown="018f…" />)
  await user.click(await screen.findByRole('button', { name: 'Copy ID' }))
  expect(await navigator.clipboard.readText()).toBe('018f-whole')
  expect(await screen.findByText('Copied')).toBeInTheDocument()
})

it('says the same words twice to those who listen', async () => {
  render(<Announcer />)
  announce('1 of 214')
  const first = (await screen.findAllByText('1 of 214'))[0]
  announce('1 of 214')
  await vi.waitFor(() => expect(screen.getAllByText('1 of 214')[0]).not.toBe(first))
})

const columns: Column<{ id: string; n: number }>[] = [
  { id: 'id', header: 'Entry', cell: (row) => row.id },
  { id: 'n', header: 'Count', cell: (row) => row.n, isEnd: true },
]
const rows = [
  { id: 'a', n: 1 },
  { id: 'b', n: 2 },
]

it('opens rows of a table by click and from the keyboard, one row in the tab order', async () => {
  const onOpen = vi.fn()
  const { user } = render(
    <DataTable label="Log" columns={columns} rows={rows} rowId={(row) => row.id} rowCount={40} onOpen={onOpen} />,
  )
  const table = await screen.findByRole('table', { name: 'Log' })
  expect(table).toHaveAttribute('aria-rowcount', '41')
  await user.tab()
  expect(within(table).getByRole('row', { name: 'a 1' })).toHaveFocus()
  await user.keyboard('{ArrowDown}{Enter}')
  await user.click(within(table).getByRole('cell', { name: 'a' }))
  expect(onOpen.mock.calls.map(([row]) => row.id)).toEqual(['b', 'a'])
})

it('leads from a figure to its rows', async () => {
  render(
    <Drill to="/queue" search={{ tab: 'waiting' }}>
      842
    </Drill>,
  )
  expect(await screen.findByRole('link', { name: '842' })).toHaveAttribute('href', expect.stringContaining('/queue?'))
})

it('tells what failed, what was kept and what to do', async () => {
  const onRetry = vi.fn()
  const { user } = render(
    <ErrorState
      title="The queue did not load"
      status={503}
      requestId="req_8f21c"
      kept="Your drafts are safe."
      onRetry={onRetry}
    />,
  )
  const state = (await screen.findByRole('heading', { name: 'The queue did not load' })).parentElement
  expect(state).toHaveTextContent(
    /The server answered 503 at \d\d:\d\d:\d\d\. Your drafts are safe\. Request req_8f21c\./,
  )
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(onRetry).toHaveBeenCalledOnce()
})
