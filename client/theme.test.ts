import { expect, it } from 'vitest'
import { tokens } from './theme.ts'
import { themeCss } from './theme-css.ts'

type Token = keyof typeof tokens

function luminance(hex: string) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: Token, b: Token, scheme: 0 | 1) {
  const [light, dark] = [luminance(tokens[a][scheme]), luminance(tokens[b][scheme])].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

const grounds = ['bg', 'surface', 'raised', 'hover', 'selected'] as const
const inks = ['text', 'text-2', 'text-3', 'accent', 'ok-fg', 'warn-fg', 'bad-fg', 'note-fg', 'gone-fg'] as const
const tones = ['ok', 'warn', 'bad', 'note', 'gone'] as const

const readable: [Token, Token][] = [
  ...inks.flatMap((ink) => grounds.map((ground): [Token, Token] => [ink, ground])),
  ...tones.map((tone): [Token, Token] => [`${tone}-fg`, `${tone}-bg`]),
  ['on-accent', 'accent-fill'],
  ['accent', 'accent-soft'],
  ['text-2', 'sunken'],
  ['text', 'warn-bg'],
  ['text-2', 'warn-bg'],
  ['stage-text', 'stage'],
]
const visible: [Token, Token][] = [
  ...tones.map((tone): [Token, Token] => [`${tone}-solid`, 'surface']),
  ['focus', 'surface'],
]

it.each(['light', 'dark'] as const)('it keeps text readable in the %s scheme', (scheme) => {
  const side = scheme === 'light' ? 0 : 1
  const weak = readable.filter(([ink, ground]) => contrast(ink, ground, side) < 4.5)
  const faint = visible.filter(([ink, ground]) => contrast(ink, ground, side) < 3)
  expect([...weak, ...faint]).toEqual([])
})

it('keeps theme.css true to theme.ts', async () => {
  await expect(themeCss()).toMatchFileSnapshot('./theme.css')
})
