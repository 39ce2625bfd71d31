import { expect, it } from 'vitest'
import { highContrast, tokens } from './theme.ts'
import { themeCss } from './theme-css.ts'

type Token = keyof typeof tokens

function luminance(hex: string) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

type Colours = Record<Token, readonly [light: string, dark: string]>

function contrast(colours: Colours, a: Token, b: Token, side: 0 | 1) {
  const [light, dark] = [luminance(colours[a][side]), luminance(colours[b][side])].sort((x, y) => y - x)
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

const visibleInHigh: [Token, Token][] = [
  ...visible,
  ...tones.map((tone): [Token, Token] => [`${tone}-line`, 'surface']),
  ...grounds.map((ground): [Token, Token] => ['line', ground]),
  ...grounds.map((ground): [Token, Token] => ['focus', ground]),
]

const sides = { light: 0, dark: 1 } as const

it.each(['light', 'dark'] as const)('keeps text readable in the %s scheme', (scheme) => {
  const side = sides[scheme]
  const weak = readable.filter(([ink, ground]) => contrast(tokens, ink, ground, side) < 4.5)
  const faint = visible.filter(([ink, ground]) => contrast(tokens, ink, ground, side) < 3)
  expect([...weak, ...faint]).toEqual([])
})

it.each(['light', 'dark'] as const)('keeps text at 7:1 and lines at 3:1 in high contrast, %s', (scheme) => {
  const [side, colours] = [sides[scheme], { ...tokens, ...highContrast }]
  const weak = readable.filter(([ink, ground]) => contrast(colours, ink, ground, side) < 7)
  const faint = visibleInHigh.filter(([ink, ground]) => contrast(colours, ink, ground, side) < 3)
  expect([...weak, ...faint].map((pair) => [...pair, contrast(colours, ...pair, side).toFixed(2)])).toEqual([])
})

it('keeps theme.css true to theme.ts', async () => {
  await expect(themeCss()).toMatchFileSnapshot('./theme.css')
})
