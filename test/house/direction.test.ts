import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const client = join(import.meta.dirname, '../../client')
const read = (pattern: string) =>
  globSync(pattern, { cwd: client })
    .filter((path) => path !== 'theme.css')
    .flatMap((path) =>
      readFileSync(join(client, path), 'utf8')
        .split('\n')
        .map((text, index) => ({ at: `${path}:${index + 1}`, path, text: text.trim() })),
    )

/** A line of a table starts where its column starts, whatever the direction of its own letters. */
const allowed = new Set(['ui/Caption.module.css'])

const physicalCss = [
  /^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)\b/,
  /^(left|right):/,
  /^(text-align|float|clear): (left|right)\b/,
  /^border-(top|bottom)-(left|right)-radius/,
  // Four values whose second and fourth differ tell left from right.
  /^(margin|padding|border-width|inset): (\S+) (?!(\S+) \S+ \3;)\S+ \S+ \S+;/,
]

const physicalStyle = [
  /\b(margin|padding|border)(Left|Right)\b/,
  /\b(textAlign|float): '(left|right)'/,
  /style=\{\{[^}]*\b(left|right):/,
  /\b(ml|mr|pl|pr)=(["{])/,
]

it('styles go with the direction of reading', () => {
  const found = read('**/*.css').filter(
    ({ path, text }) => !allowed.has(path) && physicalCss.some((each) => each.test(text)),
  )
  expect(found.map(({ at, text }) => `${at} ${text}`)).toEqual([])
})

it('components go with the direction of reading', () => {
  const found = read('**/*.tsx').filter(({ text }) => physicalStyle.some((each) => each.test(text)))
  expect(found.map(({ at, text }) => `${at} ${text}`)).toEqual([])
})

it('a shadow that marks a start has its mirror', () => {
  const marks = read('**/*.css').filter(({ text }) => /^box-shadow: inset -?[1-9]\S* 0 /.test(text))
  const sides = Map.groupBy(marks, ({ path }) => path)
  const lame = [...sides].filter(([, lines]) => {
    const [start, mirror] = [/inset [1-9]/, /inset -/].map((side) => lines.filter(({ text }) => side.test(text)).length)
    return start !== mirror
  })
  expect(lame.map(([path]) => path)).toEqual([])
})

it('icons that point turn round', () => {
  const pointing =
    /<Icon(Arrow(Left|Right|BackUp|ForwardUp|UpRight|UpLeft|BarToLeft|BarToRight)|Chevron(Left|Right)|PlayerSkip\w*|PlayerTrack\w*|Logout|Login|Send|ExternalLink|LayoutSidebar\w*)\b/
  const lines = read('**/*.tsx').filter(({ text }) => pointing.test(text) && !/className="[^"]*\bflip\b/.test(text))
  expect(lines.map(({ at, text }) => `${at} ${text}`)).toEqual([])
})
