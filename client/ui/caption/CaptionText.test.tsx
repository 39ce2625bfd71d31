import { screen, within } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { render } from '#test/support/render.tsx'
import { CaptionText } from './CaptionText.tsx'
import { HiddenNote } from './HiddenNote.tsx'
import { showHidden } from './shown.store.ts'

const fold = { characters: 700, lines: 8 }
const show = (text: string) =>
  render(
    <>
      <CaptionText text={text} lang="ar" fold={fold} />
      <HiddenNote of={[text]} />
    </>,
  )

afterEach(() => showHidden(false))

it('says how many characters cannot be seen, and shows each with its name when asked', async () => {
  const text = 'Pay\u200b\u200bPal \u00ad👩‍👩‍👧‍👦'
  const { user } = show(text)
  expect(await screen.findByText(text)).toBeVisible()
  expect(screen.queryByRole('img')).not.toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: '3 hidden characters · show' }))
  expect(screen.getByRole('img', { name: 'U+200B zero width space × 2' })).toHaveTextContent('ZWSP ×2')
  expect(screen.getByRole('img', { name: 'U+00AD soft hyphen' })).toBeVisible()
  expect(screen.getByText(/👩‍👩‍👧‍👦/)).toBeVisible()

  await user.keyboard('{Shift>}O{/Shift}')
  expect(screen.queryByRole('img')).not.toBeInTheDocument()
})

it('says nothing of a text in which nothing hides', async () => {
  show('Қайда барсақ та 👩‍👩‍👧‍👦')
  expect(await screen.findByText(/Қайда/)).toBeVisible()
  expect(screen.queryByRole('note')).not.toBeInTheDocument()
})

it('warns of controls that turn the order of the letters, and takes them out of the shown text', async () => {
  const { user } = show('photo\u202egpj.exe')
  expect(await screen.findByText(/reads in another order than it was written/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: /1 hidden character/ }))
  const control = screen.getByRole('img', { name: 'U+202E right-to-left override' })
  expect(control.parentElement?.textContent).toBe('photoRLOgpj.exe')
})

it('warns of a word from two alphabets, and says which letters are strangers', async () => {
  show('Мой пaспорт')
  expect(await screen.findByText(/Two alphabets in one word/)).toHaveTextContent('пaспорт (a is Latin)')
})

it('never makes a link of an address: it opens with a second step, without telling where from', async () => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  const { user } = show('See https://vk.com@xn--e1afmkfd.xn--p1ai/a now')
  await user.click(await screen.findByText(/^https:/))
  expect(screen.queryByRole('link')).not.toBeInTheDocument()
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()

  await user.click(screen.getByRole('button', { name: 'Link to xn--e1afmkfd.xn--p1ai' }))
  const box = within(await screen.findByRole('dialog'))
  await user.click(box.getByRole('button', { name: 'Open in a new tab…' }))
  expect(open).not.toHaveBeenCalled()
  await user.click(box.getByRole('button', { name: 'Open xn--e1afmkfd.xn--p1ai' }))
  expect(open).toHaveBeenCalledWith('https://vk.com@xn--e1afmkfd.xn--p1ai/a', '_blank', 'noopener,noreferrer')
})

it('emphasises the host that is really asked, and spells it as browsers do', async () => {
  show('www.пример.рф/путь')
  expect((await screen.findByText('www.пример.рф')).tagName).toBe('B')
  expect(screen.getByText('(www.xn--e1afmkfd.xn--p1ai)')).toBeVisible()
})

it('draws marks over whole letters, and leaves those in the folded part for later', async () => {
  const text = `тагут ${'слово '.repeat(300)}тагут`
  const at = [0, text.length - 5]
  const marks = at.map((start) => ({ start, end: start + 5, render: (word: React.ReactNode) => <mark>{word}</mark> }))
  const { user } = render(<CaptionText text={text} lang="ru" fold={fold} marks={marks} />)
  expect(await screen.findAllByText('тагут', { selector: 'mark' })).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: /^Show .* more characters$/ }))
  expect(screen.getAllByText('тагут', { selector: 'mark' })).toHaveLength(2)
})

it('folds many short lines, and says how many there are', async () => {
  show(Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n'))
  expect(await screen.findByRole('button', { name: /^Show \d+ more characters, 32 lines$/ })).toBeVisible()
})
