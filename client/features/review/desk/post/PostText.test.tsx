import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { buildReviewDetail, buildSnapshot } from '#test/support/build.ts'
import { render } from '#test/support/render.tsx'
import { PostText } from './PostText.tsx'

const { post } = buildReviewDetail()

it('shows the words as text, in their own language and direction', async () => {
  const caption = '<b>أنت لا تستحق</b>'
  render(<PostText post={post} snapshot={buildSnapshot({ caption, language: 'ar' })} at={0} />)

  const words = await screen.findByText(caption)
  expect(words).toHaveAttribute('dir', 'auto')
  expect(words).toHaveAttribute('lang', 'ar')
})

it('folds what is very long, never inside a letter, and shows all of it when asked', async () => {
  const caption = '👩‍👩‍👧‍👦'.repeat(2_000)
  const { user } = render(<PostText post={post} snapshot={buildSnapshot({ caption })} at={0} />)

  const folded = (await screen.findByText(/…$/)).textContent ?? ''
  expect(folded.replace('…', '')).toMatch(/^(👩‍👩‍👧‍👦)+$/u)
  await user.click(screen.getByRole('button', { name: /^Show 1,\d\d\d more characters$/ }))

  expect(screen.getByText(caption)).toBeVisible()
})

it('gives the link as text that nobody follows by accident', async () => {
  render(<PostText post={post} snapshot={buildSnapshot({ url: 'https://vk.example/wall-1' })} at={0} isWide />)

  expect(await screen.findByText('https://vk.example/wall-1')).toBeVisible()
  expect(screen.queryByRole('link')).not.toBeInTheDocument()
})

it('marks a place as claimed and shows what the post answered to', async () => {
  const context = [{ author: 'mira', text: 'Where are you now?' }]
  render(<PostText post={post} snapshot={buildSnapshot({ claimedPlace: 'Mosul', context })} at={0} />)

  expect(await screen.findByText('Place: Mosul, claimed')).toBeVisible()
  expect(screen.getByRole('listitem')).toHaveTextContent('miraWhere are you now?')
})

it('says what became of the post, and shows what changed since it was flagged', async () => {
  const gone = { ...post!, editedAt: '2026-07-02T10:00:00Z', deletedAt: '2026-07-03T10:00:00Z' }
  const before = buildSnapshot({ caption: 'Before', capturedAt: '2026-07-01T10:00:00Z' })
  const now = buildSnapshot({ caption: 'After', capturedAt: '2026-07-03T10:00:00Z', postStatus: 'deleted' })
  const { user } = render(<PostText post={gone} snapshot={now} other={before} at={0} />)
  expect(await screen.findByText('Gone from its platform since')).toBeVisible()
  await user.click(screen.getByText('What changed since it was flagged'))
  const details = screen.getByText('What changed since it was flagged').closest('details')!
  expect(within(details).getByText('Before').tagName).toBe('DEL')
  expect(within(details).getByText('After').tagName).toBe('INS')
  expect(within(details).getByText('Deleted')).toBeVisible()
})

it('says so when an edit was told without its words', async () => {
  const edited = { ...post!, editedAt: '2026-07-02T10:00:00Z' }
  render(<PostText post={edited} snapshot={buildSnapshot()} at={0} />)
  expect(await screen.findByText('What it says now was not sent.')).toBeVisible()
})

it('marks the words by which it was found', async () => {
  const caption = 'Бумаги ТАГУТА мне больше не нужны'
  render(<PostText post={post} snapshot={buildSnapshot({ caption })} at={0} q="бумаги" />)
  expect((await screen.findByText('Бумаги')).tagName).toBe('MARK')
})
