import { screen } from '@testing-library/react'
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
  await user.click(screen.getByRole('button', { name: 'Show all, 22,000 characters' }))

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
